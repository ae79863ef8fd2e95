"""Writes a planned import: all that can be made ready before is, and the transaction only puts it there."""

import datetime
import json
import secrets
import uuid
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Q
from wagtail.models import ModelLogEntry

from .. import names
from ..models import Company, Employer, Employment, Facility, LeavePeriod, Person, Position, PositionHeld
from ..remembering import as_version
from ..tables import Inserts, Moved, Updates, uuid_param
from .circles import circles
from .said import FACTS
from .standing import managers_on

DATED = {
    "employment": (Employment, ("person", "company", "employer", "manager")),
    "position": (PositionHeld, ("person", "position", "facility", "company")),
    "leave": (LeavePeriod, ("person",)),
}
DAYS = ("starts_on", "ends_on")
BATCH = 1000


class Writer:
    """`prepare` reads the planned lines, `write` runs inside the transaction and raises Moved where it must not."""

    def __init__(self, *, created, facilities, at, checked_at, today, by, about):
        self.at, self._today, self._by, self._about = at, today, by, about
        self._checked_at = checked_at
        self._created = created
        # The company of a position is that of its facility.
        self._company_at = facilities
        self._people = Inserts(Person)
        self._mails, self._facts = Updates(Person), Updates(Person)
        self._dated = {
            what: (Inserts(model, by_uuid), Updates(model, by_uuid), Inserts(model))
            for what, (model, by_uuid) in DATED.items()
        }
        self._log = Inserts(ModelLogEntry)
        self._log_type = ContentType.objects.get_for_model(Person)
        self._stay, self._gone = [], []
        self._keys, self._references = set(), {}
        self._changes_line = False

    def prepare(self, lines, each=None):
        batch = []
        for done, line in enumerate(lines, start=1):
            batch.append((line, json.loads(line.writes)))
            if len(batch) == BATCH:
                self._prepare(batch)
                batch = []
            if each and done % BATCH == 0:
                each(done)
        self._prepare(batch)

    def _prepare(self, batch):
        for line, writes in batch:
            self._keys.add(line.number.lower())
            if writes["pk"] is None:
                self._new(line, writes)
            else:
                self._stay.append(writes["pk"])
                self._change(line, writes)
            person = uuid_param(line.person_uuid)
            for what, values in writes["add"]:
                self._add(what, person, values)
        for what, (model, _by_uuid) in DATED.items():
            self._keep_versions(what, model, batch)
        self._change_facts(batch)

    def _new(self, line, writes):
        facts = dict.fromkeys(FACTS, "") | {"language": settings.LANGUAGE_CODE}
        facts |= {name: new for name, (_old, new) in writes["set"].items()}
        key = names.search_key(SimpleNamespace(number=line.number, **facts))
        # As `make_password(None)`, whose random part is slow.
        password = UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(20)
        self._people.add(number=line.number, uuid=line.person_uuid, password=password, search_key=key, **facts)

    def _change(self, line, writes):
        for what, pk, recorded_at, values in writes["change"]:
            self._changes_line = self._changes_line or what == "employment"
            self._update(what, pk, recorded_at, _days(self._with_company(what, values)) | {"recorded_at": self.at})
        for what, pk, recorded_at in writes["back"]:
            self._update(what, pk, recorded_at, {"superseded_at": self.at})
        if writes["gone"] and writes["gone"] <= self._today.isoformat():
            self._gone.append(writes["pk"])
        self._tell_log(line, writes["pk"])

    def _change_facts(self, batch):
        said = {writes["pk"]: writes["set"] for _line, writes in batch if writes["pk"] and writes["set"]}
        for person in Person.objects.filter(pk__in=said):
            new = {name: pair[1] for name, pair in said[person.pk].items()}
            old = {name: pair[0] for name, pair in said[person.pk].items()}
            if old.get("email"):
                # Two people may swap addresses: first nobody has them.
                self._mails.add(pk=person.pk, values={"email": ""}, expected={"email": old["email"]})
                old["email"] = ""
            for name, value in new.items():
                setattr(person, name, value)
            self._facts.add(pk=person.pk, values=new | {"search_key": names.search_key(person)}, expected=old)

    def _update(self, what, pk, recorded_at, values):
        known = datetime.datetime.fromisoformat(recorded_at)
        self._dated[what][1].add(pk=pk, values=values, expected={"recorded_at": known, "superseded_at": None})

    def _add(self, what, person, values):
        self._changes_line = self._changes_line or what == "employment"
        values = _days(self._with_company(what, values))
        for name in DATED[what][1][1:]:
            values[name] = values.get(name) and self._reference(values[name])
        self._dated[what][0].add(person=person, uuid=uuid.uuid4(), recorded_at=self.at, **values)

    def _reference(self, name):
        """A reference to one of the few things, or to a manager, of whom there are few as well."""
        if name not in self._references:
            self._references[name] = uuid_param(name)
        return self._references[name]

    def _with_company(self, what, values):
        values = dict(values)
        if what == "position" and "facility" in values:
            values["company"] = self._company_at[values["facility"]]
        if values.get("manager") == "":
            values["manager"] = None
        return values

    def _keep_versions(self, what, model, batch):
        """What changed rows say now stays as a version of them."""
        changed = [entry[1] for _line, writes in batch for entry in writes["change"] if entry[0] == what]
        if not changed:
            return
        inserts = self._dated[what][2]
        for row in model.objects.filter(pk__in=changed, recorded_at__lt=self.at).order_by("pk"):
            version = as_version(row, self.at)
            inserts.add(**{field.name: getattr(version, field.attname) for field in inserts.fields})

    def _tell_log(self, line, pk):
        self._log.add(
            content_type=self._log_type.pk,
            label=f"{line.name} · {line.number}",
            action="people.import",
            data={"changes": _by_field(line.changes), "reason": self._about},
            timestamp=self.at,
            uuid=uuid.uuid4(),
            user=self._by and self._by.pk,
            content_changed=True,
            object_id=str(pk),
        )

    def write(self):
        """All of it. Raises Moved, or IntegrityError, where Gatehouse is not what it was."""
        others = self._changes_line and self._others_changed()
        for column, thing, about in self._created:
            _create(column, thing, about)
        with connection.cursor() as cursor:
            self._mails.run(cursor)
            self._people.run(cursor)
            self._facts.run(cursor)
            for _inserts, updates, versions in self._dated.values():
                versions.run(cursor)
                updates.run(cursor)
            for inserts, _updates, _versions in self._dated.values():
                inserts.run(cursor)
            self._log.run(cursor)
        self._after_people()
        if others and any(self._keys.intersection(circle) for circle in circles(managers_on(self._today))):
            raise Moved

    def _others_changed(self):
        """Whether the managers' line may be another than the comparison saw: a deed takes less than a minute."""
        since = self._checked_at - datetime.timedelta(minutes=1)
        return Employment.ever.filter(Q(recorded_at__gt=since) | Q(superseded_at__gt=since)).exists()

    def _after_people(self):
        for start in range(0, len(self._stay), BATCH):
            stay = self._stay[start : start + BATCH]
            if Person.objects.filter(pk__in=stay, merged_into__isnull=True).count() != len(stay):
                raise Moved
        for start in range(0, len(self._gone), BATCH):
            gone = Person.objects.filter(pk__in=self._gone[start : start + BATCH])
            gone.update(session_generation=F("session_generation") + 1)


def _days(values):
    days = {name: datetime.date.fromisoformat(values[name]) for name in DAYS if values.get(name)}
    return values | days


def _by_field(changes):
    found = {}
    for column, old, new in changes:
        before, after = found.get(column, ("", ""))
        found[column] = ["; ".join(filter(None, (before, old))), "; ".join(filter(None, (after, new)))]
    return found


def _create(column, thing, about):
    if column == "position":
        Position.objects.create(uuid=thing.uuid, title=thing.label)
    elif column == "employer":
        Employer.objects.create(uuid=thing.uuid, name=thing.label, kind=thing.extra)
    else:
        Facility.objects.create(
            uuid=thing.uuid,
            code=thing.label,
            name=about["name"],
            company=Company.objects.get(uuid=thing.extra),
            country=about["country"],
            time_zone=about["time_zone"],
        )
