"""How we know who is at the keyboard: noted in the session at sign-in, stated on every record (attribution)."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver


@receiver(user_logged_in)
def note_attribution(sender, request, user, **kwargs):
    # The words are those of records.TrainingRecord.Attribution, which this room must not import.
    request.session["attribution"] = "password"
