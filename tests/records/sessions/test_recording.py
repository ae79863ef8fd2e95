"""A talk already given is recorded in one form: when it happened, who was there, the sheet."""

import datetime
import re
import uuid

import pytest
import time_machine

from learning.records.models import Attendance, SessionFile, TrainingRecord, TrainingSession
from tests.queries import queries

from .. import factory as records
from . import factory
from .factory import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def marta(client):
    who = factory.boss()
    client.force_login(who)
    return who


def said(people=(), **changes):
    """What a phone posts of the form."""
    return {
        "token": str(uuid.uuid4()),
        "kind": "toolbox_talk",
        "course": "",
        "topic": "Ladders",
        "criteria": "",
        "day": "2026-11-24",
        "time": "11:15",
        "minutes": "20",
        "facility": records.facility().pk,
        "language": "en",
        "given_by": "Marta Reyes",
        "check_kind": "none",
        "no_check_reason": "A reminder before the shift",
        "people": [str(person.uuid) for person in people],
    } | changes


def test_the_form_begins_with_what_is_known(client, marta):
    factory.crew("1", marta)
    form = client.get("/team/sessions/given/").context["form"]
    assert (form.initial["day"], form.initial["time"]) == (datetime.date(2026, 11, 24), datetime.time(11, 45))
    assert (form.initial["facility"], form.initial["given_by"]) == (records.facility(), "Marta Reyes")
    assert [str(person) for _key, person in form.fields["people"].choices] == ["Daniel Olmos · 1"]


def test_a_talk_with_its_sheet_is_there_and_can_be_closed_at_once(client, marta):
    ana, luis = factory.crew("1", marta, "Ana"), factory.crew("2", marta, "Luis")
    factory.crew("3", marta, "Rosa")
    answer = client.post("/team/sessions/given/", said([ana, luis], sheet=factory.photo()))
    session = TrainingSession.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/team/sessions/{session.uuid}/")
    assert (session.title, session.topics, session.course_key, session.edition) == (
        "Ladders",
        ["Ladders"],
        session.uuid,
        None,
    )
    assert (session.happened_at, session.recorded_at, session.minutes) == (AT - factory.minutes(45), AT, 20)
    assert (session.instructor, session.instructor_name, session.recorder) == (marta, "Marta Reyes", marta)
    assert list(session.attendances.values_list("person__number", "present", "attested", "attribution")) == [
        ("1", True, "sheet", "paper"),
        ("2", True, "sheet", "paper"),
    ]
    assert client.get(answer["Location"]).context["obstacles"] == []


def test_without_the_sheet_they_are_present_and_not_accounted_for(client, marta):
    ana = factory.crew("1", marta, "Ana")
    answer = client.post("/team/sessions/given/", said([ana]))
    assert client.get(answer["Location"]).context["obstacles"] == [
        "Ana Olmos was marked present and is not accounted for: a signature, a check-in or the sheet is missing."
    ]


def test_the_form_sent_twice_records_one_session(client, marta):
    form = said([factory.crew("1", marta)])
    first, second = (client.post("/team/sessions/given/", form | {"sheet": factory.photo()}) for _ in range(2))
    assert first["Location"] == second["Location"]
    counts = [model.objects.count() for model in (TrainingSession, Attendance, SessionFile)]
    assert counts == [1, 1, 1]


