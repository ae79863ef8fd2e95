"""Taking a course: begun once, in order, finished once, opened again by HR."""

import uuid

import pytest

from courses import actions
from courses.models import Edition, Enrolment, StepProgress
from courses.signals import course_completed
from learning.records.models import LedgerEntry, TrainingRecord
from quizzes.actions import NoAttemptsLeft
from quizzes.models import Attempt

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def dock():
    return factory.person("1")


@pytest.fixture
def heard():
    """(enrolment, at, attribution) of every course that was completed."""
    news = []

    def hear(sender, enrolment, at, attribution, **kwargs):
        news.append((enrolment, at, attribution))

    course_completed.connect(hear)
    yield news
    course_completed.disconnect(hear)


def complete(run, place, at=AT):
    step = factory.steps(run.edition)[place]
    return actions.complete_lesson(enrolment=run, step_key=step["key"], at=at, attribution="password")


def done(run):
    return [step["title"] for step in factory.steps(run.edition) if step["key"] in actions.done_keys(run)]


def test_starting_twice_gives_the_same_run_with_its_first_cause(dock):
    edition = factory.released_course()
    first = factory.start(dock, edition, cause={"assignment": "a"})
    again = factory.start(dock, edition, AT + minutes(1), cause={"assignment": "b"}, language="es")
    assert again == first
    assert Enrolment.objects.count() == 1
    assert (again.started_at, again.cause, again.language) == (AT, {"assignment": "a"}, "en")


def test_a_course_that_was_never_released_cannot_be_started(dock):
    with pytest.raises(Edition.DoesNotExist):
        actions.start_course(person=dock, course_key=uuid.uuid4(), language="en", cause={}, at=AT)


def test_each_person_has_a_run_of_their_own(dock):
    edition = factory.released_course()
    assert factory.start(dock, edition) != factory.start(factory.person("2"), edition)


def test_lessons_are_completed_in_order(dock, heard):
    run = factory.start(dock, factory.released_course(lessons=("One", "Two", "Three"), quiz=False))
    for place in (1, 2):
        with pytest.raises(actions.Locked):
            complete(run, place)
    assert done(run) == []
    complete(run, 0)
    with pytest.raises(actions.Locked):
        complete(run, 2)
    complete(run, 1)
    assert (done(run), heard) == (["One", "Two"], [])
    complete(run, 2, AT + minutes(9))
    run.refresh_from_db()
    assert run.completed_at == AT + minutes(9)
    assert heard == [(run, AT + minutes(9), "password")]


def test_a_lesson_completed_twice_keeps_its_first_time(dock):
    run = factory.start(dock, factory.released_course())
    actions.open_step(enrolment=run, step_key=factory.steps(run.edition)[0]["key"], at=AT)
    complete(run, 0, AT + minutes(4))
    complete(run, 0, AT + minutes(40))
    progress = StepProgress.objects.get()
    assert (progress.opened_at, progress.completed_at, progress.active_seconds) == (AT, AT + minutes(4), 240)


def test_a_quiz_is_not_completed_like_a_lesson(dock):
    run = factory.start(dock, factory.released_course(lessons=()))
    with pytest.raises(actions.Locked):
        complete(run, 0)


def test_a_quiz_waits_for_the_lessons(dock):
    run = factory.start(dock, factory.released_course())
    with pytest.raises(actions.Locked):
        factory.begin_quiz(run)
    assert not Attempt.objects.exists()


def test_a_failed_quiz_completes_nothing_and_a_passed_one_the_course(dock, heard):
    run = factory.start(dock, factory.released_course())
    factory.read_lessons(run)
    factory.take_quiz(run, right=1)
    run.refresh_from_db()
    assert (run.completed_at, done(run), heard) == (None, ["One", "Two"], [])
    factory.take_quiz(run, right=2, at=AT + minutes(5))
    run.refresh_from_db()
    assert (run.completed_at, done(run)) == (AT + minutes(5), ["One", "Two", "Quiz"])
    assert heard == [(run, AT + minutes(5), "password")]


def test_a_course_goes_on_after_a_quiz_in_its_middle(dock, heard):
    page = factory.course(lessons=("One",))
    factory.lesson(page, "After the quiz")
    run = factory.start(dock, factory.release(page))
    factory.read_lessons(run)
    factory.take_quiz(run, right=2)
    assert heard == []
    complete(run, 2)
    run.refresh_from_db()
    assert (run.completed_at, len(heard)) == (AT, 1)


def test_a_finished_course_writes_one_record(dock):
    run = factory.finish(dock, factory.released_course(), cause={"assignment": "a"})
    record = TrainingRecord.objects.get()
    assert (record.person, record.course_key, record.edition) == (dock, run.course_key, run.edition)
    assert record.cause == {"assignment": "a"}
    assert LedgerEntry.objects.get().record == record


