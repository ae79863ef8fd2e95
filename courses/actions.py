"""Deeds of this room. Each is one transaction; `at` is the instant of the deed, taken once by the caller."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from quizzes.actions import start_attempt

from . import manifest, outline, standing
from .models import Edition, Enrolment, StepProgress
from .signals import course_completed


class Locked(Exception):
    """The step is not open: earlier ones come first, or the run has ended."""


class NotReady(Exception):
    """The course cannot be released; the message says what is missing."""


@transaction.atomic
def release(*, course_page, by, at, kind, note=""):
    """Publish the course's whole tree and write an edition of it; the current one again when nothing changed.

    Raises NotReady when there is no step, or a quiz without questions: learners would get stuck.
    """
    for page in [course_page, *course_page.get_children().specific()]:
        if page.has_unpublished_changes or not page.live:
            revision = page.get_latest_revision() or page.save_revision(user=by)
            revision.publish(user=by)
    course_page = type(course_page).objects.get(pk=course_page.pk)
    data = manifest.build(course_page)
    _check_ready(data)
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


def _check_ready(data):
    for language in data["languages"].values():
        if not language["steps"]:
            raise NotReady(_("The course has no lessons yet."))
        for step in language["steps"]:
            for draw in step.get("quiz", {}).get("draws", []):
                if len(draw["pool"]) < draw["count"]:
                    raise NotReady(
                        _("“%(title)s” draws %(count)d questions, but its bank has only %(pool)d published.")
                        % {"title": step["title"], "count": draw["count"], "pool": len(draw["pool"])}
                    )


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
    if step["kind"] != "lesson" or standing.next_step(steps, done) != step or enrolment.completed_at:
        raise Locked
    _complete_step(enrolment, step, at)
    _complete_course_if_done(enrolment, at, attribution)


def start_quiz(*, enrolment, step_key, language, at):
    """The attempt in progress at the quiz of a step, begun if there is none. Raises Locked and NoAttemptsLeft."""
    steps, step = _step(enrolment, step_key)
    if standing.next_step(steps, done_keys(enrolment)) != step or enrolment.completed_at or enrolment.closed_at:
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
    )


def quiz_of(enrolment, step_key, language):
    """The blueprint of a quiz step in that language, or in the first that the edition has."""
    texts = enrolment.edition.content["languages"]
    steps = texts.get(language, next(iter(texts.values())))["steps"]
    return next(step["quiz"] for step in steps if step["key"] == step_key)


@transaction.atomic
def count_attempt(*, attempt, at):
    """A graded attempt of one of our quizzes: a pass completes its step, and maybe the course."""
    enrolment = (
        Enrolment.objects.running().select_related("edition", "person").filter(uuid=attempt.context).first()
        if _is_uuid(attempt.context)
        else None
    )
    if not enrolment or not attempt.passed:
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

    Raises Locked when the run has ended already (somebody else was first).
    """
    if not Enrolment.objects.running().filter(pk=enrolment.pk).update(closed_at=at, closed_by=by):
        raise Locked
    return start_course(
        person=enrolment.person,
        course_key=enrolment.course_key,
        language=enrolment.language,
        cause=enrolment.cause,
        at=at,
    )
