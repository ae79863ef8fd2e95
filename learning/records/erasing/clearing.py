"""What goes in a lawful erasure, room by room. Called in the transaction of the deed (`actions.approve`)."""

from courses import actions as courses
from learning.people.erasing import actions as people
from learning.people.erasing.known import ERASED
from quizzes import actions as quizzes

from ..models import Attendance, CorrectionRequest, SessionFile, TrainingSession
from ..signals import person_erased
from . import packs, preview


def clear(*, request, known, by, at):
    """Everything but the subjects of records; what lies in files is noted on the request, and goes after the commit."""
    held, sheets = packs.holding(known), list(preview.sheets(known))
    request.packs.set(held)
    request.sessions.set({sheet.session_id for sheet in sheets})
    SessionFile.objects.filter(pk__in=[sheet.pk for sheet in sheets]).delete()
    Attendance.objects.filter(person__in=known.accounts).update(typed_name="")
    # A session that is closed has said it in its records.
    TrainingSession.objects.open().filter(instructor__in=known.accounts).update(instructor_name=ERASED)
    _corrections(known, by, at)
    quizzes.erase_words(people=known.accounts, said=ERASED)
    courses.erase_words(people=known.accounts)
    pictures = people.erase(known=known, at=at, by=by)
    person_erased.send(sender=type(request), known=known, at=at)
    request.files = [*(pack.file for pack in held), *pictures]


def _corrections(known, by, at):
    """One that waits can no longer be decided about. What was said goes: of an approved one, its record says it too."""
    about = CorrectionRequest.objects.filter(record__person__in=known.accounts)
    about.open().update(outcome=CorrectionRequest.Outcome.DECLINED, decided_by=by, decided_at=at)
    about.update(reason=ERASED, comment="")
