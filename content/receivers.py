"""What learners see stays as it was released while a translation is being made."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import DraftStateMixin
from wagtail_localize.models import TranslationLog


@receiver(post_save, sender=TranslationLog)
def keep_what_is_released(sender, instance, created, **kwargs):
    """wagtail-localize writes a draft into the live row too, and takes a snippet off: the row gets back what was live.

    A log is written at the end of each saving, inside of its transaction or right after it.
    """
    translation = instance.revision and instance.get_instance()
    if not isinstance(translation, DraftStateMixin):
        return
    translation = getattr(translation, "specific", translation)
    live = translation.live_revision
    if live is None or live == instance.revision:
        return
    released = live.as_object()
    released.live, released.live_revision, released.latest_revision = True, live, instance.revision
    released.has_unpublished_changes = True
    # As it was published: what was right then may have been forbidden since.
    if hasattr(released, "url_path"):
        released.draft_title = instance.revision.as_object().title
        released.save(clean=False)
    else:
        released.save()
