"""Which changes touch days that are over."""

import datetime

import pytest

from learning.people import past

from .factory import TODAY, days

LONG_AGO = TODAY - days(100)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # Something new: from today on, from later on, from yesterday on.
        (None, (TODAY, None), False),
        (None, (TODAY + days(1), None), False),
        (None, (TODAY - days(1), None), True),
        # An end: yesterday was the last day, today is, the day before yesterday was.
        ((LONG_AGO, None), (LONG_AGO, TODAY), False),
        ((LONG_AGO, None), (LONG_AGO, TODAY + days(1)), False),
        ((LONG_AGO, None), (LONG_AGO, TODAY - days(1)), True),
        # An end undone: before it came, and after.
        ((LONG_AGO, TODAY), (LONG_AGO, None), False),
        ((LONG_AGO, TODAY - days(1)), (LONG_AGO, None), True),
        ((LONG_AGO, None), (LONG_AGO - days(1), None), True),
        ((TODAY, None), (TODAY + days(5), None), False),
        ((TODAY, None), (TODAY - days(5), None), True),
        ((LONG_AGO, None), None, True),
        ((TODAY, None), None, False),
        ((datetime.date(2020, 1, 1), datetime.date(2020, 2, 1)), (datetime.date(2020, 1, 1), TODAY), True),
    ],
)
def test_days(before, after, expected):
    facts = ["guard"]
    assert past.touches(before and (*before, facts), after and (*after, facts), TODAY) is expected


@pytest.mark.parametrize(("starts_on", "expected"), [(TODAY, False), (TODAY - days(1), True)])
def test_another_position_on_the_same_days(starts_on, expected):
    assert past.touches((starts_on, None, ["guard"]), (starts_on, None, ["driver"]), TODAY) is expected