def test_a_course_brings_its_edition_criteria_and_pass_mark(client, marta):
    edition = records.edition()
    form = said(course=str(edition.course_key), topic="", check_kind="quiz", no_check_reason="")
    client.post("/team/sessions/given/", form)
    session = TrainingSession.objects.get()
    assert (session.edition, session.course_key, session.title) == (edition, edition.course_key, "Seal security (en)")
    assert (session.area, session.criteria, session.topics) == (6, records.CRITERIA, records.TOPICS)
    assert (session.check_kind, session.quiz_way, session.pass_mark) == ("quiz", "paper", 75)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"topic": ""}, "topic", "Choose the course, or write the topic."),
        ({"no_check_reason": " "}, "no_check_reason", "Say why there is no check."),
        ({"check_kind": ""}, "check_kind", "This field is required."),
        ({"time": "12:01"}, "time", "This has not happened yet. Plan it as a new session instead."),
        ({"day": "2016-11-24"}, "day", "This is more than a year away. Look at the year."),
        ({"criteria": "6.1, 77.7"}, "criteria", "No criterion has this number: 6.1, 77.7."),
        ({"given_by": "4711"}, "given_by", "None of your people has this staff number. Write the name."),
        ({"minutes": "0"}, "minutes", "Ensure this value is greater than or equal to 1."),
        ({"language": "xx"}, "language", None),
        ({"course": str(uuid.UUID(int=1))}, "course", None),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(client, marta, changes, field, words):
    answer = client.post("/team/sessions/given/", said(**changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    if words:
        assert answer.context["form"].errors[field] == [words]
    assert TrainingSession.objects.count() == 0


def test_somebody_of_the_crew_gave_it_and_keeps_it_too(client, marta):
    luis = factory.crew("2", marta, "Luis")
    client.post("/team/sessions/given/", said(given_by="2"))
    session = TrainingSession.objects.get()
    assert (session.instructor, session.instructor_name) == (luis, "Luis Olmos")
    client.force_login(luis)
    assert [row["session"] for row in client.get("/team/sessions/").context["rows"]] == [session]
    assert client.get("/team/sessions/given/").status_code == 404
    assert client.get(f"/team/sessions/{session.uuid}/people/").status_code == 404


def test_a_planned_session_has_expected_people_and_no_record(client, marta):
    ana = factory.crew("1", marta, "Ana")
    form = said([ana], day="2026-11-30", check_kind="observed", no_check_reason="")
    answer = client.post("/team/sessions/new/", form)
    page = client.get(answer["Location"])
    assert page.context["counts"] == {"expected": 1, "there": 0, "accounted": 0}
    assert page.context["obstacles"] == ["It has not begun yet."]
    assert TrainingRecord.objects.count() == 0


def test_people_of_others_are_not_put_on_a_roster(client, marta):
    stranger = factory.crew("9", factory.boss("boss-2", first_name="Bo"), "Zoe")
    session = factory.session(by=marta)
    client.post(f"/team/sessions/{session.uuid}/people/", {"person": [str(stranger.uuid), "nonsense"]})
    assert session.attendances.count() == 0
    ana = factory.crew("1", marta, "Ana", "Peña")
    found = client.get(f"/team/sessions/{session.uuid}/people/?q=pena").context["page"].object_list
    assert list(found) == [ana]
    client.post(f"/team/sessions/{session.uuid}/people/", {"person": [str(ana.uuid)]})
    assert [row.person for row in session.attendances.all()] == [ana]


def test_strangers_find_nothing_and_the_line_above_finds_everything(client, marta):
    session = factory.session([factory.crew("1", marta)])
    director = factory.boss("top", first_name="Dora")
    marta.employments.update(manager=director)
    client.force_login(director)
    assert client.get(f"/team/sessions/{session.uuid}/").context["session"] == session
    client.force_login(factory.boss("boss-2", first_name="Bo"))
    assert client.get(f"/team/sessions/{session.uuid}/").status_code == 404
    assert client.get("/team/sessions/").context["rows"] == []
    client.force_login(records.hire("5"))
    assert client.get("/team/sessions/").status_code == 404


def test_the_list_says_who_is_expected_until_it_begins(client, marta):
    ana, luis = factory.crew("1", marta, "Ana"), factory.crew("2", marta, "Luis")
    factory.session([ana, luis], title="Given")
    for people, title in [([ana], "For one"), ([ana, luis], "For two")]:
        factory.session(people, title=title, present=False, happened_at=AT + datetime.timedelta(days=7))
    response = client.get("/team/sessions/")
    rows, page = response.context["rows"], response.content.decode()
    said = dict(re.findall(r">([^<>]+)</a></h2>.*?</span>\s*<span>([^<]+)</span>", page, re.DOTALL))
    assert said == {"Given": "2 of 2 were there", "For one": "1 is expected", "For two": "2 are expected"}
    page_of = {row["session"].title: f"/team/sessions/{row['session'].uuid}/" for row in rows}
    assert "<p>2 of 2 were there, 0 accounted for.</p>" in client.get(page_of["Given"]).content.decode()
    assert "<p>2 are expected.</p>" in client.get(page_of["For two"]).content.decode()


def _cost(client, page):
    return [len(queries(lambda: client.get("/team/sessions/"))), len(queries(lambda: client.get(page)))]


def test_the_list_and_the_page_cost_the_same_for_many(client, marta):
    crew = [factory.crew(str(number), marta, last_name=f"L{number}") for number in range(20)]
    session = factory.session(crew[:1])
    client.get("/team/sessions/")
    page = f"/team/sessions/{session.uuid}/"
    few = _cost(client, page)
    for _number in range(9):
        factory.session(crew)
    session.attendances.bulk_create([Attendance(session=session, person=person, recorded_at=AT) for person in crew[1:]])
    many = _cost(client, page)
    assert few == many
    assert max(many) <= 15
