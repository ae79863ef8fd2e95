"""What goes in a lawful erasure, room by room. Called in the transaction of the deed (`actions.approve`)."""

from django.db.models import Q

from courses import actions as courses
from learning.people.erasing import actions as people
from learning.people.erasing.known import ERASED, scrubbed
from quizzes import actions as quizzes

from ..models import (
    Attendance,
    CompletionExport,
    CorrectionRequest,
    PastImport,
    SavedView,
    SessionChange,
    SessionFile,
    TrainingSession,
)
from ..signals import person_erased
from . import packs, preview

# A mark in the place of a short name makes a text longer than its column.
LONGEST = 300


def clear(*, request, known, by, at):
    """Everything but the subjects of records; what lies in files is noted on the request, and goes after the commit."""
    held, sheets = packs.holding(known), list(preview.sheets(known))
    request.packs.set(held)
    request.sessions.set({sheet.session_id for sheet in sheets})
    SessionFile.objects.filter(pk__in=[sheet.pk for sheet in sheets]).delete()
    Attendance.objects.filter(person__in=known.accounts).update(typed_name="")
    # One that took place and is closed has said it in its records.
    given = TrainingSession.objects.filter(instructor__in=known.accounts)
    given.filter(Q(closed_at__isnull=True) | ~Q(cancel_reason="")).update(instructor_name=ERASED)
    _said_of_sessions(known)
    _corrections(known, by, at)
    _refused_files(known)
    quizzes.erase_words(people=known.accounts, said=ERASED)
    courses.erase_words(people=known.accounts)
    pictures = people.erase(known=known, at=at, by=by)
    person_erased.send(sender=type(request), known=known, at=at)
    request.files = [*(pack.file for pack in held), *pictures, *_exports(known)]


def _said_of_sessions(known):
    """Why one was cancelled ("Marta is ill") or changed, and a name that stood there before a change."""
    changed = []
    for change in SessionChange.objects.iterator():
        said = {name: scrubbed(getattr(change, name), known.everything) for name in ("before", "after", "reason")}
        said["reason"] = said["reason"][:LONGEST]
        if any(getattr(change, name) != value for name, value in said.items()):
            changed.append(SessionChange(pk=change.pk, **said))
    SessionChange.objects.bulk_update(changed, ["before", "after", "reason"], batch_size=500)
    for pk, reason in TrainingSession.objects.exclude(cancel_reason="").values_list("pk", "cancel_reason"):
        if (said := scrubbed(reason, known.everything)) != reason:
            TrainingSession.objects.filter(pk=pk).update(cancel_reason=said[:LONGEST])


def _corrections(known, by, at):
    """One that waits can no longer be decided about. What was said goes: of an approved one, its record says it too."""
    about = CorrectionRequest.objects.filter(record__person__in=known.accounts)
    about.open().update(outcome=CorrectionRequest.Outcome.DECLINED, decided_by=by, decided_at=at)
    about.update(reason=ERASED, comment="")


def _exports(known):
    """Names of the files that are kept for some days: whoever wants one makes it again. A search may have a name."""
    SavedView.objects.filter(owner__in=known.accounts).delete()
    for model in (CompletionExport, SavedView):
        for row in model.objects.exclude(query={}).iterator():
            if (said := scrubbed(row.query, known.everything)) != row.query:
                model.objects.filter(pk=row.pk).update(query=said)
    kept = CompletionExport.objects.exclude(file="")
    files = list(kept.values_list("file", flat=True))
    kept.update(file="")
    return files


def _refused_files(known):
    """Errors quote the cells of a file."""
    for file in PastImport.objects.exclude(errors=[]):
        PastImport.objects.filter(pk=file.pk).update(errors=scrubbed(file.errors, known.everything))
