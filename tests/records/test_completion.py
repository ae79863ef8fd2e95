"""A completion becomes a record that stands alone, with its ledger entry, or does not happen."""

import datetime
import hashlib
import json
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from courses import actions as courses
from courses.models import Enrolment
from learning.people.models import Company, Facility, Position
from learning.records.actions import record_completion
from learning.records.models import LedgerEntry, RecordSubject, TrainingRecord
from learning.records.signals import record_written
from quizzes.actions import submit_attempt
from quizzes.models import Attempt
from tests.courses import factory as made
from tests.people import factory as people
from tests.quizzes import factory as quizzes

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db

CAUSE = {"assignment": "7f1c7d0e-0000-4000-8000-000000000001", "requirement_version": 3}
# What the record and its entry say in the same words.
SAYS = {
    "position": "Dock hand",
    "sensitive": True,
    "facility": "Otay Mesa yard",
    "facility_zone": "America/Denver",
    "employer": "Corvina Freight",
    "employment_kind": "employee",
    "company": "Corvina Freight",
    "course": "Seal security (en)",
    "edition_number": 1,
    "area": 6,
    "areas": ",5,6,",
    "topics": ["seal custody", "view, verify, tug, twist and turn"],
    "criteria": ["6.1", "6.7", "5.4"],
    "blanks": [],
    "language": "en",
    # 3 minutes on the lesson; 8 from opening the quiz to passing it.
    "minutes_active": 11,
    "minutes_nominal": 12,
    "place": "",
    "instructor": "",
    "observer": "",
    "pass_mark": 75,
    "attempts": 2,
    "method": "online",
    "check_kind": "quiz",
    "source": "server_graded",
    "attribution": "password",
    "recorder_uuid": None,
    "cause": CAUSE,
    "retention_class": "training",
    "withdraws": False,
    "reason": "",
}


def completed(**fields):
    who = factory.hire("307114", email="daniel@corvina.example", **fields)
    released = factory.edition()
    enrolment = factory.enrol(who, released, at=AT - minutes(30), cause=CAUSE)
    factory.finish(enrolment, at=AT - minutes(11), answers=(2, 3))
    return who, released, enrolment


