"""Grading: pure and exact. A question gives one point or a part of it, in hundredths, rounded down.

Nothing is rounded before the comparison with the pass mark.
"""

from decimal import ROUND_FLOOR, Decimal

HUNDREDTH = Decimal("0.01")


def share(part, whole):
    """`part` of `whole` (whole numbers, 0 ≤ part ≤ whole) as a Decimal, rounded down to 0.01: a part is never all."""
    return (Decimal(int(part)) / Decimal(whole)).quantize(HUNDREDTH, rounding=ROUND_FLOOR)


def percent(points, max_points):
    """The score in percent, rounded down to 0.01, so that a fail never reads as the pass mark."""
    return (100 * Decimal(points) / Decimal(max_points)).quantize(HUNDREDTH, rounding=ROUND_FLOOR)


def passes(points, max_points, pass_mark):
    """Whether the points reach `pass_mark` percent (1–100) exactly."""
    return 100 * points >= pass_mark * max_points


def needed(max_points, pass_mark, whole=True):
    """The fewest points that pass; a whole number unless parts of points are given."""
    if whole:
        return -(-pass_mark * max_points // 100)
    return Decimal(pass_mark * max_points) / 100
