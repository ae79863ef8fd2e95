"""Item analysis: pure, from sums over the answers to one version of a question.

Sources: Moodle, "Quiz statistics calculations" (facility index, discrimination index, first attempts only); flags for
distractors after Haladyna and Downing, "How many options is enough for a multiple-choice test item?" (1993), who call
one that fewer than 5 % choose non-functioning.
"""

import math
import statistics
from dataclasses import dataclass

# Below this many answers a figure says more about chance than about the question.
ENOUGH = 30
TOO_EASY = 0.95
HARDLY_CHOSEN = 0.05
# So many must have fallen for a wrong option before it is called a trap.
OFTEN_CHOSEN = 0.10
# Variances below it are rounding.
NOTHING = 1e-9

GIVE_AWAY, TRAP, DEAD = "give_away", "trap", "dead"


@dataclass(frozen=True)
class Sums:
    """Over answers: how many, the credit got (each 0 to 1).

    Those of `paired` answers, in attempts with other questions too, go with the share (0 to 1) of the points of these
    others: `x` sums credit, `y` that share, the others their products.
    """

    answers: int = 0
    credit: float = 0.0
    paired: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    @property
    def facility(self):
        """The mean credit, from 0 (nobody) to 1 (everybody); None without answers."""
        return self.credit / self.answers if self.answers else None

    @property
    def discrimination(self):
        """The correlation, -1 to 1, of the credit here with the share of points in the rest of the attempt.

        For right or wrong it is the corrected point-biserial coefficient. None where nothing varies.
        """
        across = self.paired * self.xx - self.x**2, self.paired * self.yy - self.y**2
        if min(across) < NOTHING:
            return None
        return max(-1.0, min(1.0, (self.paired * self.xy - self.x * self.y) / math.sqrt(across[0] * across[1])))

    @property
    def misleads(self):
        """Whether it is below zero by more than chance makes it once in twenty questions that tell nothing apart."""
        found = self.discrimination
        return found is not None and found < -1.645 / math.sqrt(self.paired)


@dataclass(frozen=True)
class Option:
    """One of several answers on offer: `chosen` by so many, `rest` the mean share of points that these got elsewhere
    (None when nobody chose it)."""

    id: str
    text: str
    right: bool
    chosen: int
    share: float
    rest: float | None

    @property
    def is_dead(self):
        return not self.right and self.share < HARDLY_CHOSEN


def options(offered, picks, answers):
    """The options of a question as they were chosen.

    `offered` are rows of id, text and right; `picks` are (ids picked, how many answers, sum of their share of points
    elsewhere); `answers` counts all, those left open too.
    """
    chosen, rest = {}, {}
    for ids, number, elsewhere in picks:
        for option in ids:
            chosen[option] = chosen.get(option, 0) + number
            rest[option] = rest.get(option, 0) + elsewhere
    return [
        Option(
            id=row["id"],
            text=row["text"],
            right=row["right"],
            chosen=(number := chosen.get(row["id"], 0)),
            share=number / answers if answers else 0.0,
            rest=rest[row["id"]] / number if number else None,
        )
        for row in offered
    ]


def flags(sums, chosen=()):
    """What an editor should look at, in order of weight; nothing before there are enough answers."""
    if sums.answers < ENOUGH:
        return []
    found = []
    if sums.misleads or misleading(chosen):
        found.append(TRAP)
    if sums.facility >= TOO_EASY:
        found.append(GIVE_AWAY)
    if any(option.is_dead for option in chosen):
        found.append(DEAD)
    return found


def misleading(chosen):
    """Wrong options that many chose who otherwise did better than those who chose a right one."""
    right = [option.rest for option in chosen if option.right and option.rest is not None]
    if not right:
        return []
    return [
        option
        for option in chosen
        if not option.right and option.share >= OFTEN_CHOSEN and option.rest is not None and option.rest > max(right)
    ]


def seconds(started_at, saves, item):
    """How long a person was at the question in place `item`, in seconds; None when it was never answered.

    `saves` are (item, instant) in order. It counts from what was done before (the start, or a save elsewhere) until
    the last save here before another question's: going back later is not counted.
    """
    before, last = started_at, None
    for place, instant in saves:
        if place == item:
            last = instant
        elif last is None:
            before = instant
        else:
            break
    return None if last is None else max(0.0, (last - before).total_seconds())


def median(numbers):
    return statistics.median(numbers) if numbers else None
