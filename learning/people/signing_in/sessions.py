"""When sessions end. A changed password ends them by itself: its hash is part of what a session carries."""

from django.db.models import F
from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from ..models import Person


def end_all(person_ids):
    """End every session of these people."""
    Person.objects.filter(pk__in=person_ids).update(session_generation=F("session_generation") + 1)


@receiver(m2m_changed, sender=Person.groups.through)
@receiver(m2m_changed, sender=Person.limited_to.through)
def end_on_change_of_rights(sender, instance, action, reverse, pk_set, **kwargs):
    """Who loses a role, or sees fewer facilities, loses what is open under it; who gains one signs in as it must."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    if reverse:
        of = "groups" if sender is Person.groups.through else "limited_to"
        end_all(Person.objects.filter(**{of: instance}).values("pk") if action == "pre_clear" else pk_set)
    elif pk_set or action == "pre_clear":
        end_all([instance.pk])
        instance.refresh_from_db(fields=["session_generation"])
