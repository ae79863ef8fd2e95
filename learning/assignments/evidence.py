"""What an evidence pack says of the programme: who must be trained and why, who was, and what is missing and why.

Read from requirements as they are in force, and from assignments; `selection` is records' `pack.scope.Selection`.
"""

from itertools import groupby, islice

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Enrolment
from learning.people import dates
from learning.people.models import Company, LeavePeriod, Person, PositionHeld
from learning.records.models import TrainingRecord
from learning.records.pack import parts
from learning.records.shown import long_date, short_date

from .models import Assignment, RequirementVersion

# So many rows of person and course are read one by one.
DETAILED = 100
COLUMNS = (
    "number",
    "name",
    "position",
    "facility",
    "course",
    "requirement",
    "completed_on",
    "due_on",
    "source",
    "standing",
)
COURSE = COLUMNS.index("course")


def _versions(selection):
    """Versions in force of the requirements whose course is in the scope, with the course's outline."""
    versions = RequirementVersion.objects.in_force(selection.today).select_related("requirement", "audience")
    found = [(row, selection.outlines.get(str(row.requirement.course_key))) for row in versions]
    found = [(row, outline) for row, outline in found if outline or not selection.by_course]
    return sorted(found, key=lambda pair: (pair[1].area if pair[1] else 99, pair[0].requirement.name))


def _assignments(selection):
    rows = Assignment.objects.filter(withdrawn_on__isnull=True, person__in=selection.people().order_by().values("pk"))
    if selection.by_course:
        rows = rows.filter(course_key__in=list(selection.outlines))
    return rows


def programme(selection):
    counts = _assignments(selection).aggregate(
        people=Count("person", distinct=True),
        done=Count("pk", filter=Q(record__isnull=False)),
        overdue=Count("pk", filter=Q(record__isnull=True, due_on__lt=selection.today)),
    )
    accounts = ", ".join(row.ctpat_account for row in Company.objects.all() if row.ctpat_account)
    areas = {outline.area for outline in selection.outlines.values()}
    words = _(
        "Each person is trained by function and position: on joining, again at fixed intervals, and with a check at "
        "the end of each course. Who must take which course follows from saved rules; what was done is written once, "
        "into a signed ledger, with the person’s position, facility and employer as they were on that day."
    )
    return {
        "heading": _("The program"),
        "parts": [
            parts.text(words),
            parts.facts(
                [
                    (_("CTPAT account"), accounts),
                    (_("Requirements in force"), len(_versions(selection))),
                    (_("Courses"), len(selection.outlines)),
                    (_("Criteria areas taught"), len(areas)),
                    (_("People who must be trained"), counts["people"]),
                    (_("Duties fulfilled"), counts["done"]),
                    (_("Overdue"), counts["overdue"]),
                ]
            ),
        ],
    }


def duties(selection):
    counts = {
        row["requirement"]: row
        for row in _assignments(selection)
        .order_by()
        .values("requirement")
        .annotate(
            people=Count("person", distinct=True),
            trained=Count("person", distinct=True, filter=Q(record__isnull=False)),
            overdue=Count("pk", filter=Q(record__isnull=True, due_on__lt=selection.today)),
        )
    }
    rows = []
    for version, outline in _versions(selection):
        counted = counts.get(version.requirement_id, {"people": 0, "trained": 0, "overdue": 0})
        when = _("%(days)d days after joining, again each %(months)d months") % {
            "days": version.due_days,
            "months": version.repeat_months,
        }
        why = ", ".join(outline.criteria) if outline else ""
        name = version.requirement.name
        if outline and outline.title not in name:
            name = f"{name}: {outline.title}"
        rows.append((name, why, version.audience, when, *(counted[key] for key in ("people", "trained", "overdue"))))
    columns = [
        (3.6, _("Requirement and course")),
        (3, _("Why: criteria")),
        (2.8, _("Who")),
        (2.6, _("When")),
        (1.6, _("People")),
        (2.1, _("Trained")),
        (1.6, _("Overdue")),
    ]
    said = parts.table(columns, rows) or [parts.text(_("No requirement asks for a course of this scope."))]
    return {"heading": _("Who must be trained, and why"), "parts": said}


def _pairs(selection):
    """Rows of `COLUMNS` as plain data, one for each person and requirement, by name."""
    held = PositionHeld.objects.filter(person=OuterRef("person"), starts_on__lte=selection.today)
    held = held.order_by("-starts_on", "-pk")
    rows = _assignments(selection).annotate(
        position=Subquery(held.values("position__title")[:1]), facility=Subquery(held.values("facility__name")[:1])
    )
    rows = rows.select_related("person", "requirement", "record").order_by(
        "person__last_name", "person__first_name", "person", "requirement__name", "cycle"
    )
    for _pair, cycles in groupby(rows.iterator(chunk_size=1000), lambda row: (row.person_id, row.requirement_id)):
        yield list(cycles)


def _standing(cycles, today):
    """`(completed on, due on, source, word)`: of all cycles the last completion and what is open now."""
    done = [row.record for row in cycles if row.record]
    still = [row.due_on for row in cycles if not row.record]
    completed = dates.local_date(done[-1].completed_at, done[-1].facility_zone) if done else None
    word = "overdue" if still and still[0] < today else "done" if done else "due"
    return completed, still[0] if still else None, done[-1].source if done else "", word


