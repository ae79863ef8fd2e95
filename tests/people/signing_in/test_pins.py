"""PINs: which are refused, and that nobody tries more than five."""

import datetime

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher

from learning.people.models import Person, Pin
from learning.people.signing_in import actions, pins

from .. import factory
from ..factory import AT
from .slip_factory import BADGE, PIN

minute = datetime.timedelta(minutes=1)


@pytest.fixture
def luis(db):
    who = factory.hire("3071", first_name="Luis", badge=BADGE, phone="+52 867 555 0142")
    actions.set_pin(person=who, pin=PIN, at=AT)
    return who


@pytest.mark.parametrize("pin", ["731958", "904617", "280451", "136942"])
def test_six_digits_that_say_nothing(pin):
    assert pins.objection(pin, Person(number="3071", badge=BADGE, phone="867 555 0142")) == ""


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "７３１９５８", " 73195"])
def test_a_pin_is_six_digits(pin):
    assert pins.objection(pin, Person(number="3071")) == "A PIN is six digits."


@pytest.mark.parametrize(
    "pin",
    [
        *("111111", "112112", "121212", "123456", "654321", "987654", "012345", "123123", "123321", "112233"),
        # The number, in a badge, in a phone number.
        *("307188", "003071", "471122", "555014"),
    ],
)
def test_what_is_easy_to_guess_is_refused(pin):
    person = Person(number="3071", badge=BADGE, phone="+52 867 555 0142")
    assert pins.objection(pin, person).startswith("Too easy to guess.")


@pytest.mark.parametrize("typed", ["3071", " 3071 ", BADGE])
def test_number_or_badge_and_the_pin(luis, typed):
    assert pins.check(typed, PIN, AT).person == luis


def test_case_of_a_staff_number_does_not_matter(db):
    who = factory.hire("Ana-7")
    actions.set_pin(person=who, pin=PIN, at=AT)
    assert pins.check("ana-7", PIN, AT).person == who


@pytest.mark.parametrize("case", ["no-pin", "left", "stopped", "merged", "root", "two badges", "nobody", ""])
def test_who_may_not_come_in_is_answered_like_a_wrong_pin(luis, case):
    typed = case
    if case == "no-pin":
        factory.hire(case)
    elif case == "two badges":
        typed = BADGE
        actions.set_pin(person=factory.hire("5", badge=BADGE), pin=PIN, at=AT)
    elif case not in ("nobody", ""):
        who = factory.hire(case)
        actions.set_pin(person=who, pin=PIN, at=AT)
        if case == "left":
            who.employments.update(ends_on=factory.TODAY)
        change = {"stopped": {"is_active": False}, "merged": {"merged_into": luis}, "root": {"is_superuser": True}}
        Person.objects.filter(pk=who.pk).update(**change.get(case, {"phone": ""}))
    with pytest.raises(pins.NoMatch):
        pins.check(typed, PIN, AT)


def outcomes(typed, times, at=AT, pin="000001"):
    found = []
    for _time in range(times):
        try:
            found.append(pins.check(typed, pin, at).person.number)
        except (pins.NoMatch, pins.Locked) as error:
            found.append(type(error).__name__)
    return found


@pytest.mark.parametrize("typed", ["3071", "nobody"])
def test_five_wrong_pins_lock_for_fifteen_minutes_whether_the_number_exists_or_not(luis, typed):
    right = "3071" if typed == "3071" else "NoMatch"
    assert outcomes(typed, 6) == ["NoMatch"] * 5 + ["Locked"]
    assert outcomes(typed, 1, pin=PIN) == ["Locked"]
    assert outcomes(typed, 1, AT + 15 * minute - datetime.timedelta(seconds=1), PIN) == ["Locked"]
    assert outcomes(typed, 1, AT + 15 * minute, PIN) == [right]


@pytest.mark.parametrize("typed", ["3071", "nobody"])
def test_after_a_lock_there_are_five_tries_again(luis, typed):
    outcomes(typed, 6)
    later = AT + 16 * minute
    assert outcomes(typed, 6, later) == ["NoMatch"] * 5 + ["Locked"]


def test_the_fifth_try_may_be_the_right_one_and_counts_anew_from_there(luis):
    assert outcomes("3071", 4) == ["NoMatch"] * 4
    assert outcomes("3071", 1, pin=PIN) == ["3071"]
    assert Pin.objects.values_list("wrong_tries", "locked_until").get() == (0, None)


def test_badge_and_number_count_together(luis):
    assert outcomes("3071", 3) + outcomes(BADGE, 3) == ["NoMatch"] * 5 + ["Locked"]


def test_a_new_pin_from_a_slip_is_not_locked(luis):
    outcomes("3071", 6)
    actions.set_pin(person=luis, pin="195738", at=AT)
    assert outcomes("3071", 1, pin="195738") == ["3071"]


@pytest.fixture
def hashes(monkeypatch):
    """Every hash that is made: a hash is what takes the time."""
    made = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt):
        made.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return made


@pytest.mark.parametrize("typed", ["3071", BADGE, "nobody", "no-pin"])
@pytest.mark.parametrize("locked", [False, True])
def test_every_answer_costs_one_hash(luis, hashes, typed, locked):
    factory.hire("no-pin")
    outcomes("warm", 1)
    if locked:
        outcomes(typed, 5)
    hashes.clear()
    assert outcomes(typed, 1) == ["Locked" if locked else "NoMatch"]
    assert hashes == ["000001"]


def test_a_pin_opens_nothing_but_a_kiosk(client, luis):
    with time_machine.travel(AT, tick=False):
        for login in ("3071", BADGE):
            response = client.post("/sign-in/", {"login": login, "password": PIN})
            assert response.status_code == 200
            assert "_auth_user_id" not in client.session
