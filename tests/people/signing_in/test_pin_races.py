"""Tries at the same moment: still five."""

import pytest

from learning.people.models import Pin, Slip
from learning.people.signing_in import actions, pins
from tests.threads import together

from .. import factory
from ..factory import AT
from .slip_factory import PIN, slip

pytestmark = pytest.mark.usefixtures("committed_database")


def test_of_many_wrong_pins_at_once_five_are_looked_at():
    luis = factory.hire("3071")
    actions.set_pin(person=luis, pin=PIN, at=AT)
    answers = together(*[lambda: pins.check("3071", "000001", AT)] * 12)
    names = sorted(type(answer).__name__ for answer in answers)
    assert names == ["Locked"] * 7 + ["NoMatch"] * 5
    assert Pin.objects.get().locked_until == AT + pins.LOCKED_FOR


def test_a_slip_used_twice_at_once_sets_one_pin():
    luis = factory.hire("3071")
    _row, code = slip(luis)
    choices = ["731958", "195738", "280451", "904617"]
    answers = together(*[lambda pin=pin: actions.use_slip(code=code, pin=pin, at=AT) for pin in choices])
    won = [answer for answer in answers if isinstance(answer, Slip)]
    assert len(won) == 1
    assert [answer.worth for answer in answers if isinstance(answer, actions.Refused)] == ["used"] * 3
    winner = choices[answers.index(won[0])]
    assert pins.check("3071", winner, AT).person == luis


def test_of_slips_issued_at_once_one_is_good():
    luis = factory.hire("3071")
    answers = together(*[lambda: slip(luis)] * 5)
    assert [isinstance(answer, tuple) for answer in answers] == [True] * 5
    assert Slip.objects.filter(used_at__isnull=True, cancelled_at__isnull=True).count() == 1
