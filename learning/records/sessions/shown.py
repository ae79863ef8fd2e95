"""What the pages of sessions show, as plain data; dates and times are those of the session's facility."""

import datetime
import zoneinfo
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from learning.people.choosers import with_work
from learning.people.dates import local_date
from learning.people.models import Person

from ..models import Attendance, TrainingSession
from ..models.words import Check
from ..shown import language_name
from . import changing, quizzing


def local(at, zone):
    return at.astimezone(zoneinfo.ZoneInfo(zone))


def day_and_time(at, zone):
    there = local(at, zone)
    return f"{date_format(there.date())}, {time_format(there.time())}"


def row(session, at):
    """A session in the list, at that instant."""
    return {
        "ahead": session.happened_at > at,
        "session": session,
        "day": date_format(local(session.happened_at, session.zone).date()),
        "kind": capfirst(session.get_kind_display()),
        "presence_only": session.check_kind == Check.NONE,
        "standing": "later" if session.is_cancelled else "due" if session.is_open else "done",
    }


def facts(session):
    """`[(label, value), …]` without what was never said."""
    rows = [
        (_("Kind"), capfirst(session.get_kind_display())),
        (_("Began"), day_and_time(session.happened_at, session.zone)),
        (_("Minutes"), session.minutes),
        (_("Facility"), session.facility.name),
        (_("Given by"), session.instructor_name),
        (_("Language"), capfirst(language_name(session.language))),
        (_("Criteria"), ", ".join(session.criteria)),
        (_("Check"), check(session)),
        (_("Why there is no check"), session.no_check_reason),
        (_("Recorded"), _by(session.recorded_at, session.recorder, session.zone)),
    ]
    if not session.is_open:
        closed = _("Cancelled") if session.is_cancelled else _("Closed")
        rows.append((closed, _by(session.closed_at, session.closed_by, session.zone)))
        rows.append((_("Why it was cancelled"), session.cancel_reason))
    return [fact for fact in rows if fact[1]]


def _by(at, person, zone):
    return _("%(when)s by %(person)s") % {"when": day_and_time(at, zone), "person": person.get_full_name()}


def check(session):
    if session.check_kind == Check.QUIZ:
        return _("Quiz %(way)s, pass mark %(mark)s %%") % {
            "way": session.get_quiz_way_display(),
            "mark": session.pass_mark,
        }
    return _("Presence only") if session.check_kind == Check.NONE else capfirst(session.get_check_kind_display())


def changes(session):
    """What was changed of it and why: `[{"who", "when", "reason", "rows": [(label, before, after)]}]`, oldest first."""
    return [
        {
            "who": change.changed_by.get_full_name(),
            "when": day_and_time(change.changed_at, session.zone),
            "reason": change.reason,
            "rows": [
                (_label(name), _worded(session, name, change.before[name]), _worded(session, name, change.after[name]))
                for name in changing.KEPT
                if name in change.after
            ],
        }
        for change in session.changes.select_related("changed_by")
    ]


def _label(name):
    return {"quiz_way": _("Quiz"), "criteria": _("Criteria")}.get(name) or capfirst(
        TrainingSession._meta.get_field(name).verbose_name
    )


def _worded(session, name, value):
    """A kept value as the page says it."""
    field = TrainingSession._meta.get_field(name)
    if name == "happened_at":
        return day_and_time(datetime.datetime.fromisoformat(value), session.zone)
    if name == "criteria":
        value = ", ".join(value)
    elif name == "language":
        value = language_name(value)
    elif isinstance(value, bool):
        value = _("yes") if value else _("no")
    elif field.choices:
        value = dict(field.flatchoices).get(value, value)
    return capfirst(str(value)) if value not in ("", None) else _("nothing")


def check_in_address(session, half):
    """What the square on the instructor's screen says: without a language, so that the reader's own decides."""
    with override(settings.LANGUAGE_CODE):
        return settings.GATEHOUSE_PUBLIC_URL + reverse("records:check_in", args=[session.code + half])


def door_address():
    """Where the code is typed, as people read it aloud: host and path."""
    with override(settings.LANGUAGE_CODE):
        address = urlsplit(settings.GATEHOUSE_PUBLIC_URL + reverse("records:check_in_door"))
    return f"{address.netloc}{address.path}".rstrip("/")


def roster(session):
    """Everybody on it, by name."""
    rows = session.attendances.select_related("person", "signed_by", "seen_by", "record")
    return rows.in_order()


def attendance(row, session):
    """One person on the page of the session: `standing` is a word of the look."""
    standing, words = "later", _("Not ticked")
    if row.attested:
        standing, words = "done", accounted(row, session.zone)
    elif row.present:
        standing, words = "due", _("Present, not accounted for")
    return {"person": row.person, "row": row, "standing": standing, "words": words, "seen": _seen(row)}


def accounted(row, zone):
    """How we know that somebody was there, and since when."""
    ways = {
        Attendance.How.CHECK_IN: _("Checked in, %(when)s"),
        Attendance.How.KIOSK: _("Checked in at a shared tablet, %(when)s"),
        Attendance.How.TYPED_NAME: _("Typed “%(name)s”, %(when)s"),
        Attendance.How.SIGNED_FOR: _("Signed for by %(signer)s, %(when)s"),
        Attendance.How.SHEET: _("Signed the sheet"),
    }
    return ways[row.attested] % {
        "when": day_and_time(row.attested_at, zone),
        "name": row.typed_name,
        "signer": row.signed_by and row.signed_by.get_full_name(),
    }


def _seen(row):
    return row.seen_by and _("Watched by %(name)s") % {"name": row.seen_by.get_full_name()}


def presence_only(session):
    """Names of those present whose record will say no more than that, because their check is missing or was failed."""
    there = list(session.attendances.filter(present=True).select_related("person").in_order())
    return [row.person.get_full_name() for row in quizzing.with_results(session, there) if not row.passed(session)]


def closed_words(written):
    return ngettext(
        "The session is closed: %(number)s person, %(number)s record.",
        "The session is closed: %(number)s people, %(number)s records.",
        written,
    ) % {"number": written}


def people_to_add(candidates, session, today, words):
    """Candidates who are not on the roster yet, with what they do, by name."""
    on_it = session.attendances.values("person")
    people = with_work(candidates.exclude(pk__in=on_it).matching(words), today)
    return people.order_by("last_name", "first_name", "number")


def person_on(session, uuid):
    return Person.objects.filter(attendances__session=session, uuid=uuid)


def began_on(session):
    return local_date(session.happened_at, session.zone)
