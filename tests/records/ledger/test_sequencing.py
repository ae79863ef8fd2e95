"""Entries get their place and a signature, in order, once, and never when the database was set back."""

import json
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from learning.records import actions as records
from learning.records.ledger import actions, keys, notes, witness
from learning.records.ledger.findings import Halted
from learning.records.ledger.merkle import Tree
from learning.records.models import Checkpoint, LedgerCheck, LedgerEntry, LedgerPosition, WaitingEntry
from learning.records.tasks import sequence_entries
from tests.queries import queries

from .. import factory
from ..factory import AT

pytestmark = pytest.mark.django_db


def append(number=1):
    """Entries of some kind; their leaves."""
    return [
        records.append_entry(kind="import", data={"sha256": "", "source": "", "people": at}, at=AT).leaf
        for at in range(number)
    ]


def sequence():
    return actions.sequence(at=AT)


def log(epoch=1):
    return list(LedgerPosition.objects.filter(epoch=epoch).values_list("index", "leaf"))


def refusal(deed=sequence):
    with pytest.raises(Halted) as halted:
        deed()
    return halted.value.finding


def test_the_first_entry_of_all_says_which_log_this_is_and_who_signs(settings):
    settings.GATEHOUSE_PUBLIC_URL = "https://academy.corvina.example"
    assert sequence() == 0
    checkpoint, entry = Checkpoint.objects.get(), LedgerEntry.objects.get()
    assert (checkpoint.number, checkpoint.epoch, checkpoint.size) == (1, 1, 1)
    assert checkpoint.origin.startswith("academy.corvina.example/ledger/1-")
    assert entry.kind == "key"
    assert json.loads(entry.body)["data"] == {
        "event": "epoch_opened",
        "epoch": 1,
        "origin": checkpoint.origin,
        "public_key": keys.public(keys.current()),
        "found": "",
        "known": "",
        "reason": "",
    }
    assert log() == [(0, entry.leaf)]
    assert witness.read() == checkpoint.note
    assert settings.LEDGER_KEY.stat().st_mode & 0o777 == 0o600


def test_entries_follow_in_the_order_of_writing_and_the_head_is_signed():
    sequence()
    leaves = append(3)
    assert list(WaitingEntry.objects.values_list("entry__leaf", flat=True)) == leaves
    assert sequence() == 3
    assert [leaf for _index, leaf in log()][1:] == leaves
    assert [index for index, _leaf in log()] == [0, 1, 2, 3]
    assert WaitingEntry.objects.count() == 0
    last = Checkpoint.objects.last()
    root = Tree([bytes.fromhex(leaf) for _index, leaf in log()]).root()
    assert (last.size, last.root, last.signed_at) == (4, root.hex(), AT)
    signed = notes.Checkpoint(last.origin, 4, root, "2026-11-24T19:00:00.000000Z")
    assert notes.checkpoint(last.note) == signed
    assert notes.signed_by(last.note, last.origin, bytes.fromhex(last.public_key))
    assert witness.read() == last.note


