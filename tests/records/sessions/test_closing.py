"""Closing writes a record and a ledger entry for each person who was there: all of them, once, or none."""

import json

import pytest

from learning.assignments.models import Assignment
from learning.records.ledger.verification import verify
from learning.records.models import Attendance, LedgerEntry, TrainingRecord
from learning.records.sessions import actions, closing
from tests.assignments import factory as assignments

from .. import factory as records
from . import factory
from .factory import AT


@pytest.fixture
def marta(db):
    return factory.boss()


def close(session, by=None, at=AT):
    return closing.close_session(session=session, by=by or session.recorder, at=at)


def uuids(*people):
    return [str(person.uuid) for person in people]


def test_each_record_says_how_we_know_and_how_it_was_checked(marta):
    edition = records.edition()
    ana, luis, rosa = (factory.crew(str(number), marta, name) for number, name in enumerate(("Ana", "Luis", "Rosa")))
    session = factory.session([ana, luis, rosa], edition=edition, **factory.quiz())
    factory.sheet(session)
    actions.account_by_sheet(session=session, people=uuids(ana, rosa), at=AT)
    actions.type_name(session=session, person=luis, typed_name="Luis Olmos", at=AT)
    actions.give_scores(session=session, scores=dict(zip(uuids(ana, luis, rosa), (90, 75, 74), strict=True)))
    assert close(session) == 3
    rows = TrainingRecord.objects.order_by("pk").values_list(
        "person__number", "check_kind", "score", "pass_mark", "attribution", "expires_on"
    )
    year = records.TODAY.replace(year=2027)
    assert list(rows) == [
        ("0", "quiz", 90, 75, "paper", year),
        ("1", "quiz", 75, 75, "supervisor", year),
        ("2", "none", None, None, "paper", None),
    ]
    record = TrainingRecord.objects.first()
    assert (record.method, record.source, record.instructor) == ("toolbox_talk", "instructor_attested", "Marta Reyes")
    assert (record.began_at, record.completed_at, record.recorded_at) == (
        AT - factory.minutes(45),
        AT - factory.minutes(30),
        AT,
    )
    assert (record.edition, record.course_key, record.place) == (edition, edition.course_key, "Otay Mesa yard")
    assert (record.recorder, record.cause) == (marta, {"session": str(session.uuid)})


def test_the_ledger_holds_the_session_without_names(marta):
    ana = factory.crew("1", marta, "Ana")
    session = factory.session([ana])
    sheet = factory.sheet(session)
    actions.account_by_sheet(session=session, people=uuids(ana), at=AT)
    close(session)
    entry = LedgerEntry.objects.get(kind=LedgerEntry.Kind.SESSION)
    data = json.loads(entry.body)["data"]
    assert data["files"] == [
        {"uuid": str(sheet.uuid), "kind": "sheet", "sha256": sheet.sha256, "sent_sha256": sheet.sent_sha256}
    ]
    (attendance,) = data["attendances"]
    assert (attendance["person"], attendance["attested"], attendance["record"]) == (
        str(ana.uuid),
        "sheet",
        str(TrainingRecord.objects.get().uuid),
    )
    assert "Ana" not in entry.body
    assert "Reyes" not in entry.body
    assert (data["instructor"], data["closed_by"]) == (str(marta.uuid), str(marta.uuid))
    assert verify(at=AT)[1] == []


def test_who_is_not_accounted_for_is_named_and_nothing_is_written(marta):
    ana, luis, rosa = (factory.crew(str(number), marta, name) for number, name in enumerate(("Ana", "Luis", "Rosa")))
    session = factory.session([ana, luis, rosa])
    actions.sign_for(session=session, people=uuids(ana), by=marta, at=AT)
    with pytest.raises(actions.NotDone, match="^Luis Olmos and Rosa Olmos were marked present and are not accounted"):
        close(session)
    session.refresh_from_db()
    assert session.is_open
    assert TrainingRecord.objects.count() == LedgerEntry.objects.count() == 0
    actions.say_absent(session=session, people=uuids(luis, rosa))
    assert close(session) == 1
    row = session.attendances.get(person=ana)
    assert (row.attested, row.signed_by, row.record.person) == ("signed_for", marta, ana)


@pytest.mark.parametrize(("present", "words"), [(False, "Nobody was marked present"), (True, "It has not begun yet")])
def test_neither_an_empty_session_nor_one_to_come_is_closed(marta, present, words):
    later = AT + factory.minutes(1)
    session = factory.session([factory.crew("1", marta)], present=present, happened_at=later if present else None)
    with pytest.raises(actions.NotDone, match=words):
        close(session)


