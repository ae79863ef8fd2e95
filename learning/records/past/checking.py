"""Holds a file of past training against what is known here: people, courses, and what was recorded already."""

import uuid
from collections import defaultdict

from django.utils.translation import gettext as _

from courses.models import Edition
from learning.people import dates
from learning.people.importing import reading
from learning.people.importing.errors import Errors
from learning.people.importing.refused import Refused
from learning.people.models import Person
from learning.people.names import folded

from ..models import PastLine, TrainingRecord
from . import columns

MOST = 5000
BATCH = 500
# Courses that are not taught here: the same name is the same course.
ELSEWHERE = uuid.UUID("2f6f9a3e-6a53-5d0b-9c3a-6a0c6b6b7f11")


def check(file, name, *, user, on, date_format):
    """`(lines, errors)`: unsaved PastLines in the order of the file, and Errors. Raises Refused for the whole file."""
    table = reading.open_table(file, name)
    places = columns.places(table.headings)
    errors, rows = Errors(), []
    for row, cells in table.rows:
        texts = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
        values, wrong = columns.read(texts, date_format=date_format, today=on)
        for column, words in wrong:
            errors.add(row, column, words)
        rows.append((row, values, bool(wrong)))
        if len(rows) > MOST:
            raise Refused(_("The file has more than %(most)d rows. Split it.") % {"most": MOST})
    if not rows:
        raise Refused(_("The file has a heading and nothing below it."))
    return _lines(rows, errors, user, on), errors


def _lines(rows, errors, user, on):
    people, courses = _people(rows, user, on), _courses()
    lines = []
    for row, values, wrong in rows:
        person = people.get(values.get("number"))
        if "number" in values and not person:
            errors.add(row, "number", _("nobody has the number %(number)s") % {"number": values["number"]})
        if wrong or not person:
            continue
        key = courses.get(folded(values["course"]))
        elsewhere = uuid.uuid5(ELSEWHERE, folded(values["course"]))
        says = {name: value for name, value in values.items() if name != "number"}
        lines.append(PastLine(row=row, person=person, course_key=key or elsewhere, known=bool(key), says=says))
    _refuse_twice(lines, errors)
    return lines


def _people(rows, user, on):
    """`{number as written: the account that counts}`; whom the user may not see is nobody."""
    wanted = list({values["number"] for _row, values, _wrong in rows if "number" in values})
    found = {}
    for start in range(0, len(wanted), BATCH):
        people = Person.objects.filter(number__in=wanted[start : start + BATCH]).within_limits_of(user, on)
        found |= {person.number: person.merged_into or person for person in people.select_related("merged_into")}
    return found


def _courses():
    """`{title or slug, folded: course key}` of what is taught here, in any language."""
    found = {}
    for edition in Edition.objects.current().outlines():
        for text in edition.outline["languages"].values():
            found |= {folded(text["title"]): edition.course_key, folded(text["slug"]): edition.course_key}
    return found


def _refuse_twice(lines, errors):
    """The same person, course and day: within the file, or with a record that stands."""
    recorded = _recorded(lines)
    first = {}
    for line in lines:
        same = (line.person.pk, line.course_key, line.says["completed_on"])
        if same in first:
            errors.add(line.row, "", _("says the same as row %(row)d") % {"row": first[same]})
        elif columns.day(line.says) in recorded[same[:2]]:
            errors.add(line.row, "", _("this training of that day is recorded already"))
        first.setdefault(same, line.row)


def _recorded(lines):
    """`{(person, course key): local dates}` of records that stand."""
    found = defaultdict(set)
    people = list({line.person.pk for line in lines})
    for start in range(0, len(people), BATCH):
        rows = TrainingRecord.objects.standing().filter(person__in=people[start : start + BATCH]).order_by()
        for person, key, at, zone in rows.values_list("person", "course_key", "completed_at", "facility_zone"):
            found[person, key].add(dates.local_date(at, zone))
    return found
