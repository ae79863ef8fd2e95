"""What Gatehouse holds of people, as an import compares it: a few queries for many people, plain values."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Coalesce, Lower

from ..models import Employment, LeavePeriod, Person, PositionHeld
from .said import FACTS


@dataclass
class Dated:
    """A row as it stands; `recorded_at` tells later whether somebody changed it meanwhile."""

    pk: int
    starts_on: datetime.date
    ends_on: datetime.date | None
    recorded_at: str

    def runs(self, day):
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)

    def reaches(self, day):
        return self.ends_on is None or self.ends_on > day


@dataclass
class StandingEmployment(Dated):
    company: str
    employer: str
    kind: str
    # The key of the manager, or empty.
    manager: str


@dataclass
class StandingPosition(Dated):
    position: str
    facility: str


@dataclass
class StandingPerson:
    pk: int
    uuid: str
    number: str
    facts: dict
    merged: bool
    to_confirm: bool
    employments: list = field(default_factory=list)
    positions: list = field(default_factory=list)
    leaves: list = field(default_factory=list)

    @property
    def name(self):
        return f"{self.facts['first_name']} {self.facts['last_name']}".strip()


class Standing:
    """Reads people; knows which uuid belongs to which primary key of the few things they refer to."""

    def __init__(self, lookups):
        self._names = {column: lookups.pk_names(column) for column in ("company", "employer", "position", "facility")}

    def by_key(self, keys):
        """`{key: StandingPerson}` for staff numbers in small letters; a merged account among them is marked."""
        # The lower case of SQLite knows only ASCII: a number with an accent is found as it is written.
        found = Person.objects.annotate(key=Lower("number")).filter(Q(key__in=keys) | Q(number__in=keys))
        return {person.number.lower(): person for person in self._read(found)}

    def by_pk(self, pks):
        return {person.pk: person for person in self._read(Person.objects.filter(pk__in=pks))}

    def _read(self, people):
        columns = ("pk", "uuid", "number", "merged_into", "to_confirm", *FACTS)
        found = {}
        for pk, uuid, number, merged, to_confirm, *facts in people.order_by("pk").values_list(*columns):
            facts = dict(zip(FACTS, facts, strict=True))
            found[pk] = StandingPerson(pk, str(uuid), number, facts, merged is not None, to_confirm)
        if found:
            self._add_rows(found)
        return found.values()

    def _add_rows(self, found):
        dated = ("person", "pk", "starts_on", "ends_on", "recorded_at")
        manager = Lower(Coalesce("manager__merged_into__number", "manager__number"))
        rows = Employment.objects.filter(person__in=found).annotate(boss=manager)
        for person, pk, starts_on, ends_on, at, company, employer, kind, boss in rows.order_by(
            "starts_on", "pk"
        ).values_list(*dated, "company", "employer", "kind", "boss"):
            company, employer = self._names["company"][company], self._names["employer"][employer]
            row = StandingEmployment(pk, starts_on, ends_on, at.isoformat(), company, employer, kind, boss or "")
            found[person].employments.append(row)
        rows = PositionHeld.objects.filter(person__in=found).order_by("starts_on", "pk")
        for person, pk, starts_on, ends_on, at, position, facility in rows.values_list(*dated, "position", "facility"):
            position, facility = self._names["position"][position], self._names["facility"][facility]
            found[person].positions.append(StandingPosition(pk, starts_on, ends_on, at.isoformat(), position, facility))
        rows = LeavePeriod.objects.filter(person__in=found).order_by("starts_on", "pk")
        for person, pk, starts_on, ends_on, at in rows.values_list(*dated):
            found[person].leaves.append(Dated(pk, starts_on, ends_on, at.isoformat()))


def managers_on(day):
    """`{key: [keys of managers]}` of everybody on that local date."""
    found = defaultdict(list)
    manager = Lower(Coalesce("manager__merged_into__number", "manager__number"))
    rows = Employment.objects.on(day).filter(manager__isnull=False).annotate(who=Lower("person__number"), boss=manager)
    for who, boss in rows.values_list("who", "boss").iterator(chunk_size=5000):
        found[who].append(boss)
    return found
