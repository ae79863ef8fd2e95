"""What the learner's pages cost: the same with one row and with many."""

import pytest
import time_machine

from courses import views
from courses.models import Enrolment
from quizzes.models import Attempt
from tests.queries import queries

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def dock(client):
    with time_machine.travel(AT + minutes(600), tick=False):
        who = factory.person("1")
        client.force_login(who)
        yield who


def cost(client, address):
    client.get(address)
    found = queries(lambda: client.get(address))
    assert len(found) <= 12, found
    return len(found)


def many_courses():
    return [factory.released_course(f"Course {place}", lessons=("One",), quiz=False) for place in range(20)]


@pytest.mark.parametrize("path", ["", "steps/lesson-0/", "steps/quiz/", "complete/"])
def test_a_page_costs_the_same_with_one_row_and_with_many(client, dock, path):
    def prepare(title, lessons):
        page = factory.course(title, lessons=[f"Lesson {place}" for place in range(lessons)])
        page.criteria = [factory.criterion(f"6.{place}") for place in range(1, lessons + 1)]
        page.save()
        edition = factory.release(page)
        run = factory.finish(dock, edition) if path == "complete/" else factory.start(dock, edition)
        factory.read_lessons(run)
        return f"/courses/{page.slug}/{path}", run

    small, _run = prepare("Small", 1)
    one = cost(client, small)
    large, run = prepare("Large", 9)
    for earlier in range(30):
        Enrolment.objects.create(
            person=dock,
            course_key=run.course_key,
            edition=run.edition,
            language="en",
            started_at=AT - minutes(earlier + 1),
            completed_at=AT,
        )
        Attempt.objects.create(
            person=dock,
            quiz_key=run.uuid,
            context=f"past {earlier}",
            number=1,
            language="en",
            blueprint={},
            drawn=[],
            max_points=1,
            started_at=AT,
        )
    assert cost(client, large) == one


def test_the_index_costs_the_same_with_one_course_and_with_many(client, dock):
    factory.released_course()
    one = cost(client, "/courses/")
    many_courses()
    assert len(client.get("/courses/").context["courses"]) == 21
    assert cost(client, "/courses/") == one


def test_the_index_is_paginated(client):
    many_courses()
    assert views.COURSES_PER_PAGE == 24
    for place in range(10):
        factory.released_course(f"More {place}", lessons=("One",), quiz=False)
    context = client.get("/courses/?page=2").context
    assert (len(context["courses"]), context["page"].paginator.count) == (6, 30)
