"""What the report shows: its columns, totals and chart."""

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from learning.people import dates

from ..models.words import Status

# Counting by status looks at other records of each one: above so many the page would wait for it.
COUNTED = 20_000
BARS = 10
LABELS = {
    "record": _("Record"),
    "number": _("Number"),
    "name": _("Person"),
    "position": _("Position"),
    "facility": _("Facility"),
    "employer": _("Employer"),
    "company": _("Company"),
    "course": _("Course"),
    "edition": _("Edition"),
    "edition_hash": _("Hash of the edition"),
    "topics": _("Topics"),
    "criteria": _("Criteria"),
    "language": _("Language"),
    "score": _("Score, %"),
    "pass_mark": _("Pass mark, %"),
    "completed_at": _("Completed"),
    "recorded_at": _("Recorded"),
    "expires_on": _("Good until"),
    "method": _("Method"),
    "check": _("Check"),
    "source": _("Source"),
    "attribution": _("How we know who it was"),
    "status": pgettext_lazy("of a record", "Status"),
}
USUAL = ("name", "number", "position", "facility", "course", "completed_at", "score", "expires_on", "status")
# Long, and read only where they are shown.
DEFERRED = {"topics", "criteria"}


def _day(field):
    """The local date at the facility, as the admin writes dates."""
    return lambda row: date_format(dates.local_date(getattr(row, field), row.facility_zone))


def _standing(row):
    """Where nothing was checked it says so: such a record satisfies no requirement."""
    status = capfirst(Status(row.status).label)
    return gettext("%(status)s, presence only") % {"status": status} if row.presence_only else status


ACCESSORS = {
    "record": lambda row: str(row.uuid)[:8],
    "name": lambda row: row.name or gettext("Name erased"),
    "course": lambda row: gettext("%(course)s (imported)") % {"course": row.course} if row.imported else row.course,
    "edition": "edition_number",
    "topics": lambda row: "; ".join(row.topics),
    "criteria": lambda row: "; ".join(row.criteria),
    "completed_at": _day("completed_at"),
    "recorded_at": _day("recorded_at"),
    "expires_on": lambda row: row.expires_on and date_format(row.expires_on),
    "method": lambda row: capfirst(row.get_method_display()),
    "check": lambda row: gettext("Presence only") if row.presence_only else capfirst(row.get_check_kind_display()),
    "source": lambda row: capfirst(row.get_source_display()),
    "attribution": lambda row: capfirst(row.get_attribution_display()),
    "status": _standing,
}


def table_columns(chosen):
    """The first of the columns leads to the record."""
    names = chosen or USUAL
    return [_column(name, first=not place) for place, name in enumerate(names)]


def _address(row):
    return reverse("completions_record", args=[row.uuid])


def _column(name, first):
    about = {"label": LABELS[name], "accessor": ACCESSORS.get(name, name)}
    if first:
        return TitleColumn(name, get_url=_address, width="20%", **about)
    return Column(name, sort_key="completed_at" if name == "completed_at" else None, **about)


def totals(records):
    """`[(label, number)]` over all records of the filter; by status only where it is told soon."""
    counted = records.order_by().aggregate(records=Count("pk"), people=Count("person", distinct=True))
    found = [(_("Records"), counted["records"]), (_("People"), counted["people"])]
    if counted["records"] <= COUNTED:
        by_status = records.order_by().values("status").annotate(number=Count("pk"))
        numbers = {row["status"]: row["number"] for row in by_status}
        found += [(capfirst(status.label), numbers[status]) for status in Status if status in numbers]
    return found


def chart(records, total):
    """`[{"label", "number", "share"}]`: records of the courses with the most, and of all others together."""
    by_course = records.order_by().values("course_key").annotate(label=Max("course"), number=Count("pk"))
    rows = list(by_course.order_by("-number", "label")[:BARS])
    if rest := total - sum(row["number"] for row in rows):
        rows.append({"label": gettext("All others"), "number": rest})
    most = max((row["number"] for row in rows), default=1)
    return [{"label": row["label"], "number": row["number"], "share": row["number"] / most} for row in rows]