def test_nobody_signs_for_themselves_and_the_first_way_stays(marta):
    ana = factory.crew("1", marta, "Ana")
    session = factory.session([ana, marta])
    assert actions.sign_for(session=session, people=uuids(marta, ana), by=marta, at=AT) == 1
    actions.type_name(session=session, person=ana, typed_name="Ana Olmos", at=AT)
    assert session.attendances.get(person=ana).attested == "signed_for"
    assert session.attendances.get(person=marta).attested == ""


def test_the_sheet_must_be_there_before_people_are_on_it(marta):
    ana = factory.crew("1", marta)
    session = factory.session([ana])
    with pytest.raises(actions.NotDone, match="Attach a photo of the signed sheet first"):
        actions.account_by_sheet(session=session, people=uuids(ana), at=AT)
    sheet = factory.sheet(session)
    actions.account_by_sheet(session=session, people=uuids(ana), at=AT)
    with pytest.raises(actions.NotDone, match="People are accounted for by this sheet"):
        actions.detach(session=session, uuid=sheet.uuid)


def test_closed_is_closed(marta):
    ana = factory.crew("1", marta)
    session = factory.session([ana])
    actions.sign_for(session=session, people=uuids(ana), by=marta, at=AT)
    assert (close(session), close(session)) == (1, 0)
    for deed, arguments in [
        (actions.add_people, {"people": [marta], "present": True, "at": AT}),
        (actions.say_absent, {"people": uuids(ana)}),
        (actions.give_scores, {"scores": {}}),
        (actions.sign_for, {"people": uuids(ana), "by": marta, "at": AT}),
    ]:
        with pytest.raises(actions.NotDone, match="closed"):
            deed(session=session, **arguments)
    assert TrainingRecord.objects.count() == 1


@pytest.mark.parametrize(("says", "satisfied"), [({}, False), ({"check_kind": "observed"}, True)])
def test_a_requirement_is_satisfied_by_a_check_and_not_by_presence(marta, says, satisfied):
    ana = factory.crew("1", marta)
    edition = records.edition()
    required = assignments.requirement(edition.course_key)
    owed = Assignment.objects.create(
        requirement=required,
        version=required.versions.get(),
        person=ana,
        course_key=edition.course_key,
        assigned_on=records.TODAY,
        due_on=records.TODAY,
        recorded_at=AT,
    )
    session = factory.session([ana], edition=edition, **says)
    actions.sign_for(session=session, people=uuids(ana), by=marta, at=AT)
    actions.see_skill(session=session, people=uuids(ana), by=marta, at=AT)
    close(session)
    record = TrainingRecord.objects.get()
    assert (record.check_kind, record.observer, record.presence_only) == (
        ("observed", "Marta Reyes", False) if satisfied else ("none", "", True)
    )
    assert record.cause["requirement"] == str(required.uuid)
    owed.refresh_from_db()
    assert owed.record == (record if satisfied else None)


def test_mere_presence_takes_the_place_of_no_record(marta):
    ana = factory.crew("1", marta)
    edition = records.edition()
    before = records.record(ana, completed_at=AT - records.days(3), course_key=edition.course_key)
    session = factory.session([ana], edition=edition)
    actions.sign_for(session=session, people=uuids(ana), by=marta, at=AT)
    close(session)
    statuses = TrainingRecord.objects.with_status(records.TODAY).order_by("pk").values_list("pk", "status")
    assert statuses[0] == (before.pk, "valid")


def test_its_certificate_claims_no_more_than_presence(client, marta):
    ana = factory.crew("1", marta)
    session = factory.session([ana])
    actions.sign_for(session=session, people=uuids(ana), by=marta, at=AT)
    close(session)
    client.force_login(ana)
    page = client.get(f"/records/{TrainingRecord.objects.get().uuid}/certificate/").content.decode()
    assert '>was present at <span lang="en">Ladders</span>' in page
    assert "completed <span" not in page


def test_attended_twice_in_one_breath_is_once(marta):
    ana = factory.crew("1", marta)
    session = factory.session([ana])
    actions.add_people(session=session, people=[ana], present=False, at=AT)
    assert list(session.attendances.values_list("person", "present")) == [(ana.pk, True)]
    assert Attendance.objects.count() == 1
