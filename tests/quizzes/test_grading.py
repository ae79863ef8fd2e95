"""Grading is exact: no rounding ever turns a fail into a pass or a pass into a fail."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import grading

totals = st.integers(min_value=1, max_value=500)
marks = st.integers(min_value=1, max_value=100)


@st.composite
def scores(draw):
    total = draw(totals)
    return draw(st.integers(min_value=0, max_value=total)), total


@given(scores(), marks)
def test_a_pass_is_the_exact_share_and_the_score_shown_agrees(score, mark):
    points, total = score
    passed = grading.passes(points, total, mark)
    assert passed == (Fraction(points, total) >= Fraction(mark, 100))
    assert passed == (grading.percent(points, total) >= mark)


@given(totals, marks)
def test_needed_is_the_fewest_points_that_pass(total, mark):
    needed = grading.needed(total, mark)
    assert 0 < needed <= total
    assert grading.passes(needed, total, mark)
    assert not grading.passes(needed - 1, total, mark)


@given(scores())
def test_the_score_is_rounded_down_by_less_than_a_hundredth(score):
    points, total = score
    shown = grading.percent(points, total)
    assert shown.as_tuple().exponent == -2
    assert 0 <= Fraction(100 * points, total) - Fraction(shown) < Fraction(1, 100)


@pytest.mark.parametrize(
    ("points", "total", "shown"),
    [(0, 8, "0.00"), (7, 8, "87.50"), (2, 3, "66.66"), (8, 8, "100.00"), (799, 1000, "79.90")],
)
def test_scores_as_people_see_them(points, total, shown):
    assert grading.percent(points, total) == Decimal(shown)
