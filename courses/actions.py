"""Deeds of this room. Each is one transaction; `at` is the instant of the deed, taken once by the caller."""

import uuid

from django.db import IntegrityError, transaction

from quizzes.actions import start_attempt
from quizzes.models import Attempt

from . import changes, manifest, outline, readiness, standing, tree
from .models import Edition, Enrolment, StepProgress
from .signals import course_completed


class Locked(Exception):
    """The step is not open: earlier ones come first, or the run has ended."""


class NotReady(Exception):
    """The course cannot be released; the message says what is missing."""


class NotBlocked(Exception):
    """The run goes on by itself: attempts are left, or it has ended."""


@transaction.atomic
def release(*, course_page, by, at, kind, note=""):
    """Publish the course's whole tree and write an edition of it; the current one again when nothing changed.

    Raises NotReady when learners would get stuck, and then nothing is published.
    """
    # The lock makes two people who release at once number their editions one after the other.
    course_page = type(course_page).objects.select_for_update().get(pk=course_page.pk)
    for page in tree.to_release(course_page):
        if page.has_unpublished_changes or not page.live:
            _publish(page, by)
    data = manifest.build(type(course_page).objects.get(pk=course_page.pk))
    if problem := readiness.problem(data):
        raise NotReady(problem)
    text, digest = manifest.canonical(data)
    current = Edition.objects.filter(course_key=course_page.translation_key).order_by("-number").first()
    if current and current.hash == digest:
        return current
    return Edition.objects.create(
        course_key=course_page.translation_key,
        number=current.number + 1 if current else 1,
        manifest=text,
        hash=digest,
        outline=outline.make(data),
        kind=kind,
        note=note,
        released_at=at,
        released_by=by,
    )


def _publish(page, by):
    revision = page.get_latest_revision() or page.save_revision(user=by)
    if problem := readiness.unfinished(revision.as_object()):
        raise NotReady(problem)
    revision.publish(user=by)


def next_release(course_page):
    """`(changes, problem)`: what a release would change now, as `changes.between` says it, and why it would fail."""
    for page in tree.to_release(course_page):
        draft = tree.as_released(page)
        if draft is not page and (problem := readiness.unfinished(draft)):
            return [], problem
    data = manifest.build_next(course_page)
    current = Edition.objects.current().filter(course_key=course_page.translation_key).first()
    return changes.between(current and current.content, data), readiness.problem(data)


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


def _step(enrolment, step_key):
    steps = enrolment.edition.in_language(enrolment.language).steps
    return steps, next(step for step in steps if step["key"] == str(step_key))


def done_keys(enrolment):
    """Keys (strings) of the steps that this run has completed."""
    done = enrolment.progress.filter(completed_at__isnull=False).values_list("step_key", flat=True)
    return {str(key) for key in done}


def open_step(*, enrolment, step_key, at):
    """Note when a step was first opened. Opening again changes nothing."""
    return StepProgress.objects.get_or_create(enrolment=enrolment, step_key=step_key, defaults={"opened_at": at})[0]


@transaction.atomic
def complete_lesson(*, enrolment, step_key, at, attribution):
    """Complete a lesson that is open; again is harmless. Raises Locked when it is not its turn."""
    steps, step = _step(enrolment, step_key)
    done = done_keys(enrolment)
    if step["key"] in done:
        return
    if step["kind"] != "lesson" or standing.next_step(steps, done) != step or enrolment.ended:
        raise Locked
    _complete_step(enrolment, step, at)
    _complete_course_if_done(enrolment, at, attribution)


def start_quiz(*, enrolment, step_key, language, at, attribution=""):
    """The attempt in progress at the quiz of a step, begun if there is none.

    Raises Locked, NoAttemptsLeft and TooSoon.
    """
    steps, step = _step(enrolment, step_key)
    if standing.next_step(steps, done_keys(enrolment)) != step or enrolment.ended:
        raise Locked
    blueprint = quiz_of(enrolment, step["key"], language)
    open_step(enrolment=enrolment, step_key=step["key"], at=at)
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
            _complete_step(enrolment, step, at)
    _complete_course_if_done(enrolment, at, attempt.attribution)


def _is_uuid(text):
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def _complete_step(enrolment, step, at):
    progress = open_step(enrolment=enrolment, step_key=step["key"], at=at)
    StepProgress.objects.filter(pk=progress.pk, completed_at__isnull=True).update(
        completed_at=at, active_seconds=standing.active_seconds(progress.opened_at, at, step["minutes"])
    )


def _complete_course_if_done(enrolment, at, attribution):
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
