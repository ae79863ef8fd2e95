"""What a new edition means for those who are in the course: who is affected, and how one goes over to it."""

from django.db import transaction
from django.db.models import IntegerField, UUIDField

from content.prepared import Prepared

from .. import changes, manifest
from ..models import Edition, Enrolment, StepProgress
from .taking import complete_course_if_done


def affected(course_page):
    """What the next release means for people: `{"running", "again"}` are counts of running runs.

    `again` are those who would read a lesson once more, if the change is material.
    """
    current = Edition.objects.current().filter(course_key=course_page.translation_key).first()
    running = Enrolment.objects.running().filter(course_key=course_page.translation_key)
    again = changes.lessons_changed(current.content, manifest.build_next(course_page)) if current else []
    done = StepProgress.objects.filter(enrolment__in=running, step_key__in=again, completed_at__isnull=False)
    return {"running": running.count(), "again": done.values("enrolment").distinct().count()}


_later = Prepared(
    lambda course_key, number: (
        Edition.objects.filter(course_key=course_key, number__gt=number)
        .order_by("number")
        .values_list("pk", "kind", "note")
    ),
    course_key=UUIDField(),
    number=IntegerField(),
)


def newer_edition(enrolment):
    """The newest edition, when what people must know has changed since the one of this run; else None.

    It comes with `notes`, one for each material edition since.
    """
    if enrolment.ended:
        return None
    rows = _later(course_key=enrolment.course_key, number=enrolment.edition.number)
    notes = [note for _pk, kind, note in rows if kind == Edition.Kind.MATERIAL]
    if not notes:
        return None
    edition = Edition.objects.get(pk=rows[-1][0])
    edition.notes = notes
    return edition


@transaction.atomic
def go_over(*, enrolment, edition, at, attribution):
    """Go on with a newer edition. Lessons that differ are to be read again; all else that was done stays done."""
    # Compare and set: of two taps, one takes the run over.
    old = enrolment.edition
    if not Enrolment.objects.running().filter(pk=enrolment.pk, edition=old).update(edition=edition):
        return
    again = changes.lessons_changed(old.content, edition.content)
    StepProgress.objects.filter(enrolment=enrolment, step_key__in=again).update(completed_at=None, opened_at=at)
    enrolment.edition = edition
    complete_course_if_done(enrolment, at, attribution)
