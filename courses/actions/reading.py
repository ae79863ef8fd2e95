"""Being in a lesson: heartbeats, videos, check questions, and what finishes it."""

from django.db import IntegrityError, transaction
from django.db.models import F

from content import blanks

from .. import completion, standing
from ..models import BlockProgress, StepProgress
from .taking import Locked, complete_course_if_done, complete_step, done_keys, open_step, step_of


class NotYet(Exception):
    """The rule of the lesson is not met; `how_far` (completion.HowFar) says what is missing."""

    def __init__(self, how_far):
        self.how_far = how_far
        super().__init__(how_far.missing)


def how_far(*, progress, step, at, blocks=None):
    """Where a person is by the rule of that step of the manifest. `blocks`: its BlockProgress rows, if known."""
    rows = [] if step["completion"] in ("seen", "time") else blocks
    rows = list(progress.blocks.all()) if rows is None else rows
    return completion.how_far(
        step,
        active=progress.active(at),
        watched={row.block: row.watched for row in rows},
        answered=[row.block for row in rows if row.answered_at],
        by_beats=progress.beat_at is not None,
    )


def _whole(enrolment, step):
    """The step as the manifest has it, with its blocks; `step` is that of the outline."""
    if step["completion"] == "seen":
        return step
    texts = enrolment.edition.content["languages"]
    steps = texts.get(enrolment.language, next(iter(texts.values())))["steps"]
    return next(row for row in steps if row["key"] == step["key"])


@transaction.atomic
def complete_lesson(*, enrolment, step_key, at, attribution):
    """Complete a lesson that is open; again is harmless. Raises Locked when it is not its turn, NotYet by its rule."""
    steps, step = step_of(enrolment, step_key)
    done = done_keys(enrolment)
    if step["key"] in done:
        return
    if step["kind"] != "lesson" or standing.next_step(steps, done) != step or enrolment.ended:
        raise Locked
    progress = open_step(enrolment=enrolment, step_key=step_key, at=at)
    now = how_far(progress=progress, step=_whole(enrolment, step), at=at)
    if not now.done:
        raise NotYet(now)
    complete_step(progress, step, at)
    complete_course_if_done(enrolment, at, attribution)


@transaction.atomic
def beat(*, progress, step, at, block="", position=0, played=0):
    """A visible page says that it is still there, and perhaps that so many seconds of a video were played.

    What it is worth is bounded by the server's clock: two pages at once count as one. Returns the new HowFar.
    """
    since = progress.beat_at or progress.opened_at
    seconds = completion.credited(since, at)
    # Compare and set: of two heartbeats after the same one, the second counts nothing.
    counted = StepProgress.objects.filter(pk=progress.pk, beat_at=progress.beat_at, completed_at__isnull=True).update(
        active_seconds=F("active_seconds") + seconds, beat_at=at
    )
    media = {row["id"]: row for row in completion.blocks_of(step, *completion.PLAYED)}
    if counted and block in media:
        row = _row(progress, block)
        length = media[block]["value"]["seconds"]
        row.position = max(0, min(position, length))
        row.watched = completion.played(row.watched, played, seconds, length)
        row.save(update_fields=["position", "watched"])
    progress.refresh_from_db()
    return how_far(progress=progress, step=step, at=at)


def _row(progress, block):
    try:
        with transaction.atomic():
            return BlockProgress.objects.get_or_create(step=progress, block=block)[0]
    except IntegrityError:
        return BlockProgress.objects.get(step=progress, block=block)


@transaction.atomic
def answer_check(*, progress, block, answer, at):
    """Keep the answer to a check question. `at` None: it is still being moved about. None as the answer asks again.

    That it was answered once stays, whatever is tried afterwards.
    """
    row = _row(progress, block)
    row.answer = answer
    if at and answer is not None and not row.answered_at:
        row.answered_at = at
    row.save(update_fields=["answer", "answered_at"])


def show_blanks(*, progress, step, declared, person, language, at):
    """`{name: text}` of the blanks in a lesson for that person; what is shown in a running run is kept for the record.

    `declared` are the fallbacks that the edition holds: `{name: {language: sentence}}`.
    """
    names = blanks.names_in(step["blocks"])
    if not names:
        return {}
    run = progress.enrolment
    shown_in = progress.blanks_language or run.language
    # Read again in another language than it was shown in, a lesson is filled as for a new reader.
    kept = progress.blanks if run.ended and shown_in == language else {}
    texts = {name: kept[name] for name in names & kept.keys()}
    texts |= blanks.values(names - kept.keys(), declared=declared, person=person, language=language, at=at)
    if not run.ended and (texts, language) != (progress.blanks, progress.blanks_language):
        StepProgress.objects.filter(pk=progress.pk).update(blanks=texts, blanks_language=language)
    return texts
