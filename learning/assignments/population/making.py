"""The deed: a synthetic company, all or nothing, with the ledger of its records."""

import contextlib
import gc
import random
import sys
import uuid
import zoneinfo

from django.conf import settings
from django.db import connection

from courses.models import Edition
from learning.people.ahead import ahead
from learning.people.models import Company, Employment, Person, PositionHeld
from learning.records.ledger import actions as ledger
from learning.records.models import LedgerEntry, LedgerPosition

from . import parts, people, records
from .copying import insertion, next_key, reset_keys

# By this a synthetic company is known.
COMPANY_UUID = uuid.UUID("5b0c1d3e-6f0a-4f52-9d1b-7a1f52f0c2aa")
PIECE = 500


class Refused(Exception):
    """It cannot be made here; the message says why, in one line."""


def make(*, number, seed, at, tell=lambda what, done, total: None):
    """Make a company of `number` people as of that instant, the same for each seed and day.

    `tell` hears `(what, done, total)` now and then. Returns whether people were added: none are where it is there
    already. Raises Refused, or Halted of the ledger.
    """
    if not settings.DEMO:
        raise Refused("A synthetic company needs demo mode; start with GATEHOUSE_MODE=demo and a home of its own.")
    if Company.objects.filter(uuid=COMPANY_UUID).exists():
        return False
    with ledger.bulk(at=at) as place:
        _write(number, seed, at, place, tell)
    _analyse()
    return True


def _write(number, seed, at, place, tell):
    if Person.objects.exists():
        raise Refused("This database holds other people; a synthetic company needs one of its own.")
    courses = [parts.Course(edition) for edition in Edition.objects.current().outlines().order_by("course_key")]
    if not courses:
        raise Refused("The courses are missing; run load_starter_content first.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Foreign keys are checked piece by piece, rather than kept in memory until the end.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    plan = _Plan(number, seed, courses, at)
    with _hurried():
        for done, insertions, entries in ahead(plan.pieces()):
            for insert in insertions:
                insert()
            insertion(LedgerPosition, place(entries))()
            tell("people", done, number)
    reset_keys(Person, Employment, PositionHeld, *records.TABLES)


class _Plan:
    """What is needed to make rows up without the database."""

    def __init__(self, number, seed, courses, at):
        self.number, self.chance, self.courses = number, random.Random(seed), courses
        self.company = people.make_company(COMPANY_UUID)
        self.frame = people.Frame(self.company)
        self.today = at.astimezone(zoneinfo.ZoneInfo(self.company.time_zone)).date()
        self.first_key = next_key(Person)
        self.keys = {model: next_key(model) for model in records.TABLES}

    def pieces(self):
        """`(people so far, insertions, [(entry id, leaf), …])`, some people at a time."""
        for start in range(0, self.number, PIECE):
            numbers = range(start, min(start + PIECE, self.number))
            workers, rows = people.hire(self.chance, self.frame, numbers, first_key=self.first_key, today=self.today)
            batch = records.Batch(self.chance, self.company, self.keys)
            for worker in workers:
                for course, day in records.runs(self.chance, worker, self.courses):
                    batch.add(worker, course, day)
            entries = [(entry["id"], entry["leaf"]) for entry in batch.rows[LedgerEntry]]
            yield numbers.stop, [insertion(*those) for those in (rows | batch.rows).items()], entries


@contextlib.contextmanager
def _hurried():
    """Rows make no cycles, and a collector that looks at all of them again and again takes a third of the time.

    The thread that hands pieces of a COPY to the database takes turns at once with the one that makes them: waiting
    the usual 5 ms for each took a tenth.
    """
    was, interval = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(0.0001)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        if was:
            gc.enable()


def _analyse():
    """Tell the planner what there is; of tables that were filled in one transaction it knows nothing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
