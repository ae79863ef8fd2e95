"""What the people of a synthetic company learnt: twelve completions each, with all that belongs to one."""

import datetime
import zoneinfo
from decimal import Decimal

from courses.models import Enrolment
from learning.people import codes, dates
from learning.records import canonical
from learning.records.models import LedgerEntry, RecordSubject, TrainingRecord, WaitingEntry
from learning.records.models.record import CODE_LENGTH

from .copying import copy, empty
from .parts import Part, place
from .people import random_uuid

EACH = 12
YEARS = 3
TABLES = (Enrolment, TrainingRecord, RecordSubject, LedgerEntry)


def runs(chance, worker, courses):
    """`(course, day)` of each completion: who is new took each course once, others fewer courses, every year."""
    tenure = (worker.last_day - worker.hired).days
    years = min(YEARS, max(1, tenure // 365))
    for course in chance.sample(courses, min(EACH // years, len(courses))):
        last = worker.last_day - datetime.timedelta(days=chance.randrange(max(1, min(420, tenure))))
        for year in range(years):
            yield course, max(worker.hired, last - datetime.timedelta(days=year * 365 + chance.randrange(20)))


class Batch:
    """Rows of some people, collected and then written at once. Keys are given here, from `keys` on, by table."""

    def __init__(self, chance, company, keys):
        self.chance, self.company, self.keys = chance, company, keys
        self.rows = {model: [] for model in (*TABLES, WaitingEntry)}
        self.like = {model: empty(model) for model in self.rows}
        self.places = {}

    def _add(self, model, says):
        row = self.like[model] | says
        if model in self.keys:
            row["id"] = self.keys[model]
            self.keys[model] += 1
        self.rows[model].append(row)
        return row

    def add(self, worker, course, day):
        """One completion: its run where this server saw it, its record, subject and ledger entry."""
        chance, (position, facility) = self.chance, worker.job(day)
        zone = zoneinfo.ZoneInfo(facility.time_zone)
        began = datetime.datetime.combine(day, datetime.time(chance.randrange(7, 16)), zone).astimezone(datetime.UTC)
        minutes = chance.randrange(20, 50)
        at = began + datetime.timedelta(minutes=minutes, seconds=chance.randrange(60))
        here = at >= course.edition.released_at
        about = (course.taken_here if here else course.brought_along)[worker.language]
        valid_months = course.valid_months[worker.language]
        salt = f"{chance.getrandbits(256):064x}"
        says = {
            "uuid": random_uuid(chance),
            "code": "".join(chance.choices(codes.ALPHABET, k=CODE_LENGTH)),
            "commitment": canonical.commitment(salt=salt, **worker.subject),
            "began_at": began,
            "completed_at": at,
            "recorded_at": max(at, course.edition.released_at),
            "expires_on": valid_months and dates.add_months(day, valid_months),
        }
        if about.says["check_kind"] == "quiz":
            says["score"] = Decimal(f"{chance.randrange(about.says['pass_mark'], 101)}.00")
            says["attempts"] = chance.choice((1, 1, 1, 1, 2, 3))
        if here:
            says["minutes_active"] = minutes
            self._add(Enrolment, self._run(worker, course.edition, says))
        self._write(about | self._place(worker, position, facility) | Part.of(says), worker, salt)

    def _place(self, worker, position, facility):
        key = worker.key, position.pk, facility.pk
        if key not in self.places:
            self.places[key] = place(worker, position, facility, self.company)
        return self.places[key]

    def _write(self, whole, worker, salt):
        """The record, and what goes with every one."""
        row = self._add(TrainingRecord, whole.says)
        self._add(RecordSubject, {"record_id": row["id"], "salt": salt} | worker.subject)
        name, at = random_uuid(self.chance), row["recorded_at"]
        body = canonical.body_of_pieces(kind="record", entry=name, recorded_at=at, pieces=whole.pieces)
        says = {"uuid": name, "kind": "record", "schema_version": canonical.schema_of(whole.pieces), "body": body}
        says |= {"leaf": canonical.leaf(body), "record_id": row["id"], "recorded_at": at}
        entry = self._add(LedgerEntry, says)
        self._add(WaitingEntry, {"entry_id": entry["id"]})

    def _run(self, worker, edition, says):
        return {
            "uuid": random_uuid(self.chance),
            "person_id": worker.key,
            "course_key": edition.course_key,
            "edition_id": edition.pk,
            "language": worker.language,
            "started_at": says["began_at"],
            "completed_at": says["completed_at"],
        }

    def write(self):
        for model, rows in self.rows.items():
            copy(model, rows)
