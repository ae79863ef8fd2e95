"""Yesterday's copy of the database is put in the place of today's: noticed, and nothing is lost after it."""

import pytest
from django.core.management import call_command
from django.db import connection, connections

from learning.records.ledger import actions
from learning.records.ledger.findings import Halted
from learning.records.ledger.verification import verify
from learning.records.models import Checkpoint, LedgerPosition, TrainingRecord, WaitingEntry
from tests.services import copies

from .. import factory
from ..factory import AT


def complete(number):
    released = factory.edition()
    for _person in range(number):
        factory.finish(factory.enrol(factory.hire(), released), at=AT)


def places():
    """`{(epoch, index): leaf}` of all that was ever given a place."""
    return {(epoch, index): leaf for epoch, index, leaf in LedgerPosition.objects.values_list("epoch", "index", "leaf")}


@pytest.fixture
def yesterday(committed_database):
    """The name of a copy; today goes on in the original, and is signed."""
    complete(2)
    actions.sequence(at=AT)
    connections.close_all()
    name = copies.copy(committed_database)
    complete(3)
    actions.sequence(at=AT)
    yield name
    connections.close_all()
    copies.drop(name)


def test_a_copy_of_yesterday(yesterday):
    today = places()
    assert len(today) == 6
    with copies.copy_in_use(yesterday):
        before = places()
        assert len(before) == 3
        # Noticed at the first look, before anything has happened.
        with pytest.raises(Halted, match="6 entries of .* were signed, and it knows 3 of them"):
            actions.sequence(at=AT)
        complete(4)
        with pytest.raises(Halted):
            actions.sequence(at=AT)
        assert (TrainingRecord.objects.count(), WaitingEntry.objects.count(), places()) == (6, 4, before)
        assert [finding.code for finding in verify(at=AT, processes=2)[1]] == ["set_back"]

        call_command("open_ledger_epoch", reason="The disk broke; the copy of last night is the newest")
        after = places()
        assert WaitingEntry.objects.count() == 0
        # The old log is what it was, and none of the places that are gone was given to anything else.
        assert {place: leaf for place, leaf in after.items() if place[0] == 1} == before
        assert sorted(place for place in after if place[0] == 2) == [(2, index) for index in range(5)]
        assert Checkpoint.objects.filter(epoch=1).last().size == 3
        assert [str(finding) for finding in verify(at=AT)[1]] == []
        assert connection.settings_dict["NAME"] != yesterday
