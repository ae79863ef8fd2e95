from datetime import UTC, date, datetime

import pytest

from learning.assignments import schedule


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 24), 12, date(2027, 11, 24)),
        (date(2026, 11, 24), 1, date(2026, 12, 24)),
        (date(2026, 11, 24), 2, date(2027, 1, 24)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
    ],
)
def test_add_months_keeps_the_day_or_takes_the_last(day, months, expected):
    assert schedule.add_months(day, months) == expected


@pytest.mark.parametrize(
    ("hired", "placed", "begins", "expected"),
    [
        (date(2026, 11, 1), date(2026, 6, 1), date(2026, 1, 1), date(2026, 12, 1)),
        (date(2020, 1, 1), date(2026, 11, 1), date(2026, 1, 1), date(2026, 12, 1)),
        (date(2020, 1, 1), date(2020, 1, 1), date(2026, 11, 1), date(2026, 12, 1)),
    ],
)
def test_first_due_counts_from_whichever_is_last(hired, placed, begins, expected):
    assert schedule.first_due(hired_on=hired, placed_on=placed, counts_from=begins, due_days=30) == expected


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 11, 23), "late"),
        (date(2026, 11, 24), "due"),
        (date(2026, 12, 24), "due"),
        (date(2026, 12, 25), "later"),
    ],
)
def test_standing(due_on, expected):
    assert schedule.standing(due_on, date(2026, 11, 24)) == expected


def test_a_completion_counts_until_the_day_it_would_be_due_again():
    completed = date(2025, 11, 24)
    assert schedule.still_counts(completed, 12, date(2026, 11, 24))
    assert not schedule.still_counts(completed, 12, date(2026, 11, 25))


def test_local_date_is_that_of_the_zone():
    at = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    assert schedule.local_date(at, "America/Denver") == date(2026, 11, 24)
    assert schedule.local_date(at, "Asia/Tokyo") == date(2026, 11, 25)
