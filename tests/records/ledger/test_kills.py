"""A process killed in the middle of completions and of sequencing leaves all of a completion, or nothing."""

import pytest

from .. import factory
from . import killing

# The whole number, on both databases, is in tests/benchmarks/ledger.py.
pytestmark = pytest.mark.once

KILLS = 40


def test_kills_during_completions(committed_database, tmp_path):
    released = factory.edition()
    with killing.errors(tmp_path) as said:
        killing.killed(KILLS, released)
    assert not said.exists(), said.read_text()
    # One before, and one in each process before it was killed during the next.
    assert killing.agreement() > KILLS
