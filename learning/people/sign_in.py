"""What a session notes at sign-in: how we know who is at the keyboard (attribution), and their time zone."""

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone

from .local_days import zone_of


@receiver(user_logged_in)
def note_attribution(sender, request, user, **kwargs):
    # The words are those of records.TrainingRecord.Attribution, which this room must not import.
    request.session["attribution"] = "password"
    request.session["zone"] = zone_of(user, timezone.now())


@receiver(pre_save, sender="wagtailusers.UserProfile")
def note_zone_in_the_admin(sender, instance, raw=False, **kwargs):
    # Wagtail makes a profile on the first visit to "Account", and from then on shows UTC unless it names a zone.
    if instance._state.adding and not instance.current_time_zone and not raw:
        instance.current_time_zone = zone_of(instance.user, timezone.now())
