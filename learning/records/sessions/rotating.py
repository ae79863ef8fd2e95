"""The half of a check-in code that changes every half minute, so that a photo of it is soon worth nothing. Pure.

The way of RFC 6238: the number of the step, under an HMAC with a key of this installation; no state, so that every
process shows and knows the same code.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

from learning.people import codes

# Seconds that one half is shown; it is taken for another step, for the time that it takes to point a phone at it.
STEP = 30
# Steps after which an old half is told apart from one that was never shown no more.
REMEMBERED = 120
LENGTH = 4
SALT = "records.check_in"


def shown_at(session, at):
    """What is shown at that instant for the session with that uuid."""
    return _half(session, _step(at))


def seconds_left(at):
    """Until the next half is shown."""
    return STEP - int(at.timestamp()) % STEP


def steps_ago(session, half, at):
    """How many steps ago that half was shown: 0 is now, 1 is fresh still. None when not within the last hour."""
    now = _step(at)
    for ago in range(REMEMBERED):
        if constant_time_compare(half, _half(session, now - ago)):
            return ago
    return None


def is_fresh(steps):
    return steps in (0, 1)


def _step(at):
    return int(at.timestamp()) // STEP


def _half(session, step):
    digest = salted_hmac(SALT, f"{session}:{step}", algorithm="sha256").digest()
    # 32 divides 256: every sign is equally likely.
    return "".join(codes.ALPHABET[byte % 32] for byte in digest[:LENGTH])
