"""Where a means of sign-in came from: what a training record says when somebody handed it over on a slip.

Whoever issues a slip could use it themselves. So a record that was made with a password or PIN from a slip names the
issuer, for as long as that password or PIN counts; changing the password while signed in does not wash it off, a new
one by mail does, since only the owner of the mailbox can make that.
"""

from allauth.account.signals import password_reset
from django.dispatch import receiver
from django.utils import timezone

from ..models import Slip

BY_PASSWORD = {"password", "password_2fa", "passkey", "supervisor"}


def of(person, attribution):
    """`{"kind", "slip", "issued_by", "issued_at"}` of the slip behind this sign-in, or None.

    `attribution` is one of the words of records.TrainingRecord.Attribution, which this room must not import.
    """
    if attribution == "pin_kiosk":
        slips = Slip.objects.filter(set_pin=True)
    elif attribution in BY_PASSWORD:
        slips = Slip.objects.filter(set_password=True, password_until__isnull=True)
    else:
        return None
    slip = slips.filter(person=person).select_related("issued_by").order_by("-used_at", "-pk").first()
    if slip is None or slip.kind == Slip.Kind.MAIL:
        return None
    return {
        "kind": slip.kind,
        "slip": str(slip.uuid),
        "issued_by": slip.issued_by and str(slip.issued_by.uuid),
        "issued_at": slip.issued_at,
    }


@receiver(password_reset)
def password_is_their_own(sender, request, user, **kwargs):
    Slip.objects.filter(person=user, set_password=True, password_until__isnull=True).update(
        password_until=timezone.now()
    )
