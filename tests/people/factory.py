"""People of one company, made of plain rows: nobody hears of them, so that each test says itself what happens."""

import datetime

from django.contrib.auth.models import Group

from learning.people.models import (
    Audience,
    AudienceVersion,
    Company,
    Employer,
    Employment,
    Facility,
    LeavePeriod,
    Person,
    Position,
    PositionHeld,
    Tag,
)

TODAY = datetime.date(2026, 11, 24)
# Noon in Denver.
AT = datetime.datetime(2026, 11, 24, 19, 0, tzinfo=datetime.UTC)
HIRED = datetime.date(2026, 11, 1)
PASSWORD = "a seal is checked twice"


def days(number):
    return datetime.timedelta(days=number)


def company(name="Corvina Freight"):
    return Company.objects.get_or_create(name=name, defaults={"time_zone": "America/Denver"})[0]


def employer(name="Corvina Freight"):
    return Employer.objects.get_or_create(name=name)[0]


def facility(code="YARD"):
    values = {"company": company(), "name": code.title(), "country": "US", "time_zone": "America/Denver"}
    return Facility.objects.get_or_create(code=code, defaults=values)[0]


def position(title="Dock hand"):
    return Position.objects.get_or_create(title=title)[0]


def person(number, first_name="Ana", password=None, role=None, **fields):
    made = Person.objects.create_user(number, password, first_name=first_name, **fields)
    if role:
        made.groups.add(Group.objects.get(name=role))
    return made


def employ(who, on=HIRED, ends_on=None, **fields):
    values = {"company": company(), "employer": employer(), "recorded_at": AT} | fields
    return Employment.objects.create(person=who, starts_on=on, ends_on=ends_on, **values)


def place(who, title="Dock hand", code="YARD", on=HIRED, ends_on=None):
    return PositionHeld.objects.create(
        person=who,
        position=position(title),
        facility=facility(code),
        company=company(),
        starts_on=on,
        ends_on=ends_on,
        recorded_at=AT,
    )


def hire(number, title="Dock hand", code="YARD", on=HIRED, **fields):
    who = person(number, **fields)
    employ(who, on)
    place(who, title, code, on)
    return who


def away(who, on=HIRED, ends_on=None):
    return LeavePeriod.objects.create(person=who, starts_on=on, ends_on=ends_on, recorded_at=AT)


def tag(name="Forklift"):
    return Tag.objects.get_or_create(name=name)[0]


def audience(name="Dock", rule=None):
    made = Audience.objects.create(name=name)
    AudienceVersion.objects.create(audience=made, number=1, rule=rule or {"and": []}, recorded_at=AT - days(9))
    return made
