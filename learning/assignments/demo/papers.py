"""What went through HR's hands: files that came in, a list that went out, more time for one, an erasure asked for."""

import datetime
from io import BytesIO

from learning.people.importing import unattended
from learning.people.models import Facility, ImportSource
from learning.records.erasing import actions as erasing
from learning.records.past import actions as past
from learning.records.reporting import exporting, selecting
from quizzes import actions as quiz_actions

DAY = datetime.timedelta(days=1)
# (number, telephone): HR's list of the yard had two new ones.
PHONES = [("4031", "+52 867 555 0131"), ("4101", "+52 867 555 0117")]
# What people had learnt before there was Gatehouse: (number, course, days back, minutes, who taught it).
BEFORE = [
    ("2105", "Forklift safety", 655, 180, "R. Olmos"),
    ("2112", "Forklift safety", 655, 180, "R. Olmos"),
    ("4031", "First aid on the yard", 610, 240, "Cruz Roja"),
]
SLOW_READER, LEAVER = "2112", "1988"


def happen(story, at):
    """All of it, as of that instant."""
    _import_people(story, at - 20 * DAY)
    _import_past_training(story, at - 15 * DAY)
    _export(story, at - 2 * DAY)
    hr = story.people["hr"]
    quiz_actions.give_extra_time(
        person=story.people[SLOW_READER], percent=50, reason="Asked for it; agreed with HR.", by=hr, at=at - 30 * DAY
    )
    erasing.request_erasure(
        person=story.people[LEAVER],
        reason="He asks for it in a letter. Legal says that the customer's contract no longer binds us.",
        by=story.people["compliance"],
        at=at - DAY,
        despite_retention=True,
    )


def _csv(rows):
    return BytesIO("\n".join(",".join(map(str, row)) for row in rows).encode())


def _import_people(story, at):
    source = ImportSource.objects.create(name="Payroll, Nuevo Laredo")
    source.facilities.add(Facility.objects.get(code="NLD"))
    rows = [("number", "first_name", "last_name", "phone")]
    for number, phone in PHONES:
        person = story.people[number]
        rows.append((number, person.first_name, person.last_name, phone))
    unattended.import_file(file=_csv(rows), name="yard-phones.csv", at=at, source=source, changes_only=True)


def _import_past_training(story, at):
    rows = [("number", "course", "completed_on", "method", "check", "minutes", "instructor")]
    for number, course, ago, minutes, instructor in BEFORE:
        rows.append((number, course, story.day(ago), "classroom", "none", minutes, instructor))
    this = past.receive(file=_csv(rows), name="before-gatehouse.csv", by=story.people["hr"], at=at)
    past.confirm(this=this)
    past.write(this=this, at=at)


def _export(story, at):
    by = story.people["hr"]
    this = exporting.note(by=by, file_format=exporting.CSV, stored={}, at=at)
    records, columns = selecting.selected({}, user=by, at=at)
    for _piece in exporting.streamed(this, records, columns):
        pass
