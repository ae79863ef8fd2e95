"""A small company at random, always the same one: people with several positions and employments, before and after."""

import datetime
import random

from learning.people.models import Employer, Employment, Facility, Person, Position, PositionHeld, Tag

from .. import factory
from .naive import Somebody

BEGAN = datetime.date(2026, 1, 1)
LENGTH = 120
POSITIONS = {
    "Driver": (True, ["drivers"]),
    "Clerk": (False, []),
    "Guard": (True, ["security", "management"]),
    "Manager": (False, ["management"]),
}
FACILITIES = {"ELP": "US", "NLD": "MX", "CJS": "MX"}


def make(people=40, seed=3):
    """Makes the rows; returns the people as `naive` wants them."""
    chance = random.Random(seed)
    positions = [
        Position.objects.create(title=title, sensitive=sensitive, roles=roles)
        for title, (sensitive, roles) in POSITIONS.items()
    ]
    facilities = [factory.facility(code) for code in FACILITIES]
    for facility in facilities:
        Facility.objects.filter(pk=facility.pk).update(country=FACILITIES[facility.code])
    facilities = list(Facility.objects.order_by("code"))
    employers = [factory.employer(name) for name in ("Corvina Freight", "Otay Staffing")]
    tags = [Tag.objects.create(name=name) for name in ("forklift", "first aid")]
    made = []
    for number in range(people):
        who = factory.person(f"P{number}")
        somebody = Somebody(who.pk)
        for employer in chance.sample(employers, chance.choice([0, 1, 1, 1, 2])):
            kind = chance.choice(Employment.Kind.values)
            somebody.employed.append(factory.employ(who, *_some_days(chance), employer=employer, kind=kind))
        for _place in range(chance.choice([0, 1, 1, 2, 3])):
            title, code = chance.choice(positions).title, chance.choice(facilities).code
            somebody.held.append(factory.place(who, title, code, *_some_days(chance)))
        for tag in chance.sample(tags, chance.choice([0, 0, 1, 2])):
            who.tags.add(tag)
            somebody.tags.add(str(tag.uuid))
        if number % 13 == 12:
            Person.objects.filter(pk=who.pk).update(merged_into=made[0].pk)
            somebody.merged = True
        made.append(somebody)
    return made


def _some_days(chance):
    starts_on = BEGAN + datetime.timedelta(days=chance.randrange(LENGTH))
    ends_on = starts_on + datetime.timedelta(days=chance.randrange(1, LENGTH)) if chance.random() < 0.6 else None
    return starts_on, ends_on


def choices():
    """`{word: [value that a condition may list, …]}` of this company."""
    return {
        "position": [str(uuid) for uuid in Position.objects.order_by("title").values_list("uuid", flat=True)],
        "facility": [str(uuid) for uuid in Facility.objects.order_by("code").values_list("uuid", flat=True)],
        "country": ["CA", "MX", "US"],
        "role": ["drivers", "management", "security", "hr"],
        "kind": list(Employment.Kind.values),
        "employer": [str(uuid) for uuid in Employer.objects.order_by("name").values_list("uuid", flat=True)],
        "tag": [str(uuid) for uuid in Tag.objects.order_by("name").values_list("uuid", flat=True)],
    }


def held(title, code):
    return PositionHeld.objects.filter(position__title=title, facility__code=code)
