"""The deed: a synthetic company, all or nothing, and then its ledger put in order and signed."""

import contextlib
import gc
import random
import uuid
import zoneinfo

from django.conf import settings
from django.db import connection, transaction

from courses.models import Edition
from learning.people.models import Company, Employment, Person, PositionHeld
from learning.records.ledger import actions as ledger
from learning.records.models import WaitingEntry

from . import parts, people, records
from .copying import next_key, reset_keys

# By this a synthetic company is known.
COMPANY_UUID = uuid.UUID("5b0c1d3e-6f0a-4f52-9d1b-7a1f52f0c2aa")
PIECE = 1000
# Batches of the sequencer between two signs of life.
SEQUENCED = 40


class Refused(Exception):
    """It cannot be made here; the message says why, in one line."""


def make(*, number, seed, at, tell=lambda what, done, total: None):
    """Make a company of `number` people as of that instant, the same for each seed and day.

    `tell` hears `(what, done, total)` now and then. Where it is there already, only its ledger is finished: returns
    whether people were added. Raises Refused, or Halted of the ledger.
    """
    if not settings.DEMO:
        raise Refused("A synthetic company needs demo mode; start with GATEHOUSE_MODE=demo and a home of its own.")
    added = not Company.objects.filter(uuid=COMPANY_UUID).exists()
    if added:
        _write(number, seed, at, tell)
    _sequence(at, tell)
    return added


@transaction.atomic
def _write(number, seed, at, tell):
    if Person.objects.exists():
        raise Refused("This database holds other people; a synthetic company needs one of its own.")
    courses = [parts.Course(edition) for edition in Edition.objects.current().outlines().order_by("course_key")]
    if not courses:
        raise Refused("The courses are missing; run load_starter_content first.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Foreign keys are checked piece by piece, rather than kept in memory until the end.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    chance, company = random.Random(seed), people.make_company(COMPANY_UUID)
    frame = people.Frame(company)
    today = at.astimezone(zoneinfo.ZoneInfo(company.time_zone)).date()
    first_key, keys = next_key(Person), {model: next_key(model) for model in records.TABLES}
    with _uncollected():
        for start in range(0, number, PIECE):
            numbers = range(start, min(start + PIECE, number))
            batch = records.Batch(chance, company, keys)
            for worker in people.hire(chance, frame, numbers, first_key=first_key, today=today):
                for course, day in records.runs(chance, worker, courses):
                    batch.add(worker, course, day)
            batch.write()
            tell("people", numbers.stop, number)
    reset_keys(Person, Employment, PositionHeld, *records.TABLES)


@contextlib.contextmanager
def _uncollected():
    """Rows make no cycles, and a collector that looks at all of them again and again takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _sequence(at, tell):
    """Give the entries their places and sign them, as the sequencer does."""
    total, done = WaitingEntry.objects.count(), 0
    _analyse()
    while WaitingEntry.objects.exists():
        done += ledger.sequence(at=at, batches=SEQUENCED, wait=True)
        _sweep()
        tell("ledger entries", min(done, total), total)
    _analyse()


def _analyse():
    """Tell the planner what there is; of tables that were filled in one transaction it knows nothing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _sweep():
    """Each look at the queue goes past all that was taken out of it, until it is swept."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (ANALYZE) {connection.ops.quote_name(WaitingEntry._meta.db_table)}")
