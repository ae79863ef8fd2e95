from django.utils.translation import gettext as _

from content.slots import fills
from learning.assignments import wording

from .models import Notice

SHOWN = 5


@fills("me_notices")
def notices_on_me(person, titles, today):
    """What was sent about things still owed, by mail too: the newest for each assignment."""
    sent = Notice.objects.filter(
        person=person,
        sent_at__isnull=False,
        assignment__record__isnull=True,
        assignment__withdrawn_on__isnull=True,
        assignment__course_key__in=titles,
    )
    newest = {}
    for notice in sent.select_related("assignment").order_by("-sent_at", "-pk"):
        newest.setdefault(notice.assignment_id, notice)
    return [{"text": _text(notice, titles, today), "at": notice.sent_at} for notice in newest.values()][:SHOWN]


def _text(notice, titles, today):
    words = {"course": titles[notice.assignment.course_key], "day": wording.day(notice.assignment.due_on, today)}
    if notice.assignment.due_on < today:
        return _("%(course)s was due %(day)s.") % words
    if notice.assignment.due_on == today:
        return _("%(course)s is due today.") % words
    return _("%(course)s is due %(day)s.") % words
