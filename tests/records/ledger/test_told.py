"""Sessions, their sheets and packs that somebody edits with SQL: the verification says which, and what differs."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from learning.people.models import Person
from learning.records.erasing import actions as erasing
from learning.records.ledger.actions import sequence
from learning.records.ledger.verification import verify
from learning.records.models import (
    Attendance,
    EvidencePack,
    LedgerEntry,
    SessionFile,
    TrainingRecord,
    TrainingSession,
    WaitingEntry,
)
from learning.records.sessions import closing

from .. import factory
from ..pack.making import issue
from ..sessions import factory as sessions
from ..sessions.factory import AT, minutes
from . import spoiling

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(settings, tmp_path):
    """A closed talk with its sheet, one that was called off, and a pack."""
    settings.MEDIA_ROOT = tmp_path
    boss = sessions.boss()
    crew = [sessions.crew(f"70{number}", boss) for number in range(2)]
    held, off = sessions.session(crew), sessions.session(crew[:1])
    sessions.sheet(held)
    sessions.actions.account_by_sheet(session=held, people=[who.uuid for who in crew], at=AT)
    closing.close_session(session=held, by=boss, at=AT)
    closing.cancel_session(session=off, reason="Fog", by=boss, at=AT)
    issue(at=AT + minutes(1))
    spoiling.take_guards_off()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for model in (SessionFile, EvidencePack):
                cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
    return held


def found():
    return [str(finding) for finding in verify(at=AT)[1]]


EDITS = {
    "title": (TrainingSession, {"title": "Seals"}, "says: title."),
    "moment": (TrainingSession, {"happened_at": AT - minutes(90)}, "says: happened_at."),
    "minutes": (TrainingSession, {"minutes": 600}, "says: minutes."),
    "criteria": (TrainingSession, {"criteria": ["6.1"]}, "says: criteria."),
    "open again": (TrainingSession, {"closed_at": None, "closed_by": None}, "says: closed_at, closed_by."),
    "another signature": (Attendance, {"attested": "kiosk"}, "says: attendances."),
    "without its record": (Attendance, {"record": None}, "says: attendances."),
    "another picture": (SessionFile, {"content": b"x"}, "no longer has its hash."),
    "another hash": (SessionFile, {"sha256": "0" * 64}, "says: files."),
    "another kind": (SessionFile, {"kind": "material"}, "says: files."),
    "fewer rows": (EvidencePack, {"rows": 1}, "says: rows."),
    "another scope": (EvidencePack, {"scope": {"kind": "area", "value": 6}}, "says: scope."),
    "to another office": (EvidencePack, {"to_whom": "Nobody"}, "says: to_whom."),
    "for another reason": (EvidencePack, {"why": "None"}, "says: why."),
    "another title": (EvidencePack, {"title": "All"}, "says: title."),
    "another hash of the pack": (EvidencePack, {"sha256": "0" * 64}, "says: sha256."),
    "without its salt": (EvidencePack, {"salt": ""}, "says: to_whom, why."),
    "another instructor": (TrainingSession, {"instructor_name": "Eve"}, ", which came from it."),
}


def test_nothing_is_wrong_to_begin_with(talk):
    assert found() == []


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_found_and_named(talk, edit):
    model, values, words = EDITS[edit]
    which = {TrainingSession: {"pk": talk.pk}, Attendance: {"session": talk}}.get(model, {})
    row = model._base_manager.filter(**which).order_by("pk").first()
    _write(model, row.pk, values)
    assert [sentence for sentence in found() if sentence.endswith(words)] != []


def _write(model, pk, values):
    fields = [model._meta.get_field(name) for name in values]
    says = [field.get_db_prep_save(value, connection) for field, value in zip(fields, values.values(), strict=True)]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s", [*says, pk])


def test_what_is_taken_out_or_put_in_is_found(talk):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_sessionfile")
    assert [sentence.endswith("says: files.") for sentence in found()] == [True]
    luis = factory.hire("luis")
    with transaction.atomic():
        Attendance.objects.create(session=talk, person=luis, recorded_at=AT)
    assert [sentence.endswith("says: attendances, files.") for sentence in found()] == [True]


def test_a_pack_that_is_taken_out_or_put_in_is_found(talk):
    pack = EvidencePack.objects.get()
    second = LedgerEntry.objects.get(kind="pack_kept")
    spoiling.take_out(pack)
    assert found() == [f"Pack {pack.uuid} of entry {second.uuid} (…) was taken out."]
    other = issue(at=AT + minutes(2))
    second = LedgerEntry.objects.filter(kind="pack_kept").last()
    spoiling.take_out(WaitingEntry.objects.get(entry=second))
    spoiling.take_out(second)
    assert f"Pack {other.uuid} has no entry in the ledger that says that it was kept." in found()


def test_the_file_of_a_pack_is_held_against_its_hash(talk):
    pack = EvidencePack.objects.get()
    path = Path(default_storage.path(pack.file))
    path.write_bytes(path.read_bytes() + b"more")
    assert found() == [f"The file of pack {pack.uuid} ({pack.file}) no longer has its hash."]
    path.unlink()
    (said,) = found()
    assert said.startswith(f"The file of pack {pack.uuid} ({pack.file}) is missing, and no erasure says so.")


def test_a_pack_of_before_there_was_a_second_entry_is_right_as_it_is(talk):
    second = LedgerEntry.objects.get(kind="pack_kept")
    spoiling.take_out(WaitingEntry.objects.get(entry=second))
    spoiling.take_out(second)
    _write(EvidencePack, EvidencePack.objects.get().pk, {"salt": ""})
    assert found() == []


def test_a_session_that_nobody_closed_has_no_entry(talk):
    other = sessions.session([Person.objects.get(number="700")])
    _write(TrainingSession, other.pk, {"closed_at": AT, "closed_by": other.recorder_id})
    assert found() == [f"Session {other.uuid} is closed and has no entry in the ledger."]


def test_a_sheet_that_a_lawful_erasure_took_is_missed_by_nobody(talk):
    who = Person.objects.get(number="700")
    who.employments.update(ends_on=factory.TODAY - factory.days(3))
    bosses = [factory.person(f"admin{number}", is_superuser=True) for number in range(2)]
    about = {"reason": "Request", "at": AT + minutes(9), "despite_retention": True}
    asked = erasing.request_erasure(person=who, by=bosses[0], **about)
    erasing.approve(request=asked, by=bosses[1], at=AT + minutes(10), despite_retention=True)
    sequence(at=AT + minutes(10))
    assert SessionFile.objects.count() == 0
    # Nor is the file of the pack, which goes after the commit.
    pack = EvidencePack.objects.get()
    default_storage.delete(pack.file)
    assert found() == []


def test_a_value_that_is_none_at_all_is_found_and_breaks_nothing(talk):
    record = TrainingRecord.objects.order_by("pk").first()
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses it.")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_trainingrecord SET person_uuid = 'nobody' WHERE id = %s", [record.pk])
    entry = record.entry.uuid
    assert found() == [f"Entry {entry}, or what belongs to it, holds values that cannot be read."]
