"""What a session notes at sign-in: how we know who is at the keyboard (attribution), and their time zone."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from .local_days import zone_of


@receiver(user_logged_in)
def note_attribution(sender, request, user, **kwargs):
    # The words are those of records.TrainingRecord.Attribution, which this room must not import.
    request.session["attribution"] = "password"
    request.session["zone"] = zone_of(user, timezone.now())
