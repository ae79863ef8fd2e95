"""That this device has scanned the code of a session while it was fresh.

In a signed cookie: it outlives the sign-in that comes between the scan and the check-in, and no link carries it to a
friend at home.
"""

from django.conf import settings

NAME = "scanned"
SALT = "records.scanned"
# Seconds: long enough to type a staff number and a password with cold hands.
LASTS = 600


def remember(response, session):
    response.set_signed_cookie(
        NAME,
        session.code,
        salt=SALT,
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response):
    response.delete_cookie(NAME)


def is_remembered(request, session):
    return request.get_signed_cookie(NAME, default="", salt=SALT, max_age=LASTS) == session.code
