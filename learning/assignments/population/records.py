"""What the people of a synthetic company learnt: twelve completions each, with all that belongs to one."""

import datetime
import functools
import zoneinfo

from courses.models import Enrolment
from learning.people import codes, dates
from learning.records import canonical
from learning.records.models import LedgerEntry, RecordSubject, TrainingRecord
from learning.records.models.record import CODE_LENGTH

from .copying import empty
from .parts import Part, place
from .people import random_uuid

EACH = 12
YEARS = 3
# Looked up, as a million of each are needed.
_HOURS = [datetime.time(hour) for hour in range(7, 16)]
_SCORES = [f"{number}.00" for number in range(101)]
_SIGNS = (codes.ALPHABET * 8).encode()
TABLES = (Enrolment, TrainingRecord, RecordSubject, LedgerEntry)


def runs(chance, worker, courses):
    """`(course, day)` of each completion: who is new took each course once, others fewer courses, every year."""
    tenure = (worker.last_day - worker.hired).days
    years = min(YEARS, max(1, tenure // 365))
    for course in chance.sample(courses, min(EACH // years, len(courses))):
        last = worker.last_day - datetime.timedelta(days=chance.randrange(max(1, min(420, tenure))))
        for year in range(years):
            yield course, max(worker.hired, last - datetime.timedelta(days=year * 365 + chance.randrange(20)))


@functools.cache
def _later(day, months):
    return dates.add_months(day, months).isoformat()


class Batch:
    """Rows of some people, by table, collected to be written at once. Keys are given here, from `keys` on."""

    def __init__(self, chance, company, keys):
        self.chance, self.company, self.keys = chance, company, keys
        self.rows = {model: [] for model in TABLES}
        self.like = {model: empty(model) for model in self.rows}
        self.places = {}

    def _add(self, model, says):
        row = self.like[model] | says
        row["id"] = self.keys[model]
        self.keys[model] += 1
        self.rows[model].append(row)
        return row

    def add(self, worker, course, day):
        """One completion: its run where this server saw it, its record, subject and ledger entry."""
        chance, (position, facility) = self.chance, worker.job(day)
        zone = zoneinfo.ZoneInfo(facility.time_zone)
        began = datetime.datetime.combine(day, _HOURS[int(chance.random() * 9)], zone).astimezone(datetime.UTC)
        minutes = 20 + int(chance.random() * 30)
        at = began + datetime.timedelta(seconds=minutes * 60 + int(chance.random() * 60))
        here = at >= course.edition.released_at
        about = (course.taken_here if here else course.brought_along)[worker.language]
        valid_months = course.valid_months[worker.language]
        salt = f"{chance.getrandbits(256):064x}"
        # As texts, which both the table and the entry take as they are.
        completed = canonical.plain(at)
        says = {
            "uuid": random_uuid(chance),
            "code": chance.randbytes(CODE_LENGTH).translate(_SIGNS).decode(),
            "commitment": worker.commitment(salt),
            "began_at": canonical.plain(began),
            "completed_at": completed,
            "recorded_at": completed if here else course.released_at,
            "expires_on": valid_months and _later(day, valid_months),
        }
        if about.says["check_kind"] == "quiz":
            says["score"] = _SCORES[chance.randrange(about.says["pass_mark"], 101)]
            says["attempts"] = max(1, int(chance.random() * 6) - 2)
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
        self._add(LedgerEntry, says)

    def _run(self, worker, edition, says):
        return {
            "uuid": random_uuid(self.chance),
            "person_id": worker.key,
            "course_key": str(edition.course_key),
            "edition_id": edition.pk,
            "language": worker.language,
            "started_at": says["began_at"],
            "completed_at": says["completed_at"],
        }
