"""Whatever somebody does to the tables, past every guard, the verification finds it and says where."""

import random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from learning.records import actions as records
from learning.records.ledger import actions, vouched, witness
from learning.records.ledger.verification import verify
from learning.records.models import Checkpoint, LedgerCheck, LedgerEntry, TrainingRecord, WaitingEntry

from .. import factory
from ..factory import AT
from . import spoiling

pytestmark = pytest.mark.django_db

# The whole number is in tests/benchmarks/ledger.py.
EACH = 3


def ledger(monkeypatch):
    """Two epochs of a few records, with a change of keys, several checkpoints, and one entry that waits."""
    monkeypatch.setattr(actions, "BATCH", 3)
    released = factory.edition()
    who = factory.hire(email="daniel@corvina.example")
    for number in range(4):
        factory.record(who=who, score=75 + number, edition=released, recorder=who)
    actions.sequence(at=AT)
    file = witness.read()
    factory.record(who=factory.hire(last_name="Vega"))
    actions.sequence(at=AT)
    witness.write(file.replace(Checkpoint.objects.first().origin, "lost.example/ledger/1-00000000"))
    actions.open_epoch(at=AT, reason="A copy was restored")
    factory.record(who=who, corrects=TrainingRecord.objects.first(), reason="Wrong date")
    records.record_import(sha256="ab" * 32, source="Payroll", people=3, at=AT)
    actions.rotate_key(at=AT, reason="Yearly")
    for _number in range(4):
        factory.record(who=who)
    actions.sequence(at=AT)
    factory.record(who=who)


def found():
    return verify(at=AT)[1]


def test_a_ledger_that_nobody_spoilt_is_in_order(monkeypatch, capsys):
    ledger(monkeypatch)
    assert [str(finding) for finding in found()] == []
    call_command("verify_records")
    assert capsys.readouterr().out == f"{LedgerEntry.objects.count()} entries and all records agree.\n"
    check = LedgerCheck.objects.newest("verification")
    assert (check.found, check.findings) == (0, [])


def test_postgresql_vouches_for_all_of_it(monkeypatch):
    ledger(monkeypatch)
    last = LedgerEntry.objects.order_by("pk").last()
    left = [] if connection.vendor == "postgresql" else None
    assert vouched.doubtful(0, last.pk) == left
    assert vouched.doubtful(last.pk, last.pk + 1) == left


def test_an_empty_ledger_is_in_order():
    assert found() == []


def says(findings, code, facts):
    codes = (code,) if isinstance(code, str) else code
    return [
        str(finding)
        for finding in findings
        if finding.code in codes and facts.items() <= finding.facts.items() and str(finding)
    ]


def spoil(deed, seed):
    """Does it, and takes it back: what was to be found, and what was."""
    try:
        with transaction.atomic():
            code, facts = deed(random.Random(seed))
            raise Found(code, facts, found())
    except Found as told:
        return told.args


class Found(Exception):
    pass


def test_it_finds_and_names_whatever_was_done(monkeypatch):
    ledger(monkeypatch)
    spoiling.take_guards_off()
    overlooked = []
    for deed in spoiling.DEEDS:
        for seed in range(EACH):
            code, facts, findings = spoil(deed, seed)
            if not says(findings, code, facts):
                overlooked.append((deed.__name__, seed, code, facts, [str(finding) for finding in findings]))
    assert overlooked == []
    assert found() == []


def test_the_command_says_each_in_a_sentence_and_exits_non_zero(monkeypatch, capsys):
    ledger(monkeypatch)
    spoiling.take_guards_off()
    record = TrainingRecord.objects.order_by("pk").first()
    entry = record.entry
    spoiling.edit(record, course="Other", score=99)
    with pytest.raises(CommandError, match="^Findings: 1, in "):
        call_command("verify_records")
    assert capsys.readouterr().out == (
        f"Record {record.uuid} does not say what its entry {entry.uuid} (1/1) says: course, score.\n"
    )


def test_a_waiting_entry_is_no_fault_and_a_halted_ledger_is_one():
    factory.record()
    assert (WaitingEntry.objects.count(), found()) == (1, [])
    actions.sequence(at=AT)
    witness.write(witness.read().replace("\n2\n", "\n5\n"))
    assert [finding.code for finding in found()] == ["set_back"]
    assert Checkpoint.objects.count() == 2
