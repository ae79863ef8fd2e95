"""/team/: a supervisor's line, what each of its people owes, and nobody else's people."""

import uuid

import pytest
import time_machine
from django.contrib.auth.models import Group

from courses.models import Edition, Enrolment
from learning.assignments.models import Assignment
from learning.people.models import LeavePeriod, Position
from tests.queries import queries
from tests.quizzes import factory as quizzing
from tests.records import factory as records

from . import factory
from .factory import AT, TODAY, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def marta(client):
    who = factory.hire("boss", title="Yard supervisor", first_name="Marta")
    client.force_login(who)
    return who


def crew(number, boss, **fields):
    who = factory.hire(number, **({"last_name": f"L{number}"} | fields))
    who.employments.update(manager=boss)
    Position.objects.update(classified_at=AT)
    return who


def owe(who, due_on, title="Seal security"):
    key = Edition.objects.filter(outline__languages__en__title=title).values_list("course_key", flat=True).first()
    key = key or factory.course(title)
    required = factory.requirement(key, name=title)
    return Assignment.objects.create(
        requirement=required,
        version=required.versions.get(),
        person=who,
        course_key=key,
        assigned_on=TODAY,
        due_on=due_on,
        recorded_at=AT,
    )


def shown(response):
    return [
        (row["person"].number, row["standing"], row["words"], [course["title"] for course in row["courses"]])
        for row in response.context["rows"]
    ]


def test_who_needs_me_comes_first_and_everybody_is_a_tab_away(client, marta):
    late, due, clear, later = (crew(number, marta) for number in ("1", "2", "3", "4"))
    owe(late, TODAY - days(4))
    owe(late, TODAY - days(11), "Inspection")
    owe(late, TODAY + days(3), "Pests")
    owe(due, TODAY + days(7))
    owe(later, TODAY + days(31))
    page = client.get("/team/")
    assert shown(page) == [
        ("1", "late", "2 overdue", ["Inspection", "Seal security", "Pests"]),
        ("2", "due", "Due 1 Dec", ["Seal security"]),
    ]
    assert page.context["counts"] == {
        "all": 4,
        "needs": 2,
        "overdue": 1,
        "soon": 1,
        "clear": 2,
        "away": 0,
        "unclassified": 0,
        "skills": 0,
    }
    assert "Two need you, Marta" in page.content.decode()
    assert shown(client.get("/team/?show=all"))[2:] == [("3", "done", "Clear", []), ("4", "done", "Clear", [])]
    assert clear.assignments.count() == 0


def test_the_line_goes_down_and_ends_where_others_begin(client, marta):
    middle = crew("2", marta)
    crew("3", middle)
    stranger = factory.hire("9")
    gone = crew("8", marta)
    gone.employments.update(ends_on=TODAY)
    assert [row[0] for row in shown(client.get("/team/?show=all"))] == ["2", "3"]
    client.force_login(middle)
    assert [row[0] for row in shown(client.get("/team/?show=all"))] == ["3"]
    for who in (marta, stranger, gone):
        assert client.get(f"/team/{who.uuid}/").status_code == 404


def test_a_supervisor_limited_to_a_facility_sees_its_people_only(client, marta):
    here, there = crew("1", marta), crew("2", marta, code="GATE")
    marta.limited_to.add(factory.facility("GATE"))
    client.force_login(marta)
    assert [row[0] for row in shown(client.get("/team/?show=all"))] == ["2"]
    assert client.get(f"/team/{here.uuid}/").status_code == 404
    assert client.get(f"/team/{there.uuid}/").context["person"] == there


def test_nobody_else_has_a_team(client):
    dock = factory.hire("1")
    client.force_login(dock)
    assert client.get("/team/").status_code == 404
    assert client.get(f"/team/{dock.uuid}/").status_code == 404
    assert client.get(f"/team/{uuid.uuid4()}/").status_code == 404
    assert "/team/" not in client.get("/me/").content.decode()
    dock.groups.add(Group.objects.get(name="Supervisors"))
    client.force_login(dock)
    page = client.get("/team/").content.decode()
    assert "Nobody reports to you yet" in page
    assert 'href="/team/add/"' in page
    client.logout()
    assert client.get("/team/").headers["Location"].endswith("?next=/team/")


def test_the_way_to_the_crew_is_in_the_head_of_every_page(client, marta):
    crew("1", marta)
    assert '<a href="/team/">My crew</a>' in client.get("/me/").content.decode()


def test_a_crew_that_owes_nothing(client, marta):
    crew("1", marta)
    page = client.get("/team/")
    assert shown(page) == []
    assert "Nobody needs you. Your crew is clear." in page.content.decode()


