"""Deeds of signing in: slips, PINs, kiosks. Each is one transaction; `at` is the instant it was recorded."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from .. import change_log
from ..models import Kiosk, Person, Pin, Slip
from . import kiosk_cookie, pins, sessions, slips


class Refused(Exception):
    """A slip that is not good (any more); `worth` says why."""

    def __init__(self, worth):
        super().__init__(worth)
        self.worth = worth


@transaction.atomic
def issue_slip(*, person, kind, at, by=None, code=None):
    """A new slip, in place of the one before; returns it with its code, which is kept nowhere.

    A slip handed over ends the sessions of the person at once, as a lost phone is one that is signed in. What the
    person signs in with stays until the slip is used: a slip for the wrong person, or one that somebody issues in bad
    faith, then locks nobody out, and no account stands without its second factor in between.
    """
    # Of two who issue at once the second waits here and then cancels the first one's slip.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    open_slips = Slip.objects.filter(person=person, used_at__isnull=True, cancelled_at__isnull=True)
    open_slips.update(cancelled_at=at)
    code = code or slips.new_code()
    last_day, expires_at = slips.ends(person, at)
    slip = Slip.objects.create(
        person=person,
        code_hash=slips.digest(code),
        issued_at=at,
        issued_by=by,
        expires_at=expires_at,
        kind=kind,
    )
    slip.last_day = last_day
    if kind != Slip.Kind.MAIL:
        sessions.end_all([person.pk])
    change_log.write(person, "issue_slip", at=at, by=by, what=str(slip.get_kind_display()))
    return slip, code


@transaction.atomic
def use_slip(*, code, at, password="", pin=""):
    """Set a password, a PIN or both with a slip, which is then used. Raises Refused.

    What the slip does not set anew ends with it: PIN and second factors, and the password too where a second factor
    went, as it was never meant to open the account alone. Whoever holds the lost phone has nothing left.
    """
    slip = Slip.objects.select_for_update(of=("self",)).select_related("person").filter(code_hash=slips.digest(code))
    slip = slip.first()
    if (worth := slips.worth(slip, at)) != slips.Worth.OPEN:
        raise Refused(worth)
    person = slip.person
    second_factors, _each = Authenticator.objects.filter(user=person).delete()
    if password:
        person.set_password(password)
    elif second_factors:
        person.set_unusable_password()
    person.save(update_fields=["password"])
    Pin.objects.filter(person=person).delete() if not pin else set_pin(person=person, pin=pin, at=at)
    sessions.end_all([person.pk])
    person.refresh_from_db(fields=["session_generation"])
    slip.used_at, slip.set_password, slip.set_pin = at, bool(password), bool(pin)
    slip.save(update_fields=["used_at", "set_password", "set_pin"])
    change_log.write(person, "use_slip", at=at, by=person, what=str(slip.get_kind_display()))
    return slip


@transaction.atomic
def set_pin(*, person, pin, at):
    """The person's PIN from now on; where they had got to at a kiosk stays."""
    fresh = {"secret": pins.hashed(pin), "set_at": at, "wrong_tries": 0, "locked_until": None}
    return Pin.objects.update_or_create(person=person, defaults=fresh)[0]


@transaction.atomic
def enrol_kiosk(*, facility, name, by, at):
    """A device becomes a kiosk; returns it with the token for its cookie, which is kept nowhere."""
    token = kiosk_cookie.new_token()
    kiosk = Kiosk.objects.create(
        facility=facility, name=name, token_hash=kiosk_cookie.digest(token), enrolled_at=at, enrolled_by=by
    )
    change_log.write(kiosk, "enrol_kiosk", at=at, by=by, what=str(kiosk))
    return kiosk, token


@transaction.atomic
def withdraw_kiosk(*, kiosk, by, at):
    """The device is no kiosk any more, and whoever is signed in there is out at the next request."""
    if Kiosk.objects.filter(pk=kiosk.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        change_log.write(kiosk, "withdraw_kiosk", at=at, by=by, what=str(kiosk))


def keep_place(*, person, place):
    """Where the next kiosk session of this person goes on."""
    Pin.objects.filter(person=person).update(place=place)


def finish_at_kiosk(*, person, at):
    """A course was completed at a kiosk: the session ends when its last page is left, and there is no place to keep."""
    Pin.objects.filter(person=person).update(finished_at=at, place="")
