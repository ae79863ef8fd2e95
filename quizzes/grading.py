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


def shortfalls(questions, minimums):
    """What keeps a sufficient score from passing, as plain rows; empty when nothing does.

    `questions` are dicts of credit, objective (code) and must_pass, in order; `minimums` of objective and percent.
    Rows are `{"item": n}` for a question that must be right and is not, and `{"objective", "percent", "points",
    "max_points"}` (points as text) for an objective below its minimum. One that was not asked about is not below it.
    """
    found = [{"item": item} for item, row in enumerate(questions) if row["must_pass"] and row["credit"] < 1]
    for minimum in minimums:
        credits = [row["credit"] for row in questions if row["objective"] == minimum["objective"]]
        points = sum(credits, Decimal(0))
        if credits and not passes(points, len(credits), minimum["percent"]):
            found.append(minimum | {"points": str(points), "max_points": len(credits)})
    return found


def counting(attempts, rule):
    """The one attempt that counts among graded ones in the order of their numbers: best (the earlier of equals), last
    or first; None without any."""
    if not attempts:
        return None
    if rule == "best":
        return max(attempts, key=lambda attempt: (attempt.passed, attempt.score, -attempt.number))
    return attempts[-1 if rule == "last" else 0]
