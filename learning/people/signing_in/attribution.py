"""What a session notes at sign-in: how we know who is at the keyboard (attribution), and their time zone.

The words are those of records.TrainingRecord.Attribution, which this room must not import.
"""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.signals import authenticator_used
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.users.models import UserProfile

from ..local_days import zone_of

# allauth's names for what somebody showed, in our words.
WORDS = {"password": "password", "code": "mail_code", "socialaccount": "sso"}


def open_session(request, person, *, attribution):
    """Sign in somebody who showed us what allauth does not check: a slip, a PIN at a kiosk.

    Ask `standing.admits` first. Whoever was signed in on this device before leaves nothing behind.
    """
    logout(request)
    record_authentication(request, person, method=attribution)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])


def word_for(records):
    """The attribution that allauth's records of a session amount to: what was shown last, and what came on top."""
    word = None
    for record in records:
        if record["method"] != "mfa":
            if not record.get("reauthenticated"):
                word = WORDS.get(record["method"], record["method"])
        elif record.get("passwordless"):
            word = "passkey"
        elif word == "password":
            word = "password_2fa"
    return word


@receiver(user_logged_in)
def note_attribution(sender, request, user, **kwargs):
    records = get_authentication_records(request, user)
    request.session["attribution"] = word_for(records) or "password"
    request.session["second_factor"] = any(record["method"] == "mfa" for record in records)
    request.session["zone"] = zone_of(user, timezone.now())
    if user.has_perm("wagtailadmin.access_admin"):
        # Without a profile Wagtail shows UTC, by which an evening is dated tomorrow.
        UserProfile.get_for_user(user)
    # Only "keep me signed in" outlasts the browser.
    if "_session_expiry" not in request.session:
        request.session.set_expiry(0)


@receiver(authenticator_used)
def note_second_factor(sender, request, user, **kwargs):
    """Shown once more in a session that is open already."""
    if request.user.is_authenticated and request.user.pk == user.pk:
        request.session["attribution"] = word_for(get_authentication_records(request, user)) or "password"
        request.session["second_factor"] = True


@receiver(pre_save, sender="wagtailusers.UserProfile")
def note_zone_in_the_admin(sender, instance, raw=False, **kwargs):
    # A profile that names no zone shows UTC as well.
    if instance._state.adding and not instance.current_time_zone and not raw:
        instance.current_time_zone = zone_of(instance.user, timezone.now())
