from django.db.models import BigIntegerField
from django.utils.translation import gettext as _

from content.prepared import Prepared
from content.slots import fills
from courses.fillers import run_of
from learning.assignments import wording

from .models import Notice

SHOWN = 5

_about_what_is_owed = Prepared(
    lambda person: (
        Notice.objects.filter(
            person=person,
            sent_at__isnull=False,
            assignment__record__isnull=True,
            assignment__withdrawn_on__isnull=True,
        )
        .select_related("assignment")
        .order_by("-sent_at", "-pk")
    ),
    person=BigIntegerField(),
)


@fills("me_notices")
def notices_on_me(person, titles, today):
    """What was sent about things still owed, by mail too: the newest for each assignment."""
    newest = {}
    for notice in _about_what_is_owed(person=person.pk):
        if notice.assignment.course_key in titles:
            newest.setdefault(notice.assignment_id, notice)
    return [{"text": _text(notice, titles, today), "at": notice.sent_at} for notice in newest.values()][:SHOWN]


def _text(notice, titles, today):
    words = {"course": titles[notice.assignment.course_key], "day": wording.day(notice.assignment.due_on, today)}
    if notice.assignment.due_on < today:
        return _("%(course)s was due %(day)s.") % words
    if notice.assignment.due_on == today:
        return _("%(course)s is due today.") % words
    return _("%(course)s is due %(day)s.") % words


@fills("attempt_events")
def notices_around(attempt):
    """What the person was sent about the course before and while they were at it."""
    run = run_of(attempt)
    if not run:
        return None
    until = attempt.submitted_at or attempt.started_at
    sent = Notice.objects.filter(person=attempt.person_id, assignment__course_key=run.course_key, sent_at__lte=until)
    return [
        {
            "at": notice.sent_at,
            "text": _("Notice sent: %(stage)s") % {"stage": notice.get_stage_display()},
            "detail": "",
        }
        for notice in sent.order_by("-sent_at")[:SHOWN]
    ]
