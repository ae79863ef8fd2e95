"""The quiz of a session that people take on a device: that of its course, in attempts of this session's own."""

import uuid
from collections import defaultdict

from django.db.models import UUIDField
from django.utils.translation import gettext as _

from content.prepared import Prepared
from quizzes import grading
from quizzes.actions import start_attempt
from quizzes.models import Attempt

from ..models import TrainingSession
from .actions import NotDone


def step_of(edition, language):
    """The last quiz step of a course as its edition holds it, in that language or the first; None without one."""
    texts = edition.content["languages"]
    steps = texts.get(language, next(iter(texts.values())))["steps"]
    return next((step for step in reversed(steps) if step["kind"] == "quiz"), None)


def attempts(session):
    """Those of everybody in this session."""
    key = step_of(session.edition, session.language)["quiz"]["key"]
    return Attempt.objects.filter(context=str(session.uuid), quiz_key=key)


_codes = Prepared(
    lambda session: TrainingSession.objects.filter(uuid=session).values_list("code", flat=True), session=UUIDField()
)


def session_of(attempt):
    """The session that an attempt was begun at, as a queryset: empty for an attempt of something else."""
    sessions = TrainingSession.objects.select_related("edition", "facility").defer("edition__manifest")
    try:
        return sessions.filter(uuid=uuid.UUID(attempt.context))
    except ValueError:
        return sessions.none()


def code_of(attempt):
    """The code of that session, or None. Every page of an attempt asks it."""
    try:
        return next(iter(_codes(session=uuid.UUID(attempt.context))), None)
    except ValueError:
        return None


def with_results(session, rows):
    """Attendances with what their quiz on a device came to: `attempt` (the one that counts), `tries`, and its score."""
    if not session.quiz_on_device:
        return rows
    graded = defaultdict(list)
    people = [row.person_id for row in rows]
    for attempt in attempts(session).filter(person__in=people, state=Attempt.State.GRADED).order_by("number"):
        graded[attempt.person_id].append(attempt)
    for row in rows:
        tries = graded[row.person_id]
        row.attempt = tries and grading.counting(tries, tries[-1].blueprint.get("counts", "best")) or None
        row.tries, row.score = len(tries), row.attempt and row.attempt.score
    return rows


def unfinished(session):
    """Attempts that are being answered, or wait for a mark."""
    return attempts(session).filter(state__in=[Attempt.State.IN_PROGRESS, *Attempt.WAITING])


def answering(session):
    """People who are in the middle of it."""
    if not session.quiz_on_device:
        return []
    return [attempt.person for attempt in unfinished(session).select_related("person").defer("drawn", "blueprint")]


def start(*, session, person, language, at, attribution):
    """The attempt in progress of somebody who is there, begun if there is none.

    Raises NotDone, and what starting an attempt raises.
    """
    there = session.attendances.filter(person=person, present=True).exists()
    if not (session.is_open and session.quiz_on_device and there):
        raise NotDone(_("The quiz is for those who are there, while the session is open."))
    blueprint = step_of(session.edition, language)["quiz"]
    return start_attempt(
        person=person,
        quiz_key=uuid.UUID(blueprint["key"]),
        context=str(session.uuid),
        blueprint=blueprint,
        language=language,
        at=at,
        attribution=attribution,
    )
