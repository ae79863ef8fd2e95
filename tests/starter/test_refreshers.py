"""Loading a refresher, which asks for objectives and questions of another course."""

import datetime

import pytest

from content.models import Objective
from content.upkeep import StarterError
from courses.models import CoursePage, Edition
from learning.assignments import starter
from quizzes.models import Quiz

from . import factory

pytestmark = pytest.mark.django_db

AT = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


@pytest.fixture
def folder(tmp_path):
    return factory.small(tmp_path)


def test_a_refresher_has_objectives_and_questions_of_its_course(folder):
    factory.refresher(folder)
    starter.load(at=AT, folder=folder)

    objective = Objective.objects.get()
    refresher = CoursePage.objects.get(slug="seals-refresher")
    quiz = Quiz.objects.get(title="Short quiz")
    edition = Edition.objects.get(course_key=refresher.translation_key)
    assert (list(refresher.objectives.all()), edition.content["objectives"][0]["code"]) == ([objective], "seal-fit")
    assert [(row.value["count"], row.value["objective"]) for row in quiz.draws] == [(1, objective)]
    assert starter.load(at=AT + datetime.timedelta(days=60), folder=folder)[0].written == set()


@pytest.mark.parametrize(
    "change", [("objectives: [seal-fit]", "objectives: [seal-fitt]"), ("{seal-fit: 1}", "{seal-fitt: 1}")]
)
def test_a_refresher_names_objectives_that_there_are(folder, change):
    factory.refresher(folder, factory.REFRESHER.replace(*change))

    with pytest.raises(StarterError) as error:
        starter.load(at=AT, folder=folder)

    assert str(error.value) == "en/courses/seals-refresher/course.yaml: there is no objective seal-fitt."


def test_a_lesson_names_objectives_that_there_are(folder):
    path = folder / "en/courses/seals/2-fitting.md"
    path.write_text(path.read_text().replace("minutes: 5", "minutes: 5\nobjectives: [seal-cut]"))

    with pytest.raises(StarterError) as error:
        starter.load(at=AT, folder=folder)

    assert str(error.value) == "en/courses/seals/2-fitting.md: there is no objective seal-cut."
