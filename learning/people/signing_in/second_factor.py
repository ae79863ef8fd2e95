"""The second factor: codes of an authenticator app, passkeys, and recovery codes for the day the phone is gone."""

import base64
import hashlib
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.dispatch import receiver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def owed(request):
    """Whether this session must show a second factor before anything else.

    At a kiosk nobody administers, so a PIN is enough there.
    """
    return (
        settings.SECOND_FACTOR_OBLIGATORY
        and request.user.is_authenticated
        and not request.session.get("second_factor")
        and request.session.get("attribution") != "pin_kiosk"
        and request.user.works_in_admin
    )


def of(person):
    """The person's app (or None), passkeys, and how many recovery codes are left; one query."""
    app, passkeys, codes = None, [], 0
    for row in Authenticator.objects.filter(user_id=person.pk).order_by("created_at", "pk"):
        if row.type == Authenticator.Type.TOTP:
            app = row
        elif row.type == Authenticator.Type.WEBAUTHN:
            passkeys.append(row)
        else:
            codes = len(row.wrap().get_unused_codes())
    return {"app": app, "passkeys": passkeys, "codes": codes}


def is_last_needed(authenticator):
    """Whether its owner must have one and has no other."""
    if not (settings.SECOND_FACTOR_OBLIGATORY and authenticator.user.works_in_admin):
        return False
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
    return not others.exclude(pk=authenticator.pk).exists()


@receiver(authenticator_removed)
def note_removed(sender, request, user, authenticator, **kwargs):
    if not user.has_second_factor:
        request.session["second_factor"] = False


class Adapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is not right, or not right any more. Use the newest one."),
        "cannot_delete_authenticator": _("Your role needs a second factor. Add another one first."),
    }

    def get_totp_issuer(self):
        return "Gatehouse"

    def get_totp_label(self, user):
        return user.number

    def _get_site_name(self):
        return "Gatehouse"

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}

    def get_public_key_credential_user_entity(self, user):
        # The handle is kept by the device and may be read there: it says nothing about the person.
        return super().get_public_key_credential_user_entity(user) | {
            "display_name": user.get_full_name(),
            "name": user.number,
        }

    def build_totp_svg(self, url):
        """Left out: the page draws the square itself."""
        return ""

    def can_delete_authenticator(self, authenticator):
        return not is_last_needed(authenticator)

    def encrypt(self, text):
        """Whoever reads the database alone makes no codes."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # Kept under another key. In its place a secret that nobody knows: no code fits, as if the phone was lost.
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key):
    return hashlib.sha256(b"gatehouse second factor " + key.encode()).digest()