def test_a_record_states_everything_itself():
    who, released, enrolment = completed()
    record = TrainingRecord.objects.get()
    passed = Attempt.objects.get(passed=True)

    stated = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    for name in ("id", "uuid", "code", "commitment"):
        del stated[name]
    assert stated == SAYS | {
        "person_id": who.pk,
        "person_uuid": who.uuid,
        "position_uuids": [str(factory.position().uuid)],
        "facility_uuid": factory.facility().uuid,
        "company_uuid": factory.company().uuid,
        "course_key": released.course_key,
        "edition_id": released.pk,
        "edition_hash": released.hash,
        "began_at": AT - minutes(30),
        "completed_at": AT,
        "recorded_at": AT,
        "expires_on": datetime.date(2027, 11, 24),
        "score": Decimal("75.00"),
        "question_versions": [row["version"] for row in passed.drawn],
        "sign_in_origin": None,
        "recorder_id": None,
        "corrects_id": None,
    }
    assert len(record.code) == 24
    assert set(record.code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_a_record_keeps_what_changes_afterwards():
    who, _, _ = completed()
    Position.objects.update(title="Loader", sensitive=False)
    Facility.objects.update(name="Tijuana yard")
    Company.objects.update(name="Other")
    who.first_name = "Dan"
    who.save()
    record = TrainingRecord.objects.get()
    assert (record.position, record.sensitive, record.facility, record.company) == (
        "Dock hand",
        True,
        "Otay Mesa yard",
        "Corvina Freight",
    )
    assert (record.name, record.number) == ("Daniel Olmos", "307114")


def test_the_personal_values_stand_apart_behind_a_salted_commitment():
    completed()
    record = TrainingRecord.objects.get()
    subject = RecordSubject.objects.get()
    assert (subject.record, subject.number, subject.first_name, subject.last_name, subject.email) == (
        record,
        "307114",
        "Daniel",
        "Olmos",
        "daniel@corvina.example",
    )
    assert len(bytes.fromhex(subject.salt)) == 32
    text = (
        f'{{"email":"daniel@corvina.example","first_name":"Daniel","last_name":"Olmos","number":"307114",'
        f'"salt":"{subject.salt}"}}'
    )
    assert record.commitment == hashlib.sha256(text.encode()).hexdigest()


def test_the_ledger_entry_says_what_the_record_says():
    who, released, _ = completed()
    record, entry = TrainingRecord.objects.get(), LedgerEntry.objects.get()
    assert (entry.record, entry.kind, entry.schema_version, entry.recorded_at) == (record, "record", 1, AT)
    said = json.loads(entry.body)
    assert said == {
        "schema": 1,
        "entry": str(entry.uuid),
        "kind": "record",
        "recorded_at": "2026-11-24T19:00:00.000000Z",
        "data": SAYS
        | {
            "uuid": str(record.uuid),
            "code": record.code,
            "person_uuid": str(who.uuid),
            "commitment": record.commitment,
            "position_uuids": [str(factory.position().uuid)],
            "facility_uuid": str(factory.facility().uuid),
            "company_uuid": str(factory.company().uuid),
            "course_key": str(released.course_key),
            "edition_uuid": str(released.uuid),
            "edition_hash": released.hash,
            "began_at": "2026-11-24T18:30:00.000000Z",
            "completed_at": "2026-11-24T19:00:00.000000Z",
            "recorded_at": "2026-11-24T19:00:00.000000Z",
            "expires_on": "2027-11-24",
            "score": "75.00",
            "question_versions": record.question_versions,
            "corrects_uuid": None,
        },
    }
    # Canonical: sorted names, no spaces, as bytes of UTF-8; the leaf is the hash over a zero byte and these.
    assert entry.body == json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert entry.leaf == hashlib.sha256(b"\x00" + entry.body.encode()).hexdigest()


def test_the_ledger_entry_holds_no_personal_value():
    completed(first_name="Maximiliano", last_name="Quetzalcoatl")
    body = LedgerEntry.objects.get().body
    for value in ("307114", "Maximiliano", "Quetzalcoatl", "daniel@corvina.example"):
        assert value not in body
    assert RecordSubject.objects.get().salt not in body


def test_every_field_of_a_record_is_in_its_entry():
    completed()
    said = set(json.loads(LedgerEntry.objects.get().body)["data"])
    fields = {field.name for field in TrainingRecord._meta.concrete_fields}
    # Keys of rows, which the entry names by uuid instead; and what came later and says nothing here.
    assert fields - said == {"id", "person", "recorder", "edition", "corrects", "sign_in_origin"}
    assert said - fields == {"edition_uuid", "corrects_uuid"}


def test_positions_are_those_of_the_local_date_at_each_facility():
    tokyo = factory.facility("TYO", "Tokyo depot", "Asia/Tokyo")
    who = factory.person()
    factory.place(who, "Yesterday", until=datetime.date(2026, 11, 25))
    factory.place(who, "Gone", until=datetime.date(2026, 11, 24))
    factory.place(who, "Office", on=datetime.date(2026, 2, 1), sensitive=False)
    factory.place(who, "Guard", on=datetime.date(2026, 11, 25), at=tokyo)
    factory.place(who, "Tomorrow", on=datetime.date(2026, 11, 25))
    # 20:30 on the 24th in Denver, 12:30 on the 25th in Tokyo.
    record = factory.record(who, completed_at=AT + minutes(510))
    assert record.position == "Yesterday; Office; Guard"
    assert record.position_uuids == [str(factory.position(title).uuid) for title in ("Yesterday", "Office", "Guard")]
    assert (record.facility, record.facility_zone, record.sensitive) == ("Tokyo depot", "Asia/Tokyo", True)
    assert record.expires_on == datetime.date(2027, 11, 25)


def test_the_employer_is_that_of_the_day():
    who = factory.person()
    factory.place(who)
    factory.employ(who, until=datetime.date(2026, 6, 1))
    factory.employ(who, on=datetime.date(2026, 6, 1), employer="Staffing, Inc.", kind="temporary")
    before = factory.record(who, completed_at=factory.local(datetime.date(2026, 5, 31)), recorded_at=AT)
    after = factory.record(who, completed_at=factory.local(datetime.date(2026, 6, 1)), recorded_at=AT)
    assert (before.employer, before.employment_kind) == ("Corvina Freight", "employee")
    assert (after.employer, after.employment_kind) == ("Staffing, Inc.", "temporary")


def test_a_person_without_position_or_employment_gets_a_record_too():
    factory.company()
    record = factory.record(factory.person())
    assert (record.position, record.position_uuids, record.sensitive) == ("", [], False)
    assert (record.facility, record.facility_uuid, record.employer, record.employment_kind) == ("", None, "", "")
    assert (record.company, record.company_uuid) == ("", None)
    # The day is that of the company.
    assert record.facility_zone == "America/Denver"


def test_a_course_without_a_quiz_is_completed_by_its_lessons():
    enrolment = factory.enrol(factory.hire(), factory.edition(quiz=False))
    factory.finish(enrolment)
    record = TrainingRecord.objects.get()
    assert (record.check_kind, record.score, record.pass_mark, record.attempts, record.question_versions) == (
        "none",
        None,
        None,
        None,
        [],
    )


def test_a_skill_that_was_watched_is_recorded_when_it_is_signed_with_who_watched():
    who, boss = factory.hire(), people.person("boss", first_name="Bo", last_name="Cruz")
    page = made.course("By hand", quiz=False)
    made.quiz_step(page, quizzes.skill_quiz())
    run = made.start(who, made.release(page), AT)
    made.read_lessons(run, AT)
    attempt = submit_attempt(attempt=made.begin_quiz(run, AT), at=AT, attribution="password")
    assert not TrainingRecord.objects.exists()
    quizzes.mark_fully(attempt, at=AT, by=boss)
    record = TrainingRecord.objects.get()
    assert (record.check_kind, record.observer, record.score, record.completed_at) == ("observed", "Bo Cruz", 100, AT)


def test_the_language_is_the_one_that_was_shown():
    """The course is in English only: a record that said Spanish would be false."""
    enrolment = factory.enrol(factory.hire(), factory.edition(quiz=False), language="es")
    factory.finish(enrolment)
    record = TrainingRecord.objects.get()
    assert (record.language, record.course) == ("en", "Seal security (en)")

    enrolment = factory.enrol(factory.hire(), factory.edition(quiz=False, languages=("en", "es")), language="es")
    factory.finish(enrolment)
    record = TrainingRecord.objects.order_by("pk").last()
    assert (record.language, record.course) == ("es", "Seal security (es)")
    assert record.topics == ["seal custody (es)", "view, verify, tug, twist and turn (es)"]


def test_attempts_of_an_earlier_run_do_not_count():
    who, released = factory.hire(), factory.edition()
    first = factory.enrol(who, released)
    factory.finish(first, answers=(0, 1, 2))
    second = courses.reopen(enrolment=first, by=factory.person(), at=AT)
    factory.finish(second, answers=(4,))
    record = TrainingRecord.objects.get()
    assert (record.attempts, record.score) == (1, Decimal("100.00"))


def test_a_renewal_is_another_record():
    who, released = factory.hire(), factory.edition(quiz=False)
    factory.finish(factory.enrol(who, released), at=AT)
    factory.finish(factory.enrol(who, released, at=AT + factory.days(300)), at=AT + factory.days(300))
    assert TrainingRecord.objects.count() == LedgerEntry.objects.count() == 2


def test_the_news_of_a_record_is_told_inside_its_transaction():
    told = []

    def hear(sender, record, **kwargs):
        told.append((record, LedgerEntry.objects.filter(record=record).count(), connection.in_atomic_block))

    record_written.connect(hear)
    try:
        record = factory.record()
    finally:
        record_written.disconnect(hear)
    assert told == [(record, 1, True)]


REFUSE_INSERT = {
    "sqlite": "CREATE TRIGGER full_disk BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    "postgresql": "CREATE TRIGGER full_disk BEFORE INSERT ON {table} EXECUTE FUNCTION gatehouse_refuse()",
}


@pytest.mark.parametrize("table", ["records_trainingrecord", "records_recordsubject", "records_ledgerentry"])
def test_without_its_evidence_a_completion_does_not_happen(table):
    enrolment = factory.enrol(factory.hire(), factory.edition())
    with connection.cursor() as cursor:
        cursor.execute(REFUSE_INSERT[connection.vendor].format(table=table))

    with pytest.raises(DatabaseError), transaction.atomic():
        factory.finish(enrolment)
    assert Enrolment.objects.get().completed_at is None
    assert Attempt.objects.filter(state=Attempt.State.GRADED).count() == 0
    assert TrainingRecord.objects.count() == RecordSubject.objects.count() == LedgerEntry.objects.count() == 0


def test_a_completion_by_nobody_known_how_is_refused_as_a_whole():
    enrolment = factory.enrol(factory.hire(), factory.edition(quiz=False))
    with pytest.raises(DatabaseError, match="records_attribution_known"), transaction.atomic():
        factory.finish(enrolment, attribution="somehow")
    assert Enrolment.objects.get().completed_at is None
    assert enrolment.progress.filter(completed_at__isnull=False).count() == 0
    assert TrainingRecord.objects.count() == 0


def test_queries_of_a_completion_do_not_grow(django_assert_max_num_queries):
    def count():
        who, released = factory.hire(), factory.edition()
        enrolment = factory.enrol(who, released)
        factory.finish(enrolment, answers=(3,))
        other = factory.enrol(factory.hire(), released)
        at = factory.finish(other, answers=())
        with django_assert_max_num_queries(30) as captured:
            record_completion(enrolment=enrolment, at=at, attribution="password")
        return len(captured)

    assert count() == count()
