"""PINs: which ones are refused, and how tries are counted. A PIN works only at an enrolled kiosk."""

import datetime
import functools
import re

from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.db.models import Case, F, Q, Value, When
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ..models import Pin
from . import standing

DIGITS = 6
TRIES = 5
LOCKED_FOR = datetime.timedelta(minutes=15)
# Tries at numbers that nobody has are remembered as long as matters, so that these lock like all others.
REMEMBERED = 7 * 24 * 3600
RUNS = "01234567890", "09876543210"


class NoMatch(Exception):
    pass


class Locked(Exception):
    pass


def objection(pin, person):
    """Why this PIN is refused, in words, or ""."""
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", pin):
        return _("A PIN is six digits.")
    if _is_pattern(pin) or _is_theirs(pin, person):
        return _("Too easy to guess. No rows, no repeats, nothing from your number, badge or phone.")
    return ""


def _is_pattern(pin):
    """One or two different digits, 123456, 121212, 123123, 112233, 123321, or a day and year such as 311299."""
    if len(set(pin)) <= 2 or any(pin in run for run in RUNS):
        return True
    half = pin[: DIGITS // 2]
    pairs = pin[0::2] == pin[1::2]
    return pin in (half * 2, half + half[::-1]) or pin[:2] * 3 == pin or pairs


def _is_theirs(pin, person):
    numbers = [re.sub(r"\D", "", text) for text in (person.number, person.badge, person.phone)]
    return any(pin in number or (len(number) > 2 and number in pin) for number in numbers)


def hashed(pin):
    return make_password(pin)


def check(typed, secret, at):
    """The PIN, with its person, that signs in with that number or badge and that PIN. Raises NoMatch or Locked.

    A number that nobody has is answered in the same words, counted and locked in the same way, and costs the same
    time: one hash for every answer. A try is counted before it is looked at, so that tries at the same moment are
    at most five.
    """
    pin = _pin_of(typed, at)
    free = _claim(pin, at) if pin else _claim_unknown(typed, at)
    right = check_password(secret, pin.secret if pin else _nobodys())
    if not free:
        raise Locked
    if not (pin and right):
        raise NoMatch
    Pin.objects.filter(pk=pin.pk).update(wrong_tries=0, locked_until=None)
    return pin


@functools.cache
def _nobodys():
    """A hash to compare with where there is none."""
    return make_password("nobody")


def _pin_of(typed, at):
    """The PIN of the one person with that staff number or badge who may sign in now, or None."""
    typed = typed.strip()
    if not typed:
        return None
    people = standing.people(at).filter(Q(number__iexact=typed) | Q(badge=typed))
    # An account that may do everything has no PIN: six digits are too few for it.
    found = list(people.filter(is_superuser=False, pin__isnull=False).select_related("pin")[:2])
    if len(found) != 1 or not standing.may_sign_in(found[0], at):
        return None
    return found[0].pin


def _claim(pin, at):
    """Count a try; whether it may be looked at. One statement, so that of tries at the same moment each is counted."""
    free = Pin.objects.filter(Q(locked_until__isnull=True) | Q(locked_until__lte=at), pk=pin.pk)
    # The first try after a lock begins to count anew.
    tries = Case(When(locked_until__isnull=False, then=Value(1)), default=F("wrong_tries") + 1)
    last = When(locked_until__isnull=True, wrong_tries__gte=TRIES - 1, then=Value(at + LOCKED_FOR))
    return bool(free.update(wrong_tries=tries, locked_until=Case(last, default=None)))


def _claim_unknown(typed, at):
    key = "people.pin." + salted_hmac("people.pin.unknown", typed.strip().casefold(), algorithm="sha256").hexdigest()
    tries, locked_until = cache.get(key, (0, None))
    if locked_until and locked_until > at:
        return False
    tries = 1 if locked_until else tries + 1
    cache.set(key, (tries, at + LOCKED_FOR if tries >= TRIES else None), REMEMBERED)
    return True
