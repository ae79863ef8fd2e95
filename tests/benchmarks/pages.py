"""A learner's pages on a real server, in floors: requests/s of a bare page of Wagtail for somebody who is signed in."""

import os

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.assignments.actions import apply_requirements
from tests.assignments import factory as assignments
from tests.content import factory as content
from tests.courses import factory as courses
from tests.quizzes.serving import Visitor, server, session

from . import rates

CORES = os.cpu_count()
RATIO = 0.7
COURSES = 12


@pytest.fixture
def learners(committed_database):
    """People in the middle of one of a dozen courses that all of them owe."""
    editions = [courses.released_course(f"Course {number}") for number in range(COURSES)]
    people = [assignments.hire(f"p{number}") for number in range(4 * CORES)]
    at = timezone.now()
    for number, edition in enumerate(editions):
        assignments.requirement(edition.course_key, name=f"Requirement {number}")
    apply_requirements(on=at.date(), at=at)
    for who in people:
        courses.start(who, editions[0], at=at)
    return people


@pytest.mark.parametrize("name", ["home", "course", "lesson"])
def test_a_page_beside_a_bare_page_of_wagtail(learners, committed_database, tmp_path, name):
    guide = content.guide()
    address = {
        "home": reverse("assignments:me"),
        "course": reverse("courses:course", args=["course-0"]),
        "lesson": reverse("courses:step", args=["course-0", "one"]),
    }[name]
    with server(committed_database, tmp_path / "web.log", workers=CORES) as site:
        visitors = [Visitor(site.port, session(who)) for who in learners]
        ratio, pages, floors = rates.ratio(
            visitors, dict.fromkeys(visitors, address), dict.fromkeys(visitors, guide.url)
        )
    print(f"\n{name:10} {pages} requests/s, floor {floors}: {ratio:.2f} floors (budget {RATIO})", end="")
    assert ratio >= RATIO
