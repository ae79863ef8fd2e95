"""A small company, made of plain rows: no signal is sent, so that each test says itself when a sweep happens."""

import datetime
import uuid
import zoneinfo

from courses.models import Edition
from learning.assignments.actions import set_requirement
from learning.people.models import (
    Audience,
    AudienceVersion,
    Company,
    Employer,
    Employment,
    Facility,
    Person,
    Position,
    PositionHeld,
)
from learning.records.models import TrainingRecord
from learning.records.signals import record_written

TODAY = datetime.date(2026, 11, 24)
# Noon in Denver.
AT = datetime.datetime(2026, 11, 24, 19, 0, tzinfo=datetime.UTC)
DENVER = "America/Denver"


def days(number):
    return datetime.timedelta(days=number)


def company():
    return Company.objects.get_or_create(name="Corvina Freight", defaults={"time_zone": DENVER})[0]


def facility(code="YARD", zone=DENVER):
    values = {"company": company(), "name": code.title(), "country": "US", "time_zone": zone}
    return Facility.objects.get_or_create(code=code, defaults=values)[0]


def position(title="Dock hand"):
    return Position.objects.get_or_create(title=title)[0]


def person(number, first_name="Daniel", email="", **fields):
    return Person.objects.create_user(number=number, first_name=first_name, email=email, **fields)


def employ(who, on=datetime.date(2026, 11, 1), until=None, manager=None):
    employer = Employer.objects.get_or_create(name="Corvina Freight")[0]
    return Employment.objects.create(
        person=who,
        company=company(),
        employer=employer,
        starts_on=on,
        ends_on=until,
        manager=manager,
        recorded_at=AT,
    )


def place(who, title="Dock hand", on=datetime.date(2026, 11, 1), until=None, code="YARD", zone=DENVER):
    return PositionHeld.objects.create(
        person=who,
        position=position(title),
        facility=facility(code, zone),
        company=company(),
        starts_on=on,
        ends_on=until,
        recorded_at=AT,
    )


def hire(number, on=datetime.date(2026, 11, 1), title="Dock hand", code="YARD", zone=DENVER, **fields):
    """A person at work from that day."""
    who = person(number, **fields)
    employ(who, on)
    place(who, title, on, code=code, zone=zone)
    return who


def audience(name="Dock", titles=("Dock hand",)):
    made, new = Audience.objects.get_or_create(name=name)
    if new:
        rule = {"and": [{"position": [str(position(title).uuid) for title in titles]}]}
        AudienceVersion.objects.create(audience=made, number=1, rule=rule, recorded_at=AT - days(1000))
    return made


def course(title="Seal security", key=None, area=6, spanish=None):
    """A released course of two lessons and a quiz; returns its key."""
    key = key or uuid.uuid4()
    steps = [
        {"key": str(uuid.uuid4()), "kind": kind, "title": name, "slug": name.lower(), "minutes": minutes}
        for kind, name, minutes in (("lesson", "One", 5), ("lesson", "Two", 7), ("quiz", "Check", 6))
    ]
    slug = title.lower().replace(" ", "-")
    text = {"title": title, "slug": slug, "summary": "", "about": "", "takers": "", "steps": steps}
    languages = {"en": text} | ({"es": text | {"title": spanish}} if spanish else {})
    for step in steps:
        step |= {"completion": "", "pass_mark": 80, "attempts_allowed": 3} if step["kind"] == "quiz" else {}
    outline = {"course": str(key), "area": area, "criteria": ["6.1"], "topics": [], "valid_months": 12}
    Edition.objects.create(
        course_key=key,
        number=1,
        manifest="{}",
        hash="0" * 64,
        outline=outline | {"objectives": [], "languages": languages},
        released_at=AT - days(400),
    )
    return key


def requirement(course_key, name="Seals for the dock", **changes):
    says = {
        "audience": changes.pop("audience", None) or audience(),
        "due_days": 30,
        "repeat_months": 12,
        "starts_on": datetime.date(2026, 1, 1),
        "at": AT - days(300),
    }
    return set_requirement(name=name, course_key=course_key, **(says | changes))


def record(who, course_key, completed_at, tell=True, zone=DENVER, **fields):
    """A training record, told to the rooms above as the records room does."""
    values = {
        "person_uuid": who.uuid,
        "commitment": "0" * 64,
        "facility_zone": zone,
        "course": "Seal security",
        "areas": ",6,",
        "language": "en",
        "recorded_at": completed_at,
        "method": TrainingRecord.Method.ONLINE,
        "check_kind": TrainingRecord.Check.QUIZ,
        "source": TrainingRecord.Source.SERVER_GRADED,
        "attribution": TrainingRecord.Attribution.PASSWORD,
    }
    made = TrainingRecord.objects.create(
        person=who, course_key=course_key, completed_at=completed_at, **(values | fields)
    )
    if tell:
        record_written.send(sender=TrainingRecord, record=made)
    return made


def noon(day, zone=DENVER):
    return datetime.datetime.combine(day, datetime.time(12), zoneinfo.ZoneInfo(zone))
