"""What `/s/` shows to whoever is at a session, as plain data."""

import datetime
import uuid

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses import shown as courses
from quizzes.models import Attempt

from ..models import Attendance, TrainingSession
from ..models.session import LATE
from . import late, quizzing, shown

# Days ahead that somebody is told of a session.
AHEAD = datetime.timedelta(days=7)
# No session is longer than a day, and its check-in ends soon after.
BACK = datetime.timedelta(days=1) + LATE
# The nearest ones; nobody has more before them.
MOST = 20


def waiting(person, at, *, kiosk=None):
    """Sessions that wait for this person: where they are expected within the week, or still owe the quiz.

    At a kiosk also those at its facility that take check-ins now from anybody. `[{"session", "when", "now", "quiz"}]`.
    """
    mine = Attendance.objects.filter(person=person)
    near = Q(happened_at__gt=at - BACK, happened_at__lt=at + AHEAD)
    expected = near & Q(pk__in=mine.filter(attested="").values("session"))
    tested = Q(pk__in=mine.filter(present=True).values("session"), quiz_way=TrainingSession.Way.DEVICE)
    here = near & Q(facility=kiosk.facility, walk_ins=True) if kiosk else Q(pk__in=[])
    sessions = TrainingSession.objects.open().filter(expected | tested | here).select_related("facility")
    own = mine.filter(session=OuterRef("pk"))
    sessions = sessions.annotate(is_in=Exists(own.exclude(attested="")), is_there=Exists(own.filter(present=True)))
    sessions = list(sessions.order_by("happened_at")[:MOST])
    passed = _passed(person, sessions)
    return [_row(session, at) for session in sessions if _waits(session, at, kiosk, passed)]


def _waits(session, at, kiosk, passed):
    if session.uuid in passed:
        return False
    soon = at < session.check_in_until and (not kiosk or session.check_in_from <= at)
    return soon and not session.is_in or _owes_quiz(session)


def _owes_quiz(session):
    return session.quiz_on_device and session.is_there


def _passed(person, sessions):
    """Uuids of those whose quiz this person has passed."""
    asked = [str(session.uuid) for session in sessions if session.quiz_on_device]
    if not asked:
        return set()
    attempts = Attempt.objects.filter(person=person, context__in=asked).that_count().filter(passed=True)
    return {uuid.UUID(context) for context in attempts.values_list("context", flat=True)}


def _row(session, at):
    return {
        "session": session,
        "when": shown.day_and_time(session.happened_at, session.zone),
        "now": session.takes_check_ins(at) and not session.is_in,
        "quiz": _owes_quiz(session),
    }


def page(session, person, at, *, is_there):
    """The page of one session; to somebody who neither scanned its code nor is on its roster it tells nothing.

    `state` is "unknown", "called_off", "closed", "in", "early", "late", "not_listed", "scan" or "confirm".
    """
    row = session.attendances.filter(person=person).select_related("record", "signed_by").first()
    state = _state(session, row, at, is_there)
    if state == "unknown":
        return {"state": state}
    context = {
        "state": state,
        "session": session,
        "attendance": row,
        "when": shown.day_and_time(session.happened_at, session.zone),
        "opens": shown.day_and_time(session.check_in_from, session.zone),
        "words": shown.accounted(row, session.zone) if row and row.attested else "",
    }
    if session.quiz_on_device and row and row.present:
        context |= _quiz(session, person, at) if session.is_open else _late(session, row)
    return context


def _late(session, row):
    """Of a closed session: the attempt that still waits for its end, and the record of one passed since."""
    unfinished = quizzing.unfinished(session).filter(person=row.person_id)
    return {"unfinished": unfinished.first(), "late_record": late.records(session, row.person_id).first()}


def _state(session, row, at, is_there):
    if not is_there and not row:
        return "unknown"
    if not session.is_open:
        return "called_off" if session.is_cancelled else "closed"
    if row and row.attested:
        return "in"
    if at < session.check_in_from:
        return "early"
    if at >= session.check_in_until:
        return "late"
    if not row and not session.walk_ins:
        return "not_listed"
    return "confirm" if is_there else "scan"


def _quiz(session, person, at):
    """The quiz as the page before a quiz in a course shows it."""
    tries = list(quizzing.attempts(session).filter(person=person).order_by("number"))
    return courses.quiz(quizzing.step_of(session.edition, get_language()), tries, at)


def onward(attempt):
    """The way back to the session that an attempt belongs to by its context; None for one of somebody else's."""
    code = quizzing.code_of(attempt)
    if not code:
        return None
    label = _("Leave, place kept") if attempt.in_progress else _("Back to the session")
    return {"url": reverse("records:check_in", args=[code]), "label": label}
