"""Whoever has the rights of the database's owner takes the guards off and changes rows.

Each deed spoils one thing by chance, and returns what a finding must say then: `(code, {fact: value})`.
"""

import datetime
import uuid

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, models

from learning.records import canonical
from learning.records.ledger import notes
from learning.records.ledger.merkle import Tree
from learning.records.models import (
    Checkpoint,
    LedgerEntry,
    LedgerPosition,
    RecordSubject,
    TrainingRecord,
    WaitingEntry,
)

EVIDENCE = (LedgerEntry, LedgerPosition, Checkpoint, TrainingRecord, RecordSubject)
FORGER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def take_guards_off():
    """And the foreign keys with them."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in (*EVIDENCE, WaitingEntry):
                cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER ALL")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def sql(statement, *arguments):
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)


def edit(row, **values):
    """Write other values into a row, past its model."""
    meta = row._meta
    fields = [meta.get_field(name) for name in values]
    changes = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    new = [field.get_db_prep_save(values[field.name], connection) for field in fields]
    sql(f"UPDATE {meta.db_table} SET {changes} WHERE {meta.pk.column} = %s", *new, row.pk)


def take_out(row):
    sql(f"DELETE FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s", row.pk)


def other(chance, row, name):
    """A value for that field that is not the one it has."""
    field, value = row._meta.get_field(name), getattr(row, name)
    if field.choices:
        return chance.choice([word for word, _label in field.choices if word != value])
    match field:
        case models.UUIDField():
            return uuid.UUID(int=chance.getrandbits(128))
        case models.BooleanField():
            return not value
        case models.DateTimeField():
            return value + datetime.timedelta(seconds=chance.randrange(1, 100)) if value else row.recorded_at
        case models.DateField():
            return (value or datetime.date(2026, 1, 1)) + datetime.timedelta(days=chance.randrange(1, 100))
        case models.JSONField():
            return {"other": chance.random()}
        case models.DecimalField() | models.IntegerField():
            return (value or 0) + chance.randrange(1, 5)
    text = value or ""
    at = chance.randrange(len(text) + 1)
    if len(text) == field.max_length:
        at = min(at, len(text) - 1)
        return text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]
    return text[:at] + "~" + text[at:]


def any_of(chance, model, **conditions):
    return chance.choice(list(model.objects.filter(**conditions).order_by("pk")))


def named(place):
    return {"entry": str(place.entry.uuid)}


def covering(place):
    """The number of the checkpoint that signs that place first."""
    heads = Checkpoint.objects.filter(epoch=place.epoch, size__gt=place.index)
    return {"number": heads.order_by("number").first().number}


# Edits


def edit_a_record(chance):
    record = any_of(chance, TrainingRecord)
    stated = canonical.stated_fields(TrainingRecord)
    # Without a correction's reason, or before it happened, not even the database's owner can record it.
    name = chance.choice([name for name in stated if name not in ("withdraws", "reason", "completed_at")])
    entry = record.entry
    edit(record, **{name: other(chance, record, name)})
    return "record_changed", {"entry": str(entry.uuid)}


def lead_a_record_elsewhere(chance):
    record = any_of(chance, TrainingRecord)
    person = any_of(chance, TrainingRecord, person__gt=0).person
    stranger = type(person).objects.exclude(pk=record.person_id).first()
    edit(record, person=stranger.pk)
    return "record_changed", {"record": str(record.uuid), "fields": "person"}


def edit_a_subject(chance):
    subject = any_of(chance, RecordSubject)
    name = chance.choice(["salt", "number", "first_name", "last_name", "email"])
    edit(subject, **{name: other(chance, subject, name)})
    return "subject_changed", {"record": str(subject.record.uuid)}


def edit_the_label_of_an_entry(chance):
    entry = any_of(chance, LedgerEntry)
    name = chance.choice(["kind", "schema_version", "recorded_at", "uuid"])
    edit(entry, **{name: other(chance, entry, name)})
    entry.refresh_from_db()
    return "entry_mislabelled", {"entry": str(entry.uuid)}


def edit_the_text_of_an_entry(chance):
    entry = any_of(chance, LedgerEntry)
    edit(entry, body=other(chance, entry, "body"))
    return "entry_changed", {"entry": str(entry.uuid)}


def edit_the_hash_of_an_entry(chance):
    entry = any_of(chance, LedgerEntry)
    edit(entry, leaf=other(chance, entry, "leaf"))
    return "entry_changed", {"entry": str(entry.uuid)}


def _with_its_hash(chance, place):
    body = other(chance, place.entry, "body")
    edit(place.entry, body=body, leaf=canonical.leaf(body))
    return canonical.leaf(body)


def edit_an_entry_with_its_hash(chance):
    place = any_of(chance, LedgerPosition)
    _with_its_hash(chance, place)
    return "entry_not_as_signed", named(place)


def edit_an_entry_and_its_place(chance):
    place = any_of(chance, LedgerPosition)
    edit(place, leaf=_with_its_hash(chance, place))
    return "root_differs", covering(place)


def edit_the_hash_of_a_place(chance):
    place = any_of(chance, LedgerPosition)
    edit(place, leaf=other(chance, place, "leaf"))
    return "entry_not_as_signed", named(place)


def edit_a_checkpoint(chance):
    head = any_of(chance, Checkpoint)
    names = ["root", "note", "public_key", "frontier", "follows", "signed_at", "origin"]
    name = chance.choice(names)
    value = other(chance, head, name)
    # Words after the signatures are not part of the signed text, but they are no note.
    edit(head, **{name: value})
    return ("checkpoint_changed", "checkpoint_not_signed"), {"number": head.number}


# Deletions


def take_out_a_record(chance):
    record = any_of(chance, TrainingRecord)
    entry = record.entry
    take_out(record)
    return "record_missing", {"entry": str(entry.uuid), "record": str(record.uuid)}


def take_out_a_subject(chance):
    subject = any_of(chance, RecordSubject)
    take_out(subject)
    return "subject_missing", {"record": str(subject.record.uuid)}


def take_out_an_entry(chance):
    place = any_of(chance, LedgerPosition)
    take_out(place.entry)
    return "entry_missing", {"where": str(place)}


def take_out_a_place(chance):
    place = any_of(chance, LedgerPosition)
    take_out(place)
    return "index_missing", {"epoch": place.epoch, "first": place.index, "last": place.index}


def take_out_all_of_a_record(chance):
    place = any_of(chance, LedgerPosition, entry__record__isnull=False)
    for row in (place.entry.record.subject, place.entry.record, place.entry, place):
        take_out(row)
    return "index_missing", {"epoch": place.epoch, "first": place.index, "last": place.index}


def take_out_a_checkpoint(chance):
    head = any_of(chance, Checkpoint)
    newest = Checkpoint.objects.order_by("-number").first()
    take_out(head)
    if head == newest:
        return "set_back", {"origin": head.origin, "signed": head.size}
    return "checkpoint_missing", {"first": head.number, "last": head.number}


def take_out_one_that_waits(chance):
    waiting = any_of(chance, WaitingEntry)
    take_out(waiting)
    return "entry_lost", {"entry": str(waiting.entry.uuid)}


# Swaps


def _two_places(chance):
    """Of one epoch, in random order."""
    places = list(LedgerPosition.objects.filter(epoch=1).order_by("index"))
    return chance.sample(places, 2)


def swap_the_entries_of_two_places(chance):
    one, two = _two_places(chance)
    edit(one, entry=0)
    edit(two, entry=one.entry_id)
    edit(one, entry=two.entry_id)
    return "entry_not_as_signed", named(chance.choice([one, two]))


def swap_two_places(chance):
    one, two = sorted(_two_places(chance), key=lambda place: place.index)
    edit(one, index=10_000)
    edit(two, index=one.index)
    edit(one, index=two.index)
    return "root_differs", covering(one)


def swap_two_texts(chance):
    one, two = (place.entry for place in _two_places(chance))
    edit(one, body=two.body)
    edit(two, body=one.body)
    return "entry_changed", {"entry": str(chance.choice([one, two]).uuid)}


def swap_two_subjects(chance):
    one, two = chance.sample(list(RecordSubject.objects.order_by("pk")), 2)
    edit(one, record=0)
    edit(two, record=one.record_id)
    edit(one, record=two.record_id)
    return "subject_changed", {"record": str(chance.choice([one, two]).record.uuid)}


# Truncations


def cut_off_the_end(chance):
    """All after some checkpoint, as if it had never been."""
    head = chance.choice(list(Checkpoint.objects.filter(epoch=2).order_by("number"))[:-1])
    for place in LedgerPosition.objects.filter(epoch=2, index__gte=head.size):
        for row in (place, place.entry, place.entry.record):
            if row:
                take_out(row)
    sql(f"DELETE FROM {Checkpoint._meta.db_table} WHERE number > %s", head.number)
    return "set_back", {"origin": head.origin, "known": head.size}


def cut_off_places_only(chance):
    place = any_of(chance, LedgerPosition, epoch=2)
    sql(f"DELETE FROM {LedgerPosition._meta.db_table} WHERE epoch = 2 AND {_quoted('index')} >= %s", place.index)
    return "index_missing", {"epoch": 2, "first": place.index}


def cut_off_checkpoints_only(chance):
    head = any_of(chance, Checkpoint, epoch=2)
    sql(f"DELETE FROM {Checkpoint._meta.db_table} WHERE number >= %s", head.number)
    before = Checkpoint.objects.filter(epoch=2).order_by("-size").first()
    return "unsigned", {"epoch": 2, "first": before.size if before else 0}


def cut_off_the_past(chance):
    """The whole first epoch."""
    for model in (LedgerPosition, Checkpoint):
        sql(f"DELETE FROM {model._meta.db_table} WHERE epoch = 1")
    return "checkpoint_missing", {"first": 1}


# Signatures of another key


def sign_again_with_another_key(chance):
    head = any_of(chance, Checkpoint)
    edit(head, note=notes.sign(notes.parse(head.note)[0], head.origin, FORGER))
    return "checkpoint_not_signed", {"number": head.number}


def write_another_history(chance):
    """An entry is changed, and all that follows from it made to fit and signed: by somebody without the key."""
    place = any_of(chance, LedgerPosition, epoch=2)
    edit(place, leaf=_with_its_hash(chance, place))
    places = LedgerPosition.objects.filter(epoch=2).order_by("index").values_list("leaf", flat=True)
    tree = Tree([bytes.fromhex(leaf) for leaf in places])
    heads = list(Checkpoint.objects.filter(epoch=2, size__gt=place.index).order_by("number"))
    public = FORGER.public_key().public_bytes_raw().hex()
    for head in heads:
        root = tree.root(head.size)
        said = notes.Checkpoint(head.origin, head.size, root, canonical.plain(head.signed_at))
        edit(head, root=root.hex(), note=notes.sign(notes.text(said), head.origin, FORGER), public_key=public)
    return "checkpoint_not_signed", {"number": chance.choice(heads).number}


def add_a_checkpoint(chance):
    head = Checkpoint.objects.order_by("-number").first()
    entry = WaitingEntry.objects.first().entry
    leaves = list(LedgerPosition.objects.filter(epoch=2).order_by("index").values_list("leaf", flat=True))
    tree = Tree([bytes.fromhex(leaf) for leaf in [*leaves, entry.leaf]])
    LedgerPosition.objects.create(epoch=2, index=head.size, entry=entry, leaf=entry.leaf)
    said = notes.Checkpoint(head.origin, head.size + 1, tree.root(), canonical.plain(head.signed_at))
    head.number, head.size, head.root, head._state.adding = head.number + 1, said.size, said.root.hex(), True
    head.note = notes.sign(notes.text(said), head.origin, FORGER)
    head.save()
    return "checkpoint_not_signed", {"number": head.number}


def _quoted(name):
    return connection.ops.quote_name(name)


DEEDS = [
    edit_a_record,
    lead_a_record_elsewhere,
    edit_a_subject,
    edit_the_label_of_an_entry,
    edit_the_text_of_an_entry,
    edit_the_hash_of_an_entry,
    edit_an_entry_with_its_hash,
    edit_an_entry_and_its_place,
    edit_the_hash_of_a_place,
    edit_a_checkpoint,
    take_out_a_record,
    take_out_a_subject,
    take_out_an_entry,
    take_out_a_place,
    take_out_all_of_a_record,
    take_out_a_checkpoint,
    take_out_one_that_waits,
    swap_the_entries_of_two_places,
    swap_two_places,
    swap_two_texts,
    swap_two_subjects,
    cut_off_the_end,
    cut_off_places_only,
    cut_off_checkpoints_only,
    cut_off_the_past,
    sign_again_with_another_key,
    write_another_history,
    add_a_checkpoint,
]
