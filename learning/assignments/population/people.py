"""Who works in a synthetic company: places, positions, and people with the jobs that they had."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from learning.people import names
from learning.people.models import Company, Employer, Employment, Facility, Person, Position, PositionHeld
from learning.records import canonical

from .copying import empty

# Each so many-th person manages those who follow.
LINE = 25
# How long ago the longest-serving were hired, days.
LONGEST = 2500

FACILITIES = [
    (f"{code}{number}", f"{town} {number}", country, zone)
    for number in range(1, 6)
    for code, town, country, zone in (
        ("ELP", "El Paso", "US", "America/Denver"),
        ("LRD", "Laredo", "US", "America/Chicago"),
        ("NLD", "Nuevo Laredo", "MX", "America/Monterrey"),
        ("CJS", "Ciudad Juárez", "MX", "America/Ciudad_Juarez"),
    )
]
# (title, sensitive, training roles)
POSITIONS = [
    ("Driver", True, ["drivers"]),
    ("Dock hand", True, ["dock_and_warehouse"]),
    ("Gate guard", True, ["security"]),
    ("Dispatcher", True, ["dispatch"]),
    ("Documentation clerk", True, ["documentation"]),
    ("Buyer", False, ["purchasing"]),
    ("Accountant", False, ["finance"]),
    ("Mechanic", False, []),
]
EMPLOYERS = [
    ("Synthetic Freight", Employer.Kind.OWN, Employment.Kind.EMPLOYEE),
    ("Synthetic Staffing", Employer.Kind.AGENCY, Employment.Kind.TEMPORARY),
    ("Synthetic Haulage", Employer.Kind.CARRIER, Employment.Kind.CONTRACTOR),
]
FIRST = [
    "Ana",
    "Luis",
    "Rosa",
    "Daniel",
    "María",
    "José",
    "Karen",
    "Iván",
    "Elena",
    "Omar",
    "Thuy",
    "Marcus",
    "Grace",
    "Héctor",
    "Nina",
    "Samuel",
    "Alicia",
    "Tomás",
]
LAST = ["Ruiz", "Vega", "Olmos", "Bell", "Duarte", "Ibarra", "Salinas", "Okafor", "Treviño", "Nguyen", "Cantú", "Reyes"]


@dataclass
class Worker:
    """One person as the records need them; `jobs` are `(first day, position, facility)`, oldest first."""

    key: int
    uuid: str
    subject: dict
    commitment: Callable[[str], str]
    language: str
    employer: str
    kind: str
    hired: datetime.date
    last_day: datetime.date
    jobs: list

    def job(self, day):
        """Position and facility on a day of theirs."""
        return next(job[1:] for job in reversed(self.jobs) if job[0] <= day or job is self.jobs[0])


class Frame:
    """The places, positions and employers of a company, which are few."""

    def __init__(self, company):
        self.company = company
        self.facilities = [
            Facility.objects.create(company=company, code=code, name=name, country=country, time_zone=zone)
            for code, name, country, zone in FACILITIES
        ]
        self.positions = [
            Position.objects.create(title=title, sensitive=sensitive, roles=roles)
            for title, sensitive, roles in POSITIONS
        ]
        self.employers = [(Employer.objects.create(name=name, kind=kind), how) for name, kind, how in EMPLOYERS]


def make_company(key):
    return Company.objects.create(uuid=key, name=EMPLOYERS[0][0], time_zone="America/Denver")


def random_uuid(chance):
    """As text, which takes a third of the time that a UUID does."""
    digits = f"{chance.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def hire(chance, frame, numbers, *, first_key, today):
    """People with these numbers (from 0) and their jobs; `first_key` is the key of person 0.

    One in ten has left, one in ten was hired before, one in three has moved. Returns Workers, and their rows by table.
    """
    people, employments, held, workers = [], [], [], []
    at = datetime.datetime.combine(today, datetime.time(), datetime.UTC)
    for number in numbers:
        person = _person(chance, number, first_key)
        people.append(person)
        hired = today - datetime.timedelta(days=chance.randrange(60, LONGEST))
        left = hired + (today - hired) * chance.uniform(0.5, 0.99) if chance.random() < 0.1 else None
        jobs = _jobs(chance, frame, hired, left or today)
        employer, kind = frame.employers[min(2, int(chance.expovariate(1.5)))]
        common = {"person_id": person["id"], "company_id": frame.company.pk, "recorded_at": at}
        job = {"employer_id": employer.pk, "kind": str(kind), "manager_id": _manager(number, first_key)}
        employments.append(_row(Employment, chance, common | job, hired, left))
        if chance.random() < 0.1:
            before = hired - datetime.timedelta(days=400)
            employments.append(_row(Employment, chance, common | job, before, before + datetime.timedelta(days=90)))
        ends = [starts for starts, *_place in jobs[1:]] + [left]
        for (starts, position, facility), end in zip(jobs, ends, strict=True):
            place = {"position_id": position.pk, "facility_id": facility.pk}
            held.append(_row(PositionHeld, chance, common | place, starts, end))
        subject = {name: person[name] for name in ("number", "first_name", "last_name", "email")}
        last_day = left - datetime.timedelta(days=1) if left else today - datetime.timedelta(days=1)
        who = (person["id"], person["uuid"], subject, canonical.committing(**subject))
        who += (person["language"], employer.name, str(kind))
        workers.append(Worker(*who, hired, last_day, jobs))
    return workers, {Person: people, Employment: employments, PositionHeld: held}


def _manager(number, first_key):
    """The head of one's line; heads answer to the first of all, who answers to nobody."""
    head = number - number % LINE if number % LINE else 0
    return first_key + head if number else None


def _person(chance, number, first_key):
    row = empty(Person) | {
        "id": first_key + number,
        "uuid": random_uuid(chance),
        "number": f"S{number:06}",
        "first_name": chance.choice(FIRST),
        "last_name": f"{chance.choice(LAST)} {chance.choice(LAST)}",
        # Nobody signs in.
        "password": "!",
        "email": f"s{number:06}@synthetic.example" if chance.random() < 0.6 else "",
        "language": chance.choice(["en", "es"]),
    }
    row["search_key"] = names.search_key(Person(**row))
    return row


def _jobs(chance, frame, hired, until):
    jobs = [(hired, chance.choice(frame.positions), chance.choice(frame.facilities))]
    moved = hired + (until - hired) / 2
    if moved > hired and chance.random() < 0.33:
        jobs.append((moved, chance.choice(frame.positions), chance.choice(frame.facilities)))
    return jobs


def _row(model, chance, says, starts_on, ends_on):
    return empty(model) | {"uuid": random_uuid(chance), "starts_on": starts_on, "ends_on": ends_on} | says
