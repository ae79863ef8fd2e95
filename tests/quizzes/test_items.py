"""Item analysis against figures that were worked out by hand."""

import datetime
import math

import pytest

from quizzes.statistics import charts, items

from .factory import AT


def sums(pairs, alone=()):
    """Of (credit, share of points elsewhere), and of credits in attempts without other questions."""
    xs, ys = [x for x, _y in pairs], [y for _x, y in pairs]
    return items.Sums(
        answers=len(pairs) + len(alone),
        credit=sum(xs) + sum(alone),
        paired=len(pairs),
        x=sum(xs),
        y=sum(ys),
        xx=sum(x * x for x in xs),
        yy=sum(y * y for y in ys),
        xy=sum(x * y for x, y in pairs),
    )


@pytest.mark.parametrize(
    ("counted", "facility"),
    [
        (items.Sums(), None),
        (sums([(1, 0.5)]), 1.0),
        (sums([(1, 1), (1, 0.5), (0, 0.5), (0, 0)]), 0.5),
        # 1 + 1/2 + 0 of three.
        (sums([(1, 1), (0.5, 1), (0, 0)]), 0.5),
        # Attempts of a single question count here, too.
        (sums([(1, 1)], alone=[0, 0, 0]), 0.25),
    ],
)
def test_facility_is_the_mean_credit(counted, facility):
    assert counted.facility == facility


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        # 4·1.5 - 2·2 = 2, over √(4·2 - 2²) · √(4·1.5 - 2²) = √8.
        ([(1, 1), (1, 0.5), (0, 0.5), (0, 0)], 2 / math.sqrt(8)),
        ([(1, 1), (0, 0)], 1.0),
        ([(1, 0), (0, 1)], -1.0),
        # 3·1.25 - 1.5·2 = 0.75, over √(3·1.25 - 1.5²) · √(3·2 - 2²) = √1.5 · √2.
        ([(1, 1), (0.5, 0.5), (0, 0.5)], 0.75 / math.sqrt(1.5 * (3 * 1.5 - 4))),
        ([(1, 0.2), (0, 0.2)], None),
        ([(1, 0.2), (1, 0.9)], None),
        ([(1, 0.2)], None),
        ([], None),
    ],
)
def test_discrimination_is_the_correlation_with_the_rest(pairs, expected):
    counted = sums(pairs)
    assert counted.discrimination == (None if expected is None else pytest.approx(expected, abs=1e-12))


def test_discrimination_takes_only_attempts_with_other_questions():
    pairs = [(1, 1), (1, 0.5), (0, 0.5), (0, 0)]
    assert sums(pairs, alone=[1, 0, 1]).discrimination == sums(pairs).discrimination


OFFERED = [{"id": name, "text": name.upper(), "right": name == "a"} for name in "abc"]


def test_options_count_who_chose_them_and_how_these_did_elsewhere():
    picks = [(["a"], 3, 2.4), (["b"], 1, 0.2), (["a", "b"], 1, 0.6), ([], 1, 0.1)]
    chosen = items.options(OFFERED, picks, answers=6)
    assert [(row.text, row.right, row.chosen, row.share) for row in chosen] == [
        ("A", True, 4, 4 / 6),
        ("B", False, 2, 2 / 6),
        ("C", False, 0, 0.0),
    ]
    assert [row.rest for row in chosen] == [pytest.approx(0.75), pytest.approx(0.4), None]


def option(name, chosen, rest, answers=100):
    return items.Option(name, name, name == "a", chosen, chosen / answers, rest)


GOOD = [option("a", 60, 0.8), option("b", 25, 0.5), option("c", 15, 0.4)]


@pytest.mark.parametrize(
    ("counted", "chosen", "expected"),
    [
        (items.Sums(100, 60, 100, 60, 60, 60, 45, 45), GOOD, []),
        # 95 of 100 is a give-away, 94 is none.
        (items.Sums(100, 95), GOOD, ["give_away"]),
        (items.Sums(100, 94), GOOD, []),
        # Too few to say anything.
        (items.Sums(29, 29), [option("a", 29, 0.8, 29), option("b", 0, None, 29)], []),
        (items.Sums(30, 30), [option("a", 30, 0.8, 30), option("b", 0, None, 30)], ["give_away", "dead"]),
        # 4 of 100 is dead, 5 is not.
        (items.Sums(100, 60), [option("a", 60, 0.8), option("b", 36, 0.5), option("c", 4, 0.4)], ["dead"]),
        (items.Sums(100, 60), [option("a", 60, 0.8), option("b", 35, 0.5), option("c", 5, 0.4)], []),
        # A wrong answer of the better ones, once a tenth has chosen it.
        (items.Sums(100, 60), [option("a", 60, 0.6), option("b", 30, 0.7), option("c", 10, 0.4)], ["trap"]),
        (items.Sums(100, 80), [option("a", 80, 0.6), option("b", 9, 0.7), option("c", 11, 0.4)], []),
        # What tells people apart the wrong way round, without options: 100·20 - 60·40 < 0.
        (items.Sums(100, 60, 100, 60, 40, 60, 20, 20), [], ["trap"]),
        # A little below zero is chance: -50 / √(2400 · 400) = -0.05.
        (items.Sums(100, 60, 100, 60, 40, 60, 20, 23.5), [], []),
    ],
)
def test_flags(counted, chosen, expected):
    assert items.flags(counted, chosen) == expected


def at(*seconds):
    return [(item, AT + datetime.timedelta(seconds=second)) for item, second in seconds]


@pytest.mark.parametrize(
    ("saves", "item", "expected"),
    [
        (at((0, 20), (1, 50)), 0, 20),
        (at((0, 20), (1, 50)), 1, 30),
        # Changing one's mind before going on is part of it, coming back is not.
        (at((0, 20), (1, 50), (1, 65), (2, 90), (1, 200)), 1, 45),
        (at((0, 20)), 1, None),
        ([], 0, None),
        (at((1, 10), (0, 30), (1, 40)), 0, 20),
    ],
)
def test_time_runs_from_what_was_done_before(saves, item, expected):
    assert items.seconds(AT, saves, item) == expected


def test_the_median_of_none_is_none():
    assert (items.median([]), items.median([3, 9, 4]), items.median([2, 4])) == (None, 4, 3)


def test_bars_fill_what_their_share_is_of_the_ground():
    drawn = charts.bars([{"label": "A", "share": 0.25, "figure": "25 %", "tone": "right"}])
    (row,) = drawn["rows"]
    assert drawn["height"] == charts.ROW
    assert row["length"] == round(drawn["length"] * 0.25, 1)
    assert (row["label"], row["figure"], row["tone"]) == ("A", "25 %", "right")
