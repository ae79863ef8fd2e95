"""What a record is worth on a date, as we know it now and as we knew it then."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from learning.records.models import TrainingRecord

from . import factory
from .factory import AT, TODAY, days

pytestmark = pytest.mark.django_db


def status(record, on=TODAY, known=None):
    return TrainingRecord.objects.with_status(on, known).get(pk=record.pk).status


def correct(record, at=AT, **what):
    return factory.record(
        record.person,
        completed_at=record.completed_at,
        recorded_at=at,
        course_key=record.course_key,
        corrects=record,
        reason="typing error",
        **what,
    )


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 24), "valid"),
        (date(2027, 11, 23), "valid"),
        (date(2027, 11, 24), "valid"),
        (date(2027, 11, 25), "expired"),
    ],
)
def test_valid_until_the_last_day_that_it_is_good_for(on, expected):
    assert status(factory.record(), on) == expected


def test_valid_for_good_without_an_end():
    assert status(factory.record(valid_months=None), date(2090, 1, 1)) == "valid"


def test_superseded_by_a_newer_record_of_the_same_person_and_course():
    who, other, key = factory.hire(), factory.hire(), uuid.uuid4()
    old = factory.record(who, AT - days(300), course_key=key)
    other_course = factory.record(who, AT - days(300))
    other_person = factory.record(other, AT - days(300), course_key=key)
    new = factory.record(who, AT, course_key=key)
    assert [status(row) for row in (old, other_course, other_person, new)] == [
        "superseded",
        "valid",
        "valid",
        "valid",
    ]


def test_of_two_at_the_same_instant_the_later_row_counts():
    who, key = factory.hire(), uuid.uuid4()
    first, second = factory.record(who, course_key=key), factory.record(who, course_key=key)
    assert (status(first), status(second)) == ("superseded", "valid")


def test_expired_and_renewed_is_superseded_until_the_newer_one_expires_too():
    who, key = factory.hire(), uuid.uuid4()
    old = factory.record(who, AT - days(700), course_key=key)
    assert status(old) == "expired"
    factory.record(who, AT, course_key=key)
    assert status(old) == "superseded"
    assert status(old, date(2027, 11, 25)) == "expired"


def test_a_newer_one_that_is_not_good_any_more_supersedes_nothing():
    who, key = factory.hire(), uuid.uuid4()
    long = factory.record(who, AT - days(60), course_key=key, valid_months=24)
    factory.record(who, AT - days(50), course_key=key, valid_months=1)
    assert status(long) == "valid"
    assert status(long, date(2026, 10, 20)) == "superseded"


def test_a_correction_supersedes_what_it_corrects():
    wrong = factory.record()
    right = correct(wrong)
    assert (status(wrong), status(right)) == ("superseded", "valid")


def test_a_withdrawal_takes_the_record_and_itself_out():
    wrong = factory.record()
    withdrawal = correct(wrong, withdraws=True)
    assert (status(wrong), status(withdrawal)) == ("withdrawn", "withdrawn")


def test_what_was_withdrawn_or_corrected_supersedes_nothing():
    who, key = factory.hire(), uuid.uuid4()
    old = factory.record(who, AT - days(300), course_key=key)
    correct(factory.record(who, AT - days(20), course_key=key), withdraws=True)
    assert status(old) == "valid"
    # The correction says that it was not this person's course after all, so nothing newer is left.
    moved = factory.record(who, AT - days(10), course_key=key)
    factory.record(who, moved.completed_at, recorded_at=AT, corrects=moved, reason="another course")
    assert (status(old), status(moved)) == ("valid", "superseded")


def test_as_of_a_past_date_later_rows_are_not_known():
    who, key = factory.hire(), uuid.uuid4()
    old = factory.record(who, AT - days(300), course_key=key)
    factory.record(who, AT - days(100), AT, course_key=key)
    assert status(old, TODAY - days(50), known=AT - days(50)) == "valid"
    assert status(old, TODAY - days(50)) == "superseded"
    assert list(TrainingRecord.objects.recorded(AT - days(50))) == [old]
    assert list(TrainingRecord.objects.recorded(old.recorded_at)) == []


def test_statuses_come_in_one_query(django_assert_num_queries):
    who, key = factory.hire(), uuid.uuid4()
    for number in range(20):
        factory.record(who, AT - days(number), course_key=key)
    with django_assert_num_queries(1):
        assert [row.status for row in TrainingRecord.objects.with_status(TODAY)] == ["valid"] + ["superseded"] * 19


def test_a_withdrawal_names_what_it_withdraws():
    with pytest.raises(IntegrityError, match="records_withdrawal_is_correction"), transaction.atomic():
        factory.record(withdraws=True)


def test_a_correction_has_a_reason():
    wrong = factory.record()
    with pytest.raises(IntegrityError, match="records_correction_has_reason"), transaction.atomic():
        factory.record(wrong.person, corrects=wrong)


def test_nothing_is_recorded_before_it_happened():
    with pytest.raises(IntegrityError, match="records_recorded_after_completion"), transaction.atomic():
        factory.record(completed_at=AT, recorded_at=AT - days(1))
