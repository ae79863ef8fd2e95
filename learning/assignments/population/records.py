"""What the people of a synthetic company learnt: twelve completions each, with all that belongs to one."""

import datetime
import zoneinfo
from decimal import Decimal

from courses.models import Enrolment
from learning.people import codes, dates
from learning.records import canonical
from learning.records.completions import areas_of
from learning.records.models import LedgerEntry, RecordSubject, TrainingRecord, WaitingEntry
from learning.records.models.record import CODE_LENGTH

from .copying import copy, empty
from .people import random_uuid

EACH = 12
YEARS = 3
TABLES = (Enrolment, TrainingRecord, RecordSubject, LedgerEntry)


class Course:
    """What is the same of all records of an edition, by language."""

    def __init__(self, edition):
        self.edition = edition
        self.by_language = {language: self._says(language) for language in ("en", "es")}

    def _says(self, language):
        outline = self.edition.in_language(language)
        says = {
            "course_key": self.edition.course_key,
            "course": outline.title,
            "area": outline.area,
            "areas": areas_of(outline.criteria, outline.area),
            "topics": outline.topics,
            "criteria": outline.criteria,
            "language": outline.language,
            "minutes_nominal": outline.minutes,
            "pass_mark": outline.pass_mark,
            "check_kind": "none" if outline.pass_mark is None else "quiz",
        }
        return says, outline.valid_months


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

    def _add(self, model, says):
        row = self.like[model] | says
        if model in self.keys:
            row["id"] = self.keys[model]
            self.keys[model] += 1
        self.rows[model].append(row)
        return row

    def add(self, worker, course, day):
        """One completion: its run where this server saw it, its record, subject and ledger entry."""
        position, facility = worker.job(day)
        zone = zoneinfo.ZoneInfo(facility.time_zone)
        began = datetime.datetime.combine(day, datetime.time(self.chance.randrange(7, 16)), zone).astimezone(
            datetime.UTC
        )
        minutes = self.chance.randrange(20, 50)
        at = began + datetime.timedelta(minutes=minutes, seconds=self.chance.randrange(60))
        says, valid_months = course.by_language[worker.language]
        salt = f"{self.chance.getrandbits(256):064x}"
        record = (
            says
            | self._where(worker, position, facility)
            | {
                "uuid": random_uuid(self.chance),
                "code": "".join(self.chance.choices(codes.ALPHABET, k=CODE_LENGTH)),
                "person_id": worker.key,
                "person_uuid": worker.uuid,
                "commitment": canonical.commitment(salt=salt, **worker.subject),
                "began_at": began,
                "completed_at": at,
                "expires_on": valid_months and dates.add_months(day, valid_months),
                "minutes_active": minutes,
            }
        )
        if record["check_kind"] == "quiz":
            record["score"] = Decimal(self.chance.randrange(record["pass_mark"], 101)).quantize(Decimal("0.01"))
            record["attempts"] = self.chance.choice((1, 1, 1, 1, 2, 3))
        self._write(worker, course, record, salt)

    def _where(self, worker, position, facility):
        return {
            "position": position.title,
            "position_uuids": [str(position.uuid)],
            "sensitive": position.sensitive,
            "facility": facility.name,
            "facility_uuid": facility.uuid,
            "facility_zone": facility.time_zone,
            "employer": worker.employer,
            "employment_kind": worker.kind,
            "company": self.company.name,
            "company_uuid": self.company.uuid,
        }

    def _write(self, worker, course, record, salt):
        edition, at = course.edition, record["completed_at"]
        if at < edition.released_at:
            # From before there was this course: brought along from an older system.
            record |= {"method": "classroom", "source": "imported", "attribution": "import", "minutes_active": None}
            record["recorded_at"] = edition.released_at
        else:
            record |= {"method": "online", "source": "server_graded", "attribution": "password", "recorded_at": at}
            record |= {"edition_id": edition.pk, "edition_number": edition.number, "edition_hash": edition.hash}
            self._add(Enrolment, self._run(worker, edition, record))
        row = self._add(TrainingRecord, record)
        self._add(RecordSubject, {"record_id": row["id"], "salt": salt} | worker.subject)
        values = {name: row[name] for name in STATED}
        values |= {"edition_uuid": row["edition_id"] and edition.uuid, "corrects_uuid": None}
        data, name = canonical.stated(values), random_uuid(self.chance)
        body = canonical.body_of_texts(kind="record", entry=name, recorded_at=row["recorded_at"], data=data)
        says = {"uuid": name, "kind": "record", "schema_version": canonical.schema_of(data), "body": body}
        says |= {"leaf": canonical.leaf(body), "record_id": row["id"], "recorded_at": row["recorded_at"]}
        entry = self._add(LedgerEntry, says)
        self._add(WaitingEntry, {"entry_id": entry["id"]})

    def _run(self, worker, edition, record):
        return {
            "uuid": random_uuid(self.chance),
            "person_id": worker.key,
            "course_key": edition.course_key,
            "edition_id": edition.pk,
            "language": record["language"],
            "started_at": record["began_at"],
            "completed_at": record["completed_at"],
        }

    def write(self):
        for model, rows in self.rows.items():
            copy(model, rows)


STATED = canonical.stated_fields(TrainingRecord)
