"""Many people at once, always the same ones: rows only, nobody hears of them."""

import datetime
import random

from learning.people import names
from learning.people.models import Company, Employer, Employment, Facility, Person, Position, PositionHeld, Tag
from learning.people.training_roles import TRAINING_ROLES

TODAY = datetime.date(2026, 11, 24)
AT = datetime.datetime(2026, 11, 24, 19, 0, tzinfo=datetime.UTC)
BATCH = 2000


def make(people=50_000, *, positions=300, facilities=20, seed=1):
    """A company of so many people today, with a past: one in five was hired before, one in three moved."""
    chance = random.Random(seed)
    frame = _frame(chance, positions, facilities)
    rows = [
        Person(number=f"N{number}", first_name=f"Ana {number % 997}", last_name=f"Ruiz {number % 1999}", password="!")
        for number in range(people)
    ]
    for row in rows:
        row.search_key = names.search_key(row)
    Person.objects.bulk_create(rows, BATCH)
    rows = list(Person.objects.filter(number__startswith="N").order_by("pk").only("pk"))
    Employment.objects.bulk_create(_employments(chance, frame, rows), BATCH)
    PositionHeld.objects.bulk_create(_positions_held(chance, frame, rows), BATCH)
    tagged = Person.tags.through
    tagged.objects.bulk_create(
        [tagged(person=row, tag=chance.choice(frame["tags"])) for row in rows if chance.random() < 0.1], BATCH
    )
    return frame


def _frame(chance, positions, facilities):
    company = Company.objects.create(name="Corvina Freight", time_zone="America/Denver")
    roles = list(TRAINING_ROLES)
    return {
        "company": company,
        "positions": Position.objects.bulk_create(
            Position(title=f"Position {number}", sensitive=number % 3 == 0, roles=chance.sample(roles, number % 3))
            for number in range(positions)
        ),
        "facilities": Facility.objects.bulk_create(
            Facility(
                company=company,
                code=f"F{number}",
                name=f"Facility {number}",
                country="MX" if number % 2 else "US",
                time_zone="America/Denver",
            )
            for number in range(facilities)
        ),
        "employers": Employer.objects.bulk_create(Employer(name=f"Employer {number}") for number in range(8)),
        "tags": Tag.objects.bulk_create(Tag(name=f"Tag {number}") for number in range(10)),
    }


def _ago(chance, at_most):
    return TODAY - datetime.timedelta(days=chance.randrange(at_most))


def _employments(chance, frame, people):
    for person in people:
        starts_on = _ago(chance, 3000)
        fields = {
            "person": person,
            "company": frame["company"],
            "employer": frame["employers"][min(7, int(chance.expovariate(1)))],
            "kind": chance.choice(Employment.Kind.values),
            "recorded_at": AT,
        }
        yield Employment(starts_on=starts_on, **fields)
        if chance.random() < 0.2:
            before = starts_on - datetime.timedelta(days=400)
            yield Employment(starts_on=before, ends_on=before + datetime.timedelta(days=90), **fields)


def _positions_held(chance, frame, people):
    for person in people:
        starts_on = _ago(chance, 1000)
        for ends_on in [None] + [starts_on] * (chance.random() < 0.33) + [None] * (chance.random() < 0.1):
            yield PositionHeld(
                person=person,
                position=chance.choice(frame["positions"]),
                facility=chance.choice(frame["facilities"]),
                company=frame["company"],
                starts_on=starts_on if ends_on is None else starts_on - datetime.timedelta(days=300),
                ends_on=ends_on,
                recorded_at=AT,
            )
