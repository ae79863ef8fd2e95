"""Grading: pure and exact. Points are whole numbers; nothing is rounded before the comparison with the pass mark."""

from decimal import ROUND_FLOOR, Decimal


def percent(points, max_points):
    """The score in percent, rounded down to 0.01, so that a fail never reads as the pass mark."""
    return (Decimal(100 * points) / Decimal(max_points)).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)


def passes(points, max_points, pass_mark):
    """Whether the points reach `pass_mark` percent (1–100) exactly."""
    return 100 * points >= pass_mark * max_points


def needed(max_points, pass_mark):
    """The fewest points that pass."""
    return -(-pass_mark * max_points // 100)