def test_when_the_record_cannot_be_written_nothing_is_completed(dock):
    def fail(sender, **kwargs):
        raise RuntimeError("the evidence could not be written")

    run = factory.start(dock, factory.released_course())
    factory.read_lessons(run)
    course_completed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            factory.take_quiz(run, right=2)
    finally:
        course_completed.disconnect(fail)
    run.refresh_from_db()
    assert run.completed_at is None
    assert Attempt.objects.get().state == "in_progress"
    assert not TrainingRecord.objects.exists()


def test_a_finished_run_takes_no_more_steps(dock, heard):
    run = factory.finish(dock, factory.released_course())
    complete(run, 0)
    with pytest.raises(actions.Locked):
        factory.begin_quiz(run)
    assert (len(heard), Enrolment.objects.get().completed_at) == (1, AT)


def test_a_finished_course_can_be_taken_again_as_a_new_run(dock, heard):
    edition = factory.released_course()
    first = factory.finish(dock, edition)
    second = factory.finish(dock, edition, AT + minutes(60))
    assert first != second
    assert [run for run, _at, _how in heard] == [first, second]
    assert TrainingRecord.objects.count() == 2


def test_attempts_count_within_the_run(dock):
    edition = factory.released_course()
    factory.finish(dock, edition)
    run = factory.start(dock, edition, AT + minutes(60))
    factory.read_lessons(run)
    assert factory.begin_quiz(run).number == 1


def test_an_attempt_of_somebody_elses_quiz_moves_nothing(dock):
    edition = factory.released_course()
    run = factory.start(dock, edition)
    factory.read_lessons(run)
    factory.quizzes.questions(2)
    factory.quizzes.take(dock, 2, context="not a uuid")
    factory.quizzes.take(dock, 2, context=str(uuid.uuid4()))
    factory.quizzes.take(dock, 2, factory.quizzes.quiz("Other", pass_mark=1), context=str(run.uuid))
    assert done(run) == ["One", "Two"]


# After the last failed attempt


def test_a_run_is_blocked_when_every_attempt_failed(dock):
    edition = factory.released_course()
    run = factory.start(dock, edition)
    factory.read_lessons(run)
    factory.take_quiz(run, right=0)
    assert list(Enrolment.objects.blocked()) == []
    factory.take_quiz(run, right=0)
    assert list(Enrolment.objects.blocked()) == [run]
    with pytest.raises(NoAttemptsLeft):
        factory.begin_quiz(run)


def test_of_many_runs_only_the_blocked_one_is_blocked(dock):
    edition, other = factory.released_course(), factory.released_course("Fences")
    factory.finish(dock, edition)
    blocked = factory.block(dock, edition, AT + minutes(60))
    factory.start(dock, other)
    factory.finish(factory.person("2"), edition)
    factory.start(factory.person("3"), edition)
    assert list(Enrolment.objects.blocked()) == [blocked]


def test_opening_again_closes_the_run_and_begins_another(dock):
    page = factory.course()
    edition = factory.release(page)
    run = factory.block(dock, edition)
    run.cause = {"assignment": "a"}
    run.save()
    page.summary = "Better."
    page.save_revision()
    newer = factory.release(page, AT + minutes(1))
    hr = factory.person("hr")
    new = actions.reopen(enrolment=run, by=hr, at=AT + minutes(5))
    run.refresh_from_db()
    assert (run.closed_at, run.closed_by, run.completed_at) == (AT + minutes(5), hr, None)
    assert (new.edition, new.cause, new.started_at, new.ended) == (newer, {"assignment": "a"}, AT + minutes(5), False)
    assert [attempt.number for attempt in Attempt.objects.filter(context=str(run.uuid)).order_by("number")] == [1, 2]
    assert actions.done_keys(new) == set()
    factory.read_lessons(new)
    assert factory.begin_quiz(new).number == 1
    assert not Enrolment.objects.blocked().exists()


def test_opening_again_twice_opens_once(dock):
    run = factory.block(dock, factory.released_course())
    hr = factory.person("hr")
    actions.reopen(enrolment=run, by=hr, at=AT)
    with pytest.raises(actions.NotBlocked):
        actions.reopen(enrolment=run, by=hr, at=AT)
    assert Enrolment.objects.count() == 2


def test_only_a_blocked_run_is_opened_again(dock):
    edition = factory.released_course()
    hr = factory.person("hr")
    for run in (factory.start(dock, edition), factory.finish(factory.person("2"), edition)):
        with pytest.raises(actions.NotBlocked):
            actions.reopen(enrolment=run, by=hr, at=AT)
    assert Enrolment.objects.filter(closed_at__isnull=False).count() == 0


def test_the_pages_of_a_closed_run_accept_nothing(dock):
    run = factory.start(dock, factory.released_course(quiz=False))
    Enrolment.objects.update(closed_at=AT)
    run.refresh_from_db()
    with pytest.raises(actions.Locked):
        complete(run, 0)
