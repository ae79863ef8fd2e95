"""Whatever somebody does to the tables, past every guard, the verification finds it and says where."""

import json
import random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from learning.records import actions as records
from learning.records.ledger import actions, vouched, witness
from learning.records.ledger.findings import Code
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


def doubtful():
    last = LedgerEntry.objects.order_by("pk").last()
    found = vouched.doubtful(0, last.pk)
    return found if found is None else set(found)


def test_postgresql_vouches_for_all_records(monkeypatch):
    ledger(monkeypatch)
    others = LedgerEntry.objects.filter(record=None).values_list("pk", flat=True)
    last = LedgerEntry.objects.order_by("pk").last()
    on_postgresql = connection.vendor == "postgresql"
    assert doubtful() == (set(others) if on_postgresql else None)
    assert vouched.doubtful(last.pk, last.pk + 1) == ([] if on_postgresql else None)


ODD = '“Ñandú”, "quoted": \\ / \b\f\n\r\t\x01\x1f\x7f \u2028 😀 ", " : null'


@pytest.mark.parametrize(
    "what",
    [
        {"course": ODD, "place": ODD, "observer": ""},
        {"topics": [ODD, ", ", ",", "null", ""], "criteria": []},
        {"blanks": [{"name": "dock", "text": ODD}, {"name": "", "text": ", "}]},
        {"cause": {"zz": ODD, "a": 1, "Ñ": "null", "": False, "nothing": None}},
        {"sign_in_origin": {"kind": "pin", "slip": ODD, "issued_by": None, "issued_at": "2026-11-24"}},
    ],
)
def test_postgresql_vouches_for_odd_values(what):
    factory.record(**what)
    assert doubtful() == (set() if connection.vendor == "postgresql" else None)
    assert found() == []


@pytest.mark.parametrize(
    "what",
    [
        {"topics": [{"a": None}]},
        {"topics": [[1, 2], ["a", None]]},
        {"cause": {"deep": {"b": 1, "aa": [1, 2]}}},
        {"cause": {"half": 1.5}},
    ],
)
def test_what_postgresql_does_not_vouch_for_is_looked_at(what):
    factory.record(**what)
    assert found() == []


@pytest.mark.parametrize(
    ("column", "was", "becomes"),
    [
        ("topics", [","], [", "]),
        ("topics", ["1"], [1]),
        ("topics", [{}], [{"a": None}]),
        ("topics", ["a", "b"], ["b", "a"]),
        ("topics", [], {}),
        ("topics", [], None),
        ("cause", {}, {"a": None}),
        ("cause", {"a": "1"}, {"a": 1}),
        ("cause", {"a": ","}, {"a": ", "}),
        ("cause", {"a": 1}, {"a": True}),
        ("topics", [{"a": 0}], [{"a": False}]),
        ("topics", [1], [1.0]),
        ("cause", {}, []),
        ("sign_in_origin", None, {}),
        ("sign_in_origin", {"kind": "pin"}, None),
    ],
)
def test_the_smallest_change_is_found(column, was, becomes):
    record = factory.record(**{column: was})
    spoiling.take_guards_off()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE records_trainingrecord SET {column} = %s", [json.dumps(becomes)])
    [finding] = found()
    says = (finding.code, finding.facts["record"], finding.facts["fields"])
    assert says == (Code.RECORD_CHANGED, str(record.uuid), column)


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


# By these chances the change falls on the entry that says who signs.
@pytest.mark.parametrize("seed", [167, 216, 269])
def test_a_history_whose_key_nobody_can_read_is_not_signed(monkeypatch, seed):
    ledger(monkeypatch)
    spoiling.take_guards_off()
    code, facts, findings = spoil(spoiling.write_another_history, seed)
    assert code == Code.CHECKPOINT_NOT_SIGNED
    assert says(findings, code, facts)


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
