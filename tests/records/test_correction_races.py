"""Two who decide at the same moment: one record."""

import pytest

from learning.records.correcting import actions
from learning.records.models import CorrectionRequest, LedgerEntry, TrainingRecord
from tests.threads import together

from . import factory
from .factory import AT, days

pytestmark = pytest.mark.usefixtures("committed_database")


def request(record, by):
    return actions.request_correction(record=record, kind="duplicate", reason="Twice", by=by, at=AT)


def test_two_approvals_at_once_write_one_record():
    record = factory.record(completed_at=AT - days(1))
    asked = request(record, factory.hr())
    others = [factory.hr() for _number in range(4)]
    answers = together(*[lambda by=by: actions.approve(request=asked, by=by, at=AT) for by in others])
    written = TrainingRecord.objects.get(corrects=record)
    assert answers.count(written) == 1
    refusals = [str(answer) for answer in answers if answer != written]
    assert refusals == ["This was decided already. Nothing was changed."] * 3
    assert LedgerEntry.objects.filter(kind="correction").count() == 1


def test_two_who_ask_at_once_ask_once():
    record = factory.record(completed_at=AT - days(1))
    answers = together(*[lambda by=by: request(record, by) for by in (factory.hr(), factory.hr(), factory.hr())])
    asked = CorrectionRequest.objects.get()
    assert answers.count(asked) == 1
    assert {str(answer) for answer in answers if answer != asked} == {
        "A correction of this record waits for a decision already."
    }


def test_approving_and_taking_back_at_once_leaves_one_outcome():
    record = factory.record(completed_at=AT - days(1))
    ana, bea = factory.hr(), factory.hr()
    asked = request(record, ana)
    together(
        lambda: actions.approve(request=asked, by=bea, at=AT),
        lambda: actions.decline(request=asked, by=ana, at=AT, comment=""),
    )
    asked.refresh_from_db()
    assert (asked.outcome == "approved") == TrainingRecord.objects.filter(corrects=record).exists()
    assert asked.outcome in ("approved", "taken_back")
