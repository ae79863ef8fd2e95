"""Requests a second of one page beside another, in the same run."""

import time

from tests.quizzes.serving import at_once

PAGES = 600
# A process of the server keeps the lines that it took; on new ones the work is shared anew.
ON_A_LINE = 5


def ratio(visitors, asked, floor):
    """How many times the rate of `floor` the pages `asked` have, both `{visitor: address}`; and the rates of each."""
    # In turns, so that a busy moment of the machine meets both.
    rounds = [(rate(visitors, asked), rate(visitors, floor)) for _round in range(3)]
    rates = sum(page for page, _floor in rounds) / sum(floor for _page, floor in rounds)
    return rates, *(" ".join(f"{figure:.0f}" for figure in side) for side in zip(*rounds, strict=True))


def rate(visitors, path):
    """Requests a second that all of the visitors together get of one address each, none on another's connection."""
    each = PAGES // len(visitors)

    def visit(visitor):
        for number in range(each):
            if number % ON_A_LINE == 0:
                visitor.close()
            yield visitor.get(path[visitor])[0]

    began = time.perf_counter()
    answers = at_once([lambda visitor=visitor: list(visit(visitor)) for visitor in visitors])
    seconds = time.perf_counter() - began
    assert {status for lane in answers for status in lane} == {200}
    return each * len(visitors) / seconds
