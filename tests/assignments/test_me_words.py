"""What /me/ says: where one stands, in words, and only what can be done."""

import re

import pytest
import time_machine

from courses.models import CoursePage
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
    owe(dock, TODAY + days(60), "Fences")
    text = text_of(client)
    assert re.findall(r'<a class="btn[^>]*>(.*?)<span', text) == ["Start", "Start early"]
    assert "Was due Friday 20 November." in text


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