def test_no_checkpoint_covers_more_than_a_batch(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    append(5)
    assert actions.sequence(at=AT, batches=1) == 2
    assert sequence() == 3
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [1, 3, 5, 6]
    assert [index for index, _leaf in log()] == [0, 1, 2, 3, 4, 5]


def test_an_idle_tick_asks_three_questions_and_writes_nothing():
    append()
    sequence()
    asked = queries(sequence)
    assert [sql.split()[0] for sql in asked] == ["SELECT"] * 3
    assert (Checkpoint.objects.count(), LedgerCheck.objects.count()) == (2, 0)


def test_the_database_gives_no_index_twice():
    append(2)
    sequence()
    entry = LedgerEntry.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerPosition.objects.create(epoch=1, index=1, entry_id=entry.pk + 100, leaf="")
    last = Checkpoint.objects.last()
    last.number, last._state.adding = 99, True
    with pytest.raises(IntegrityError), transaction.atomic():
        last.save()


def test_a_file_that_lags_behind_is_brought_forward():
    append()
    sequence()
    before = witness.read()
    append()
    sequence()
    # Killed between commit and file.
    now = witness.read()
    witness.write(before)
    assert sequence() == 0
    assert witness.read() == now


def test_killed_right_after_the_first_checkpoint_of_all(settings):
    sequence()
    settings.LEDGER_CHECKPOINT.unlink()
    assert sequence() == 0
    assert witness.read() == Checkpoint.objects.get().note


def test_without_the_file_nothing_goes_on(settings):
    append()
    sequence()
    settings.LEDGER_CHECKPOINT.unlink()
    append()
    assert refusal().code == "file_missing"
    assert WaitingEntry.objects.count() == 1


def test_a_file_with_something_else_in_it_stops_it_too(settings):
    append()
    sequence()
    settings.LEDGER_CHECKPOINT.write_text("something else")
    assert refusal().code == "file_unreadable"


def set_back(settings):
    """The checkpoint file of a ledger that went on while this database did not."""
    append(2)
    sequence()
    last = Checkpoint.objects.last()
    head = notes.Checkpoint(last.origin, 9, bytes(32))
    witness.write(notes.sign(notes.text(head), head.origin, keys.current()))
    return last


def test_a_database_that_was_set_back_takes_records_and_gives_no_places(settings):
    last = set_back(settings)
    record = factory.record()
    finding = refusal()
    assert (finding.code, finding.facts) == ("set_back", {"origin": last.origin, "signed": 9, "known": 3})
    assert str(finding).startswith(f"The database was set back: 9 entries of {last.origin} were signed, and it knows 3")
    assert "manage.py open_ledger_epoch --reason" in str(finding)
    assert WaitingEntry.objects.get().entry == record.entry
    assert Checkpoint.objects.last() == last
    # Noted once, not each second.
    assert sequence_entries() == "set_back"
    check = LedgerCheck.objects.get()
    assert (check.what, check.findings) == ("sequencing", [finding.stored()])


def test_a_new_epoch_goes_on_and_says_what_was_found(settings, capsys):
    last = set_back(settings)
    found = witness.read()
    record = factory.record()
    refusal()
    call_command("open_ledger_epoch", reason="Restored the backup of the 23rd")
    first = Checkpoint.objects.get(epoch=2, size=1)
    assert capsys.readouterr().out == (f"Epoch 2 is open: {first.origin}. 1 entries that waited got their place.\n")
    assert first.origin.partition("/ledger/")[2].startswith("2-")
    event = json.loads(LedgerPosition.objects.get(epoch=2, index=0).entry.body)["data"]
    assert (event["found"], event["known"], event["reason"]) == (found, last.note, "Restored the backup of the 23rd")
    assert LedgerPosition.objects.get(epoch=2, index=1).entry == record.entry
    assert [check.findings for check in LedgerCheck.objects.order_by("pk")][-1] == []
    assert witness.read() == Checkpoint.objects.last().note
    assert sequence() == 0


def test_an_epoch_whose_opening_was_cut_short_before_the_file_goes_on(settings):
    set_back(settings)
    found = witness.read()
    actions.open_epoch(at=AT, reason="Restored")
    witness.write(found)
    append()
    assert sequence() == 1
    assert witness.read() == Checkpoint.objects.last().note


def test_an_epoch_is_not_opened_for_nothing():
    append()
    sequence()
    with pytest.raises(CommandError, match="goes on well"):
        call_command("open_ledger_epoch", reason="Why not")
    with pytest.raises(CommandError, match="say what happened"):
        call_command("open_ledger_epoch", reason=" ")


def test_a_fork_is_noticed():
    append(2)
    sequence()
    last = Checkpoint.objects.last()
    head = notes.Checkpoint(last.origin, 3, uuid.uuid4().bytes * 2)
    witness.write(notes.sign(notes.text(head), head.origin, keys.current()))
    assert refusal().code == "forked"


def test_an_emptied_database_is_noticed():
    head = notes.Checkpoint("elsewhere.example/ledger/4-5f0c91ab", 845, bytes(32))
    with witness.held(wait=True):
        witness.write(notes.sign(notes.text(head), head.origin, keys.make()))
    assert refusal().facts == {"origin": head.origin, "signed": 845, "known": 0}
    assert actions.open_epoch(at=AT, reason="A new database").epoch == 5


def test_a_live_company_makes_its_key_by_a_command(settings, capsys):
    settings.DEMO = False
    append()
    assert refusal().code == "no_key"
    call_command("make_ledger_key")
    assert keys.public(keys.current()) in capsys.readouterr().out
    assert sequence() == 1
    with pytest.raises(CommandError, match="There is a key already"):
        call_command("make_ledger_key")


def test_a_key_changes_by_one_command(capsys):
    append()
    sequence()
    old = keys.current()
    append()
    call_command("rotate_ledger_key", reason="Yearly")
    new = keys.current()
    assert keys.public(new) != keys.public(old)
    last = Checkpoint.objects.last()
    assert capsys.readouterr().out == f"From entry 4 on the ledger is signed with {keys.public(new)}.\n"
    assert all(notes.signed_by(last.note, last.origin, key.public_key().public_bytes_raw()) for key in (old, new))
    event = json.loads(LedgerPosition.objects.last().entry.body)["data"]
    assert event == {"event": "key_rotated", "epoch": 1, "public_key": keys.public(new), "reason": "Yearly"}
    append()
    assert sequence() == 1
    last = Checkpoint.objects.last()
    assert not notes.signed_by(last.note, last.origin, old.public_key().public_bytes_raw())
    assert notes.signed_by(last.note, last.origin, new.public_key().public_bytes_raw())


def test_a_rotation_killed_between_the_commit_and_the_files_is_finished(settings):
    append()
    sequence()
    old, file = settings.LEDGER_KEY.read_bytes(), witness.read()
    actions.rotate_key(at=AT, reason="Yearly")
    new = keys.public(keys.current())
    settings.LEDGER_KEY.rename(settings.LEDGER_KEY.with_name("ledger_key.next"))
    settings.LEDGER_KEY.write_bytes(old)
    witness.write(file)
    append()
    assert sequence() == 1
    assert (keys.public(keys.current()), Checkpoint.objects.last().public_key) == (new, new)
    assert [path.name for path in settings.LEDGER_KEY.parent.iterdir()] == ["ledger_key"]


def test_a_rotation_killed_before_the_commit_never_was():
    append()
    sequence()
    old = keys.public(keys.current())
    abandoned = keys.public(keys.make_next())
    append()
    assert sequence() == 1
    assert keys.public(keys.current()) == old
    actions.rotate_key(at=AT, reason="Yearly")
    assert keys.public(keys.current()) not in (old, abandoned)


def test_another_key_or_a_broken_one_signs_nothing(settings):
    append()
    sequence()
    wanted = Checkpoint.objects.last().public_key
    settings.LEDGER_KEY.unlink()
    append()
    assert refusal().code == "no_key"
    keys.make()
    finding = refusal()
    assert (finding.code, finding.facts) == ("other_key", {"found": keys.public(keys.current()), "wanted": wanted})
    settings.LEDGER_KEY.write_text("something else")
    assert refusal().code == "key_unusable"
    settings.LEDGER_KEY.unlink()
    keys.make()
    assert actions.open_epoch(at=AT, reason="The key is lost").public_key == keys.public(keys.current())
    assert sequence() == 1


def test_an_import_of_people_has_an_entry():
    records.record_import(sha256="ab" * 32, source="Payroll", people=3, at=AT)
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.record) == ("import", None)
    assert json.loads(entry.body)["data"] == {"sha256": "ab" * 32, "source": "Payroll", "people": 3}


def test_a_correction_has_an_entry_of_its_kind():
    record = factory.record()
    correction = factory.record(who=record.person, corrects=record, reason="Wrong date")
    assert [record.entry.kind, correction.entry.kind] == ["record", "correction"]