def test_a_position_that_nobody_classified_is_a_gap_and_not_clear(client, marta):
    crew("1", marta, title="Jockey")
    Position.objects.filter(title="Jockey").update(classified_at=None)
    page = client.get("/team/?show=all")
    assert shown(page) == [("1", "excused", "Not classified", [])]
    assert (page.context["counts"]["unclassified"], page.context["counts"]["clear"]) == (1, 0)


def test_who_is_on_leave_and_who_waits_for_hr_is_said(client, marta):
    away = crew("1", marta, to_confirm=True)
    LeavePeriod.objects.create(person=away, starts_on=TODAY, ends_on=TODAY + days(3), recorded_at=AT)
    owe(away, TODAY)
    page = " ".join(client.get("/team/").content.decode().split())
    assert "On leave today. To be confirmed by HR." in page
    assert "1 person is on leave today." in page
    assert "On leave until 26 November 2026." in client.get(f"/team/{away.uuid}/").content.decode()


def test_the_page_of_one_person(client, marta):
    who = crew("1", marta, first_name="Luis", phone="555-0142")
    owed, done = owe(who, TODAY - days(4)), owe(who, TODAY + days(90), "Inspection")
    factory.record(who, done.course_key, AT - days(3), tell=False, expires_on=TODAY + days(362))
    factory.record(factory.hire("9"), done.course_key, AT, tell=False)
    page = client.get(f"/team/{who.uuid}/")
    assert [(row["course"]["title"], row["standing"]) for row in page.context["owed"]] == [
        ("Seal security", "late"),
        ("Inspection", "later"),
    ]
    assert [row["title"] for row in page.context["done"]] == ["Inspection"]
    html = page.content.decode()
    assert f'href="/team/{who.uuid}/slip/"' in html
    assert "555-0142" in html
    assert owed.course_key not in [row.course_key for row in Enrolment.objects.all()]


def test_presence_and_what_was_imported_are_marked_as_such(client, marta):
    ana = crew("1", marta, first_name="Ana")
    records.record(ana, course="Seals", check_kind="none", method="toolbox_talk")
    records.record(ana, course="Doors", source="imported", attribution="import")
    marks = ["(presence only, does not count as the course)", "(imported from a file)"]
    for who, address in ((marta, f"/team/{ana.uuid}/"), (ana, "/me/")):
        client.force_login(who)
        page = client.get(address).content.decode()
        rows = {row.partition("</th>")[0]: row for row in page.split('<th scope="row">')[1:]}
        assert [[mark in rows[name] for mark in marks] for name in ("Seals", "Doors")] == [[True, False], [False, True]]


def test_no_slip_is_offered_for_an_account_of_the_administration(client, marta):
    who = crew("1", marta)
    who.groups.add(Group.objects.get(name="Editors"))
    page = client.get(f"/team/{who.uuid}/").content.decode()
    assert f"/team/{who.uuid}/slip/" not in page
    assert "Cannot sign in?" not in page


def test_skills_that_wait_for_a_signature_are_counted_until_they_are_signed(client, marta):
    attempts = [quizzing.skill(crew(number, marta)) for number in ("1", "2")]
    quizzing.skill(factory.hire("3"))
    assert "2 skills to watch" in client.get("/team/").content.decode()
    quizzing.mark_fully(attempts[0], by=marta)
    assert "1 skill to watch" in client.get("/team/").content.decode()
    quizzing.mark_fully(attempts[1], by=marta)
    assert "Skills to watch" in client.get("/team/").content.decode()


def count(client, address):
    client.get(address)
    found = queries(lambda: client.get(address))
    assert len(found) <= 12
    return len(found)


@pytest.mark.parametrize("address", ["/team/", "/team/?show=all", "/team/{uuid}/"])
def test_queries_are_the_same_for_one_and_for_a_hundred(client, marta, address):
    who = crew("0", marta)
    owe(who, TODAY - days(1))
    factory.record(who, owe(who, TODAY, "Pests").course_key, AT, tell=False)
    address = address.format(uuid=who.uuid)
    one = count(client, address)
    for number in range(1, 100):
        owe(crew(str(number), marta), TODAY + days(number % 40 - 9), f"Course {number % 7}")
    for number in range(20):
        factory.record(who, owe(who, TODAY, f"More {number}").course_key, AT, tell=False)
    assert count(client, address) == one


def test_the_list_has_pages(client, marta):
    for number in range(60):
        owe(crew(f"{number:02}", marta), TODAY - days(1))
    first, second = client.get("/team/"), client.get("/team/?page=2")
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 10)
    assert second.context["rows"][0]["person"].number == "50"
    assert len(client.get("/team/?show=all&page=2").context["rows"]) == 10
