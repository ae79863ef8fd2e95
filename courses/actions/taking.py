"""Beginning a course, going through its steps, finishing it, and opening it again."""

import uuid

from django.db import IntegrityError, transaction

from quizzes.actions import start_attempt
from quizzes.models import Attempt

from .. import standing
from ..models import Edition, Enrolment, StepProgress
from ..signals import course_completed


class Locked(Exception):
    """The step is not open: earlier ones come first, or the run has ended."""


class NotBlocked(Exception):
    """The run goes on by itself: attempts are left, or it has ended."""


def start_course(*, person, course_key, language, cause, at):
    """The running enrolment of this person in this course; begun on the current edition if there is none.

    `cause` (dict) says why, in words of whoever calls; it is copied into the record. Raises Edition.DoesNotExist.
    """
    running = Enrolment.objects.running().filter(person=person, course_key=course_key).select_related("edition")
    if enrolment := running.first():
        return enrolment
    edition = Edition.objects.current().get(course_key=course_key)
    try:
        with transaction.atomic():
            return Enrolment.objects.create(
                person=person, course_key=course_key, edition=edition, cause=cause, language=language, started_at=at
            )
    except IntegrityError:
        # Two taps: a constraint let one through, and both get that one.
        return running.get()


def step_of(enrolment, step_key):
    steps = enrolment.edition.in_language(enrolment.language).steps
    return steps, next(step for step in steps if step["key"] == str(step_key))


def done_keys(enrolment):
    """Keys (strings) of the steps that this run has completed."""
    done = enrolment.progress.filter(completed_at__isnull=False).values_list("step_key", flat=True)
    return {str(key) for key in done}


def open_step(*, enrolment, step_key, at):
    """Note when a step was first opened. Opening again changes nothing."""
    progress = StepProgress.objects.get_or_create(enrolment=enrolment, step_key=step_key, defaults={"opened_at": at})[0]
    progress.enrolment = enrolment
    return progress


@transaction.atomic
def start_quiz(*, enrolment, step_key, language, at, attribution=""):
    """The attempt in progress at the quiz of a step, begun if there is none.

    Raises Locked, NoAttemptsLeft and TooSoon.
    """
    steps, step = step_of(enrolment, step_key)
    opened = dict(enrolment.progress.values_list("step_key", "completed_at"))
    done = {str(key) for key, completed_at in opened.items() if completed_at}
    if standing.next_step(steps, done) != step or enrolment.ended:
        raise Locked
    blueprint = quiz_of(enrolment, step["key"], language)
    if uuid.UUID(step["key"]) not in opened:
        first = StepProgress(enrolment=enrolment, step_key=step["key"], opened_at=at)
        # Of two taps one is first; that is soon enough.
        StepProgress.objects.bulk_create([first], ignore_conflicts=True)
    return start_attempt(
        person=enrolment.person,
        quiz_key=uuid.UUID(blueprint["key"]),
        context=str(enrolment.uuid),
        blueprint=blueprint,
        language=language,
        at=at,
        attribution=attribution,
    )


def quiz_of(enrolment, step_key, language):
    """The blueprint of a quiz step in that language, or in the first that the edition has."""
    texts = enrolment.edition.content["languages"]
    steps = texts.get(language, next(iter(texts.values())))["steps"]
    return next(step["quiz"] for step in steps if step["key"] == step_key)


@transaction.atomic
def count_attempt(*, attempt, at):
    """A graded attempt of one of our quizzes: a pass that counts completes its step, and maybe the course."""
    enrolment = (
        Enrolment.objects.running().select_related("edition", "person").filter(uuid=attempt.context).first()
        if _is_uuid(attempt.context)
        else None
    )
    if not enrolment or not attempt.passed or not Attempt.objects.counting(attempt).passed:
        return
    for step in enrolment.edition.in_language(enrolment.language).steps:
        if step["kind"] == "quiz" and quiz_of(enrolment, step["key"], "")["key"] == str(attempt.quiz_key):
            complete_step(open_step(enrolment=enrolment, step_key=step["key"], at=at), step, at)
    complete_course_if_done(enrolment, at, attempt.attribution)


def _is_uuid(text):
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def complete_step(progress, step, at):
    StepProgress.objects.filter(pk=progress.pk, completed_at__isnull=True).update(
        completed_at=at, active_seconds=standing.active_seconds(progress.active(at), step["minutes"])
    )


def complete_course_if_done(enrolment, at, attribution):
    steps = enrolment.edition.in_language(enrolment.language).steps
    if standing.next_step(steps, done_keys(enrolment)):
        return
    # Compare and set: of two last steps at the same moment one completes the course, and one record is written.
    if Enrolment.objects.running().filter(pk=enrolment.pk).update(completed_at=at):
        enrolment.completed_at = at
        course_completed.send(sender=Enrolment, enrolment=enrolment, at=at, attribution=attribution)


@transaction.atomic
def reopen(*, enrolment, by, at):
    """After the last failed attempt: close this run and open a new one with the same cause, on the current edition.

    The closed run keeps its attempts. Raises NotBlocked when attempts are left or the run has ended already.
    """
    # Compare and set: of two who press at the same moment, one opens the course again.
    blocked = Enrolment.objects.blocked().filter(pk=enrolment.pk)
    if not blocked.update(closed_at=at, closed_by=by):
        raise NotBlocked
    return start_course(
        person=enrolment.person,
        course_key=enrolment.course_key,
        language=enrolment.language,
        cause=enrolment.cause,
        at=at,
    )
