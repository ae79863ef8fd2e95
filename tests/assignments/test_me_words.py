"""What /me/ says: where one stands, in words, and only what can be done."""

import re

import pytest
import time_machine

from courses.models import CoursePage, Enrolment
from learning.assignments.models import Assignment
from tests.courses import factory as courses

from . import factory
from .factory import AT, TODAY, days
from .test_me import owe

pytestmark = pytest.mark.django_db


@pytest.fixture
def dock(client):
    with time_machine.travel(AT, tick=False):
        who = factory.hire("1", first_name="Daniel")
        client.force_login(who)
        yield who


def assign(who, edition, due_on):
    """The course of a real edition, owed by that day."""
    required = factory.requirement(edition.course_key)
    says = {"requirement": required, "version": required.versions.get(), "course_key": edition.course_key}
    return Assignment.objects.create(person=who, assigned_on=TODAY, due_on=due_on, recorded_at=AT, **says)


def text_of(client, address="/me/"):
    return client.get(address).content.decode()


def heading(text):
    return re.search(r"<h1>(.*?)</h1>", text)[1]


@pytest.mark.parametrize(
    ("due", "says", "also", "arm"),
    [
        ([], "The gate is open. You owe nothing.", "Nothing is assigned to you", "clear"),
        ([60], "The gate is open. You owe nothing.", "Next is Course 60. Due 23 January 2027.", "clear"),
        ([7], "One to finish, Daniel", "About 18 minutes in all", "due"),
        ([-4], "One to finish, Daniel", "It is overdue.", "late"),
        ([-4, 7], "Two to finish, Daniel", "One is overdue.", "late"),
        ([-4, -2, 7, 60], "Three to finish, Daniel", "Two are overdue.", "late"),
    ],
)
def test_the_head_says_where_one_stands(client, dock, due, says, also, arm):
    for day in due:
        owe(dock, TODAY + days(day), f"Course {day}")
    text = text_of(client)
    assert heading(text) == says
    assert also in text
    assert re.findall(r"boom boom--(\w+)", text) == [arm]


def test_each_row_has_one_thing_to_press(client, dock):
    owe(dock, TODAY - days(4), "Inspection")
    owe(dock, TODAY + days(7), "Seals")
    owe(dock, TODAY + days(60), "Fences")
    text = text_of(client)
    assert re.findall(r'<(a|button) class="btn[^>]*>(.*?)<span', text) == [
        ("button", "Start"),
        ("button", "Start"),
        ("a", "Start early"),
    ]
    assert re.findall(r"(?:Overdue|Due) [^<]*(?=</span>)", text) == [
        "Overdue by 4 days",
        "Due in 7 days",
        "Due 23 Jan 2027",
    ]
    assert re.findall(r"<span>(Was due|By) (.*?)\.", text) == [
        ("Was due", "Friday 20 November"),
        ("By", "Tuesday 1 December"),
    ]


def test_what_is_due_soon_begins_at_one_press(client, dock):
    edition = courses.released_course()
    assign(dock, edition, TODAY + days(7))
    (start,) = re.findall(r'<form method="post" action="(/courses/[^"]*)"', text_of(client))
    assert client.post(start).headers["Location"] == "/courses/seal-security/steps/one/"
    assert Enrolment.objects.get().cause["assignment"] == str(Assignment.objects.get().uuid)
    assert "/courses/seal-security/start/" not in text_of(client)


def test_after_the_third_what_is_due_later_is_folded_away(client, dock):
    for number in range(4):
        owe(dock, TODAY + days(60 + number), f"Course {number}")
    first, rest = text_of(client).split("<details")[-2:]
    assert (first.count("Start early"), rest.count("Start early")) == (3, 1)
    assert "1 more, due later" in rest


def test_a_course_whose_attempts_are_used_says_so_and_leads_to_help(client, dock):
    edition = courses.released_course()
    assign(dock, edition, TODAY + days(7))
    courses.block(dock, edition)
    text = text_of(client)
    assert "All attempts at the quiz are used." in text
    assert 'href="/courses/seal-security/">See what to do' in text
    assert "Continue" not in text
    assert "in all, and your place is kept" not in text


def test_a_record_of_presence_says_no_more_than_that(client, dock):
    factory.record(dock, factory.course(), AT - days(3), check_kind="none", method="classroom")
    factory.record(dock, factory.course("Fences", area=9), AT - days(4), check_kind="observed")
    text = text_of(client)
    assert re.findall(r'data-label="Result">(.*?)</td>', text) == ["presence only", "done"]
    assert text.count("does not count as the course") == 1


def test_a_course_under_way_says_how_far(client, dock):
    edition = courses.released_course()
    assign(dock, edition, TODAY + days(7))
    run = courses.start(dock, edition)
    courses.read_lessons(run)
    text = text_of(client)
    assert "5 minutes left." in text
    assert "2 of 3 steps done" in text
    assert 'href="/courses/seal-security/steps/quiz/">Continue' in text


def test_a_hidden_course_is_shown_to_those_who_have_begun(client, dock):
    edition = courses.released_course()
    assign(dock, edition, TODAY + days(7))

    def owed():
        return [row["course"]["title"] for row in client.get("/me/").context["owed"]]

    assert owed() == ["Seal security"]
    CoursePage.objects.get().unpublish()
    assert owed() == []
    courses.start(dock, edition)
    assert owed() == ["Seal security"]


def test_what_has_expired_says_so(client, dock):
    key = factory.course()
    factory.record(dock, key, AT - days(400), score=90, expires_on=TODAY - days(35))
    text = text_of(client, "/me/records/")
    assert "(expired)" in text
    assert "90 %" in text
