"""The synthetic company: what is there, that it is the same each time, and that all of it is evidence."""

import datetime
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from courses.models import Enrolment
from learning.assignments.population import copying, making
from learning.people.models import Employment, Person, Position, PositionHeld
from learning.records import canonical
from learning.records.ledger.verification import verify
from learning.records.models import Checkpoint, LedgerEntry, LedgerPosition, RecordSubject, TrainingRecord, WaitingEntry
from tests.records import factory
from tests.records.ledger.conftest import files  # noqa: F401 (autouse)

# A year after the courses came, so that some completions are older than they are.
AT = factory.AT + datetime.timedelta(days=365)
PEOPLE = 60

pytestmark = pytest.mark.django_db


@pytest.fixture
def courses():
    return [factory.edition(f"Course {number}", area=number) for number in range(1, 13)]


def make(number=PEOPLE, seed=7):
    return making.make(number=number, seed=seed, at=AT)


def test_everybody_has_twelve_records_with_all_that_belongs_to_them(courses):
    assert make() is True
    assert Person.objects.count() == PEOPLE
    records = PEOPLE * 12
    assert TrainingRecord.objects.count() == RecordSubject.objects.count() == records
    # One more says that the log was opened.
    assert LedgerEntry.objects.count() == LedgerPosition.objects.count() == records + 1
    assert WaitingEntry.objects.count() == 0
    assert Checkpoint.objects.order_by("-number").first().size == records + 1
    online = TrainingRecord.objects.filter(source="server_graded")
    assert 0 < online.count() < records
    assert Enrolment.objects.completed().count() == online.filter(edition__isnull=False).count() == online.count()


def test_there_are_leavers_rehires_and_moves(courses):
    make()
    assert 0 < Employment.objects.filter(ends_on__isnull=True).count() < PEOPLE < Employment.objects.count()
    assert PositionHeld.objects.count() > PEOPLE
    assert Employment.objects.filter(manager__isnull=True).values("person").distinct().count() == 1


def test_all_of_it_verifies(courses):
    make()
    assert verify(at=AT)[1] == []


def test_entries_are_written_as_one_at_a_time_would_be(courses):
    make(5)
    for record in TrainingRecord.objects.for_ledger():
        entry = record.entry
        says = {"kind": "record", "entry": entry.uuid, "recorded_at": record.recorded_at}
        assert entry.body == canonical.body(data=canonical.record_data(record), **says)


def test_the_same_seed_makes_the_same_company():
    said = [_plan(seed) for seed in (7, 7, 8)]
    assert said[0] == said[1] != said[2]


def _plan(seed):
    """What `making` writes with that seed into a database that is empty before and after."""
    with transaction.atomic():
        point = transaction.savepoint()
        factory.edition("Seals", key="3f0d3c1e-0000-4000-8000-000000000001")
        making._write(20, seed, AT, lambda entries: None, lambda *told: None)
        rows = TrainingRecord.objects.order_by("code").values_list(
            "uuid", "code", "commitment", "completed_at", "score"
        )
        rows = list(rows)
        transaction.savepoint_rollback(point)
    return rows


def test_running_it_again_adds_nobody(courses):
    make()
    assert make(number=90) is False
    assert Person.objects.count() == PEOPLE


def test_rows_can_be_added_afterwards(courses):
    make(3)
    who = factory.hire("N1")
    assert who.pk > Person.objects.filter(number__startswith="S").order_by("-pk").first().pk


def test_it_is_refused_among_other_people_and_without_courses(courses):
    factory.person("1")
    with pytest.raises(CommandError, match="holds other people"):
        call_command("load_population", people=3)
    assert Person.objects.count() == 1 and not TrainingRecord.objects.exists()


def test_it_is_refused_without_courses():
    with pytest.raises(CommandError, match="courses are missing"):
        call_command("load_population", people=3)


def test_it_is_refused_in_a_live_company(courses, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="needs demo mode"):
        call_command("load_population", people=3)
    assert not Person.objects.exists()


@pytest.mark.parametrize("number", [0, 1_000_000])
def test_so_many_people_are_refused_in_words(number):
    with pytest.raises(CommandError, match=f"--people {number}: write a number"):
        call_command("load_population", people=number)


ODD = "tab\tand\nlines\r\n, \\ back \\N, “ñ” 😀"


def test_values_come_through_an_insertion_as_they_are():
    rows = [
        copying.empty(Position) | {"id": key, "uuid": str(uuid.UUID(int=key)), "title": title, "roles": roles}
        for key, title, roles in [(1, ODD, [ODD, None]), (2, "", []), (3, "Driver", ["drivers"])]
    ]
    copying.insertion(Position, rows)()
    read = Position.objects.order_by("pk").values_list("pk", "uuid", "title", "roles", "sensitive")
    assert list(read) == [
        (1, uuid.UUID(int=1), ODD, [ODD, None], False),
        (2, uuid.UUID(int=2), "", [], False),
        (3, uuid.UUID(int=3), "Driver", ["drivers"], False),
    ]


def test_nothing_is_null_and_an_empty_text_is_not():
    record = factory.record()
    row = copying.empty(RecordSubject) | {"id": 7_000, "record_id": record.pk, "salt": "ab", "number": "", "email": ""}
    RecordSubject.objects.filter(record=record).delete()
    copying.insertion(RecordSubject, [row])()
    assert RecordSubject.objects.values_list("salt", "number", "email").get(pk=7_000) == ("ab", "", "")
    held = copying.empty(Enrolment) | {
        "id": 7_000,
        "uuid": str(uuid.uuid4()),
        "person_id": record.person_id,
        "course_key": str(record.course_key),
        "edition_id": factory.edition().pk,
        "language": "en",
        "started_at": AT,
        "completed_at": None,
    }
    copying.insertion(Enrolment, [held])()
    assert Enrolment.objects.values_list("started_at", "completed_at").get(pk=7_000) == (AT, None)
