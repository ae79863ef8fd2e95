"""Lists of records as paginated PDF files: the training file of one person, and the roster of HR's report."""

from collections import Counter

from django.conf import settings
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from learning.people import codes, dates

from .. import typesetting
from ..models import Checkpoint
from ..models.words import Status
from ..shown import long_date, public_form, short_date

# A paper longer than this nobody reads; the CSV and XLSX files hold everything.
MOST = 2000


class TooLong(ValueError):
    """So many records are not put on paper; the message says what to do."""


def training_file(person, records, *, at, day):
    """All records of one person, those that count no longer too, as a PDF file in the active language.

    `records` have their `status` and subject, the newest first; `day` is the local date that it is printed on.
    """
    records = list(records)
    newest = records[0] if records else None
    facts = [
        (_("Name"), person.get_full_name()),
        (_("Number"), person.number),
        (_("Position"), newest and newest.position),
        (_("Facility"), newest and newest.facility),
    ]
    return _pdf(
        records,
        at=at,
        day=day,
        title=_("Training file"),
        subtitle="",
        facts=[fact for fact in facts if fact[1]],
        author=(newest and newest.company) or "Gatehouse",
        cells=_of_person,
    )


def roster(records, *, at, day, company, subtitle):
    """The rows of HR's report as a PDF file, in their order. Raises TooLong above `MOST`."""
    records = list(records[: MOST + 1])
    if len(records) > MOST:
        raise TooLong(
            _("More than %(most)s records do not go on paper. Narrow the list, or take CSV or XLSX.")
            % {"most": number_format(MOST, force_grouping=True)}
        )
    return _pdf(
        records,
        at=at,
        day=day,
        title=_("Roster of completions"),
        subtitle=subtitle,
        facts=[],
        author=company,
        cells=_of_anybody,
    )


def _pdf(records, *, at, day, title, subtitle, facts, author, cells):
    printed = _("Printed on %(day)s") % {"day": long_date(day)}
    shares, heading = cells(None)
    data = {
        "title": title,
        "subtitle": subtitle,
        "language": get_language(),
        "author": author,
        "notices": [_("Demo, not real evidence")] if settings.DEMO else [],
        "footer": f"{author} · {title} · {printed}",
        "page": _("Page {page} of {pages}"),
        "facts": facts,
        "totals": _totals(records),
        "columns": shares,
        "heading": heading,
        "rows": [cells(record) for record in records],
        "ends": [
            _("Anybody can check a record by its code at %(address)s, without an account.")
            % {"address": public_form()},
            _head(),
        ],
    }
    return typesetting.pdf("register", data, at=at)


def _totals(records):
    """How many records there are, and what they are worth today."""
    count = len(records)
    words = ngettext("%(count)s record", "%(count)s records", count) % {"count": number_format(count)}
    worth = Counter(record.status for record in records)
    # The number last: before it, the word would have to agree with it in Spanish.
    parts = [f"{Status(status).label} {number_format(worth[status])}" for status in Status.values if worth[status]]
    return f"{words}: {', '.join(parts)}." if parts else f"{words}."


def _head():
    newest = Checkpoint.objects.order_by("-number").first()
    if not newest:
        return _("The ledger has no signed head yet.")
    return _("Newest signed head of the ledger %(origin)s: size %(size)d, %(root)s") % {
        "origin": newest.origin,
        "size": newest.size,
        "root": newest.root,
    }


def _of_person(record):
    """The cells of a row; without a record, the widths as shares and the heading."""
    if record is None:
        return [1.9, 3.6, 3.6, 2, 2, 1.9, 2, 4.8], [
            _("Completed"),
            _("Course"),
            _("Criteria"),
            _("Check"),
            _("Score"),
            _("Good until"),
            _("Status"),
            _("Check code"),
        ]
    return [*_course(record), *_worth(record), codes.spoken(record.code)]


def _of_anybody(record):
    if record is None:
        return [2.6, 2, 2.6, 2.1, 2, 2.8, 3.8, 1.9, 1.5, 1.8, 2], [
            _("Person"),
            _("Number"),
            _("Position"),
            _("Facility"),
            _("Completed"),
            _("Course"),
            _("Criteria"),
            _("Check"),
            _("Score"),
            _("Good until"),
            _("Status"),
        ]
    who = [record.name or _("Name erased"), record.number, record.position, record.facility]
    return [*who, *_course(record), *_worth(record)]


def _course(record):
    return [
        short_date(dates.local_date(record.completed_at, record.facility_zone)),
        _("%(course)s (imported)") % {"course": record.course} if record.imported else record.course,
        ", ".join(record.criteria),
        capfirst(record.get_check_kind_display()),
        "" if record.score is None else f"{number_format(record.score.normalize())}\N{NO-BREAK SPACE}%",
    ]


def _worth(record):
    corrects = _("corrects %(record)s") % {"record": str(record.corrects.uuid)[:8]} if record.corrects else ""
    status = capfirst(Status(record.status).label)
    until = short_date(record.expires_on) if record.expires_on else _("no end")
    return [until, f"{status} ({corrects})" if corrects else status]