def _row(cycles, selection):
    last, (completed, due_on, source, word) = cycles[-1], _standing(cycles, selection.today)
    outline = selection.outlines.get(str(last.course_key))
    return [
        last.person.number,
        last.person.get_full_name(),
        last.position or "",
        last.facility or "",
        outline.title if outline else "",
        last.requirement.name,
        completed,
        due_on,
        source,
        word,
    ]


def roster(selection):
    """Each person and course where these are few, else a line for each person: it is to be read in minutes."""
    nobody = [parts.text(_("Nobody in the scope owes a course of it."))]
    pairs = _assignments(selection).order_by().values("person", "requirement").distinct().count()
    return {
        "heading": _("Roster against completions"),
        "parts": (_each_course(selection) if pairs <= DETAILED else _each_person(selection)) or nobody,
        "table": ("roster.csv", COLUMNS, (_row(cycles, selection) for cycles in _pairs(selection))),
    }


def _each_course(selection):
    words = {"overdue": _("overdue"), "done": _("done"), "due": _("due")}
    rows = []
    for cycles in _pairs(selection):
        *who, course, _requirement, completed, due_on, source, word = _row(cycles, selection)
        days = [day and short_date(day) for day in (completed, due_on)]
        imported = source == TrainingRecord.Source.IMPORTED
        rows.append(
            (*_who(who), course, *days, _("%(word)s, imported") % {"word": words[word]} if imported else words[word])
        )
    columns = [
        (3, _("Person")),
        (3, _("Position and facility")),
        (3, _("Course")),
        (1.9, _("Completed")),
        (1.9, _("Due next")),
        (1.7, _("Standing")),
    ]
    return parts.table(columns, rows)


def _each_person(selection):
    found = groupby((_row(cycles, selection) for cycles in _pairs(selection)), lambda row: row[0])
    rows = [_summed(list(rows)) for _number, rows in islice(found, parts.MOST)]
    total = _assignments(selection).order_by().values("person").distinct().count()
    columns = [
        (3, _("Person")),
        (3.5, _("Position and facility")),
        (1.8, _("Done")),
        (1.1, _("Due")),
        (4.5, _("Overdue")),
    ]
    words = _(
        "How many courses each person has done, still has before them, and which are overdue; each with its dates "
        "stands in roster.csv."
    )
    return [parts.text(words), *parts.table(columns, rows, total=total, file="roster.csv")]


def _summed(rows):
    standing, imported = [row[-1] for row in rows], sum(row[-2] == TrainingRecord.Source.IMPORTED for row in rows)
    done = standing.count("done")
    if imported:
        done = _("%(done)d, of them %(imported)d imported") % {"done": done, "imported": imported}
    overdue = [row[COURSE] or row[COURSE + 1] for row in rows if row[-1] == "overdue"]
    return (*_who(rows[0]), done, standing.count("due"), ", ".join(overdue))


def _who(row):
    number, name, position, facility = row[:COURSE]
    return f"{name} ({number})", f"{position}, {facility}".strip(", ")


def gaps(selection):
    overdue = _assignments(selection).filter(record__isnull=True, due_on__lt=selection.today)
    total = overdue.count()
    rows = list(overdue.select_related("person", "requirement").order_by("due_on", "pk")[: parts.MOST])
    explained = _explained(rows, selection)
    if not total:
        return {"heading": _("Gaps, explained"), "parts": [parts.text(_("Nobody in the scope is overdue."))]}
    columns = [(3, _("Person")), (3, _("Course")), (1.9, _("Due")), (1.4, _("Days late")), (3.6, _("Why"))]
    table = []
    for row in rows:
        outline = selection.outlines.get(str(row.course_key))
        late = (selection.today - row.due_on).days
        name = f"{row.person.get_full_name()} ({row.person.number})"
        course = outline.title if outline else row.requirement.name
        table.append((name, course, short_date(row.due_on), late, explained[row.pk]))
    told = ngettext("%(number)d duty is overdue.", "%(number)d duties are overdue.", total) % {"number": total}
    return {
        "heading": _("Gaps, explained"),
        "parts": [parts.text(told), *parts.table(columns, table, total=total, file="roster.csv")],
    }


def _explained(rows, selection):
    """`{assignment: words}` from what is known of each gap: leave, having left, a course under way."""
    people = {row.person_id for row in rows}
    away = dict(LeavePeriod.objects.on(selection.today).filter(person__in=people).values_list("person", "starts_on"))
    runs = Enrolment.objects.running().filter(person__in=people)
    begun = {(person, key): at for person, key, at in runs.values_list("person", "course_key", "started_at")}
    still = set(Person.objects.filter(pk__in=people).employed(selection.today).values_list("pk", flat=True))
    words = {}
    for row in rows:
        if row.person_id in away:
            said = _("On leave since %(day)s; due on return.") % {"day": long_date(away[row.person_id])}
        elif row.person_id not in still:
            said = _("No longer employed.")
        elif at := begun.get((row.person_id, row.course_key)):
            said = _("Under way since %(day)s.") % {"day": long_date(at.date())}
        else:
            said = _("Not begun.")
        words[row.pk] = said
    return words


SECTIONS = {"programme": programme, "duties": duties, "roster": roster, "gaps": gaps}
