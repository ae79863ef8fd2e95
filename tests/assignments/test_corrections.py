"""What is owed after a record was corrected that had satisfied something."""

from datetime import date

import pytest

from learning.assignments.actions import apply_requirements
from learning.assignments.models import Assignment

from . import factory
from .factory import AT, TODAY, noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    key = factory.course()
    factory.requirement(key)
    return key


def done(who, key, day, **more):
    return factory.record(who, key, noon(day), recorded_at=AT, **more)


def owed(who):
    rows = Assignment.objects.filter(person=who).order_by("cycle")
    return list(rows.values_list("cycle", "record", "due_on"))


def test_a_withdrawn_pass_is_owed_again_when_it_was_due(key):
    who = factory.hire("1")
    apply_requirements(on=TODAY, at=AT)
    wrong = done(who, key, TODAY)
    assert owed(who) == [(1, wrong.pk, date(2026, 12, 1)), (2, None, date(2027, 11, 24))]
    done(who, key, TODAY, corrects=wrong, reason="x", withdraws=True)
    assert owed(who) == [(1, wrong.pk, date(2026, 12, 1)), (2, None, date(2026, 12, 1))]
    apply_requirements(on=TODAY, at=AT)
    assert owed(who)[1:] == [(2, None, date(2026, 12, 1))]
    again = done(who, key, TODAY)
    assert owed(who)[1:] == [(2, again.pk, date(2026, 12, 1)), (3, None, date(2027, 11, 24))]


def test_a_duplicate_that_is_withdrawn_leaves_the_other_to_count(key):
    who = factory.hire("1")
    apply_requirements(on=TODAY, at=AT)
    done(who, key, date(2026, 11, 20))
    twice = done(who, key, date(2026, 11, 20))
    before = owed(who)
    done(who, key, date(2026, 11, 20), corrects=twice, reason="x", withdraws=True)
    assert owed(who) == before


@pytest.mark.parametrize(
    ("day", "due"), [(date(2026, 11, 20), date(2027, 11, 20)), (date(2025, 1, 1), date(2026, 12, 1))]
)
def test_a_wrong_date_moves_the_refresher_and_satisfies_nothing_twice(key, day, due):
    who = factory.hire("1")
    apply_requirements(on=TODAY, at=AT)
    wrong = done(who, key, date(2026, 11, 10))
    done(who, key, day, corrects=wrong, reason="x")
    assert owed(who) == [(1, wrong.pk, date(2026, 12, 1)), (2, None, due)]


def test_a_wrong_person_owes_again_and_the_right_one_is_done(key):
    wrong, right = factory.hire("1"), factory.hire("2")
    apply_requirements(on=TODAY, at=AT)
    record = done(wrong, key, TODAY)
    correction = done(right, key, TODAY, corrects=record, reason="x")
    assert owed(wrong) == [(1, record.pk, date(2026, 12, 1)), (2, None, date(2026, 12, 1))]
    assert owed(right) == [(1, correction.pk, date(2026, 12, 1)), (2, None, date(2027, 11, 24))]


def test_a_date_that_makes_a_record_recent_enough_satisfies_what_is_open(key):
    who = factory.hire("1")
    apply_requirements(on=TODAY, at=AT)
    old = done(who, key, date(2025, 1, 1))
    assert owed(who) == [(1, None, date(2026, 12, 1))]
    new = done(who, key, date(2026, 11, 1), corrects=old, reason="x")
    assert owed(who) == [(1, new.pk, date(2026, 12, 1)), (2, None, date(2027, 11, 1))]
