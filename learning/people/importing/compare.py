"""One person as the file says against the same person as Gatehouse holds: pure.

Nothing here is deleted. What is listed no more ends, what never began is taken back, and what was over already is left
alone: a file says how things are, and seldom how they were. An empty cell empties mail, phone, badge, last name and
manager; in every other column it says nothing.
"""

from . import employments, leaves, positions
from .cells import clean
from .difference import Difference
from .said import FACTS


def compare(now, said, terms):
    """The Difference for a person of the file; `now` is None for somebody new. Raises Wanting or AskSince."""
    difference = Difference()
    _facts(now, said, difference)
    employments.compare(now, said, terms, difference)
    positions.compare(now, said, terms, difference)
    leaves.compare(now, said, terms, difference)
    return difference


def _facts(now, said, difference):
    for name in FACTS:
        if name not in said.facts or (name == "language" and not said.facts[name]):
            continue
        old, new = now.facts[name] if now else "", said.facts[name]
        if now is None:
            difference.set[name] = ["", new]
        elif _as_in_a_file(name, old) != new:
            difference.set[name] = [old, new]
            difference.tell(name, old, new)


def _as_in_a_file(name, text):
    """Stored text may hold spaces and signs that are cleaned in a file: they are no difference."""
    text = clean(text)
    return text.lower() if name == "email" else text
