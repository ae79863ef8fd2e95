"""Two taps, two tabs, two people at the same moment: one deed, and both get its outcome."""

import pytest

from courses import actions
from courses.models import CoursePage, Edition, Enrolment, StepProgress
from learning.records.models import TrainingRecord
from tests.threads import together

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.usefixtures("committed_database")


def test_one_person_starts_a_course_twice_at_the_same_moment():
    edition = factory.released_course()
    dock = factory.person("1")
    runs = together(*[lambda: factory.start(dock, edition)] * 4)
    assert runs == [Enrolment.objects.get()] * 4


def test_opening_a_step_twice_at_the_same_moment_notes_it_once():
    edition = factory.released_course()
    run = factory.start(factory.person("1"), edition)
    key = factory.steps(edition)[0]["key"]
    rows = together(*[lambda: actions.open_step(enrolment=run, step_key=key, at=AT)] * 4)
    assert rows == [StepProgress.objects.get()] * 4


def test_the_last_lesson_completed_many_times_at_once_completes_the_course_once():
    edition = factory.released_course(lessons=("One",), quiz=False)
    run = factory.start(factory.person("1"), edition)
    key = factory.steps(edition)[0]["key"]

    def complete():
        fresh = Enrolment.objects.get(pk=run.pk)
        return actions.complete_lesson(enrolment=fresh, step_key=key, at=AT, attribution="password")

    outcomes = together(*[complete] * 6)
    # Who comes after the end finds the step done, or the run ended: neither writes anything.
    assert {type(outcome) for outcome in outcomes} <= {type(None), actions.Locked}
    assert TrainingRecord.objects.count() == 1
    run.refresh_from_db()
    assert (run.completed_at, StepProgress.objects.count()) == (AT, 1)


def test_two_people_of_hr_open_a_run_again_at_the_same_moment():
    edition = factory.released_course()
    run = factory.block(factory.person("1"), edition)
    people = [factory.person(name) for name in ("hr1", "hr2", "hr3")]
    outcomes = together(*[lambda by=by: actions.reopen(enrolment=run, by=by, at=AT) for by in people])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Enrolment", "NotBlocked", "NotBlocked"]
    assert (Enrolment.objects.running().count(), Enrolment.objects.closed().count()) == (1, 1)


def test_two_editors_release_at_the_same_moment():
    page = factory.course()
    factory.release(page)
    draft = CoursePage.objects.get(pk=page.pk)
    draft.summary = "Better."
    draft.save_revision()
    outcomes = together(*[lambda: factory.release(page, AT + minutes(1)).number] * 3)
    assert outcomes == [2, 2, 2]
    assert sorted(Edition.objects.values_list("number", flat=True)) == [1, 2]
