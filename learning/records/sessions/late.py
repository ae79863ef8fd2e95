"""A quiz of a session that somebody passes after it was closed: begun in time, marked by hand, or graded anew."""

from ..actions import write_record
from ..models import TrainingRecord
from . import closing, quizzing


def record_late_pass(*, attempt, at):
    """Write the record that closing could not: the check took place. Call it in the transaction of the grading.

    The record of presence stays as it is, and so does the session. Returns the record; None where none is due: the
    session is open (closing will count it) or was called off, the presence was withdrawn, or it is recorded already.
    """
    if not attempt.passed:
        return None
    # Held: of closing and grading at once, the second sees what the first has written.
    session = quizzing.session_of(attempt).select_for_update(of=("self",)).first()
    if not session or session.is_open or session.is_cancelled:
        return None
    row = session.attendances.filter(person=attempt.person_id).select_related("person", "seen_by", "record").first()
    if not row or not row.record or not _is_due(session, row.record):
        return None
    quizzing.with_results(session, [row])
    if not row.passed(session):
        return None
    return write_record(**closing.says(session, row, session.closed_by, at))


def _is_due(session, record):
    if not record.presence_only or record.corrections.filter(withdraws=True).exists():
        return False
    return not records(session, record.person_id).exists()


def records(session, person):
    """What was recorded of this person's quiz in this session."""
    theirs = TrainingRecord.objects.filter(person=person, cause__session=str(session.uuid))
    return theirs.exclude(check_kind=TrainingRecord.Check.NONE)
