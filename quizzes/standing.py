"""How a person stands with a quiz in one context: pure, from all their attempts at it in order of number."""

import datetime
from dataclasses import dataclass

from . import grading


@dataclass(frozen=True)
class Standing:
    """`opens_at` is the instant from which the next attempt may begin; None when that is now, or there is none."""

    left: int
    running: bool
    waiting: bool
    passed: bool
    opens_at: datetime.datetime | None

    @property
    def used_up(self):
        """Every attempt is used and decided."""
        return not (self.left or self.running or self.waiting)


def of(attempts, rules, at):
    """`rules` are complete (`blueprints.rules`). Voided attempts do not count."""
    counted = [attempt for attempt in attempts if not attempt.voided]
    left = max(0, rules["attempts_allowed"] - len(counted))
    running = any(attempt.in_progress for attempt in counted)
    graded = [attempt for attempt in counted if attempt.graded]
    counting = grading.counting(graded, rules["counts"])
    return Standing(
        left=left,
        running=running,
        waiting=any(attempt.waits_for_marks for attempt in counted),
        passed=bool(counting and counting.passed),
        opens_at=None if running or not left else _opens_at(counted, rules, at),
    )


def _opens_at(counted, rules, at):
    if not counted or not rules["wait_minutes"]:
        return None
    opens = counted[-1].submitted_at + datetime.timedelta(minutes=rules["wait_minutes"])
    return opens if at < opens else None
