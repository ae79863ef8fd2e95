"""Requests a second of one page beside another, in the same run."""

import time

from tests.quizzes.serving import at_once

PAGES = 600


def ratio(visitors, asked, floor):
    """How many times the rate of `floor` the pages `asked` have, both `{visitor: address}`; and the rates of each."""
    # In turns, so that a busy moment of the machine meets both.
    rounds = [(rate(visitors, asked), rate(visitors, floor)) for _round in range(3)]
    rates = sum(page for page, _floor in rounds) / sum(floor for _page, floor in rounds)
    return rates, *(" ".join(f"{figure:.0f}" for figure in side) for side in zip(*rounds, strict=True))


def rate(visitors, path):
    """Requests a second that all of the visitors together get of one address each, each on a connection of its own."""
    each = PAGES // len(visitors)

    def visit(visitor):
        # A line that lay idle the server has closed.
        visitor.close()
        return [visitor.get(path[visitor])[0] for _request in range(each)]

    began = time.perf_counter()
    answers = at_once([lambda visitor=visitor: visit(visitor) for visitor in visitors])
    seconds = time.perf_counter() - began
    assert {status for lane in answers for status in lane} == {200}
    return each * len(visitors) / seconds
