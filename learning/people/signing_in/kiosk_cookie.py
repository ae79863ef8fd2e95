"""How a kiosk knows itself: a random token in a signed cookie that scripts cannot read. Only its hash is kept."""

import hashlib
import secrets

from django.conf import settings
from django.db.models import Subquery

from ..models import Kiosk, Pin

NAME = "kiosk"
SALT = "people.kiosk"
# The longest that browsers keep one; every visit of the sign-in page begins it anew.
LASTS = 400 * 24 * 3600


def new_token():
    return secrets.token_urlsafe(32)


def digest(token):
    return hashlib.sha256(token.encode()).hexdigest()


def give(response, token):
    response.set_signed_cookie(
        NAME,
        token,
        salt=SALT,
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def token_of(request):
    """The token in the cookie, or "" where there is none of ours; no query."""
    return request.get_signed_cookie(NAME, default="", salt=SALT)


def kiosk_of(request, person=None):
    """The kiosk that this device is, as long as nobody has withdrawn it, or None.

    With a person, `finished_at` says when they last completed a course at a kiosk.
    """
    token = token_of(request)
    if not token:
        return None
    kiosks = Kiosk.objects.filter(token_hash=digest(token), withdrawn_at__isnull=True).select_related("facility")
    if person:
        kiosks = kiosks.annotate(
            finished_at=Subquery(Pin.objects.filter(person=person).values("finished_at")),
            has_pin=Subquery(Pin.objects.filter(person=person).values("pk")),
        )
    return kiosks.first()
