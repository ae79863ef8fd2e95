"""How fast the ledger is written and checked, and that it holds at the full numbers. Run by hand, on an idle machine:

python -m pytest tests/benchmarks/ledger.py -s --database=postgresql     (or sqlite)
"""

import os
import random
import resource
import secrets
import time
import uuid
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from django.db import connection, connections

from learning.assignments.population import making
from learning.records import actions as records
from learning.records import canonical
from learning.records.ledger import actions
from learning.records.ledger.verification import verify
from learning.records.models import LedgerEntry, RecordSubject, TrainingRecord, WaitingEntry
from tests.records import factory
from tests.records.factory import AT
from tests.records.ledger import killing, spoiling
from tests.records.ledger.conftest import files  # noqa: F401 (autouse)
from tests.records.ledger.test_verification import ledger, says, spoil

ENTRIES = int(os.environ.get("ENTRIES", 200_000))
WAITING = 20_000
A_MILLION_WITHIN = 60
SPOILT = int(os.environ.get("SPOILT", 10_000))
KILLS = int(os.environ.get("KILLS", 500))
WRITERS, PROCESSES, EACH = 32, 4, 100
LEAST = {"postgresql": 500, "sqlite": 100}
BATCH = 2000


def tell(what, seconds, number=None):
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rate = f"{number / seconds:,.0f} a second" if number else ""
    print(f"{connection.vendor}: {what:46} {seconds:7.1f} s   {rate:18} {memory} MiB at most so far")


def _append(times):
    data = {"sha256": secrets.token_hex(32), "source": "Payroll", "people": 12}
    try:
        for _time in range(times):
            records.append_entry(kind="import", data=data, at=AT)
    finally:
        connections.close_all()


def _write(writers):
    connections.close_all()
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(_append, [EACH] * writers))


def test_appending(committed_database):
    _append(10)
    connections.close_all()
    began = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
        list(pool.map(_write, [WRITERS // PROCESSES] * PROCESSES))
    seconds = time.perf_counter() - began
    number = WaitingEntry.objects.count() - 10
    tell(f"{WRITERS} writers append", seconds, number)
    assert number == WRITERS * EACH
    assert number / seconds >= LEAST[connection.vendor]


def _many(number):
    """Records of one kind, with all that belongs to them."""
    like = factory.record(edition=factory.edition(), cause={"assignment": str(uuid.uuid4()), "requirement_version": 3})
    like.question_versions = [str(uuid.uuid4()) for _ in range(10)]
    kept = {field.attname: getattr(like, field.attname) for field in like._meta.concrete_fields if field.name != "id"}
    for start in range(0, number, BATCH):
        _batch(like, kept, min(BATCH, number - start))


def _batch(like, kept, number):
    """Without looking at the database for each: what was read of `like` is true of all."""
    rows, subjects, bodies = [], [], []
    for _row in range(number):
        subject = {"salt": secrets.token_hex(32), "number": "1", "first_name": "Ana", "last_name": "Ruiz", "email": ""}
        own = {"uuid": uuid.uuid4(), "code": secrets.token_hex(12), "commitment": canonical.commitment(**subject)}
        row = TrainingRecord(**kept | own)
        row.edition = like.edition
        rows.append(row)
        subjects.append(subject)
        bodies.append(canonical.record_data(row))
    TrainingRecord.objects.bulk_create(rows)
    RecordSubject.objects.bulk_create(
        RecordSubject(record=row, **subject) for row, subject in zip(rows, subjects, strict=True)
    )
    entries = [_entry(row, data) for row, data in zip(rows, bodies, strict=True)]
    LedgerEntry.objects.bulk_create(entries)
    WaitingEntry.objects.bulk_create(WaitingEntry(entry=entry) for entry in entries)


def _entry(row, data):
    name = uuid.uuid4()
    body = canonical.body(kind="record", entry=name, recorded_at=AT, data=data)
    schema, leaf = canonical.schema_of(data), canonical.leaf(body)
    return LedgerEntry(
        uuid=name, kind="record", schema_version=schema, body=body, leaf=leaf, record=row, recorded_at=AT
    )


def test_sequencing(committed_database):
    _many(WAITING)
    began = time.perf_counter()
    actions.sequence(at=AT)
    tell("sequenced", time.perf_counter() - began, WAITING)
    assert not WaitingEntry.objects.exists()


def test_verifying(committed_database):
    for number in range(1, 13):
        factory.edition(f"Course {number}", area=number)
    making.make(number=ENTRIES // 12, seed=1, at=AT)
    entries = LedgerEntry.objects.count()
    began = time.perf_counter()
    assert verify(at=AT, processes=min(4, os.cpu_count()))[1] == []
    seconds = time.perf_counter() - began
    tell("verified", seconds, entries)
    assert entries > ENTRIES // 12 * 12
    assert seconds <= A_MILLION_WITHIN * entries / 1_000_000


@pytest.mark.django_db
def test_spoiling(monkeypatch):
    ledger(monkeypatch)
    spoiling.take_guards_off()
    chance = random.Random(6)
    began = time.perf_counter()
    overlooked = []
    for seed in range(SPOILT):
        deed = chance.choice(spoiling.DEEDS)
        code, facts, findings = spoil(deed, seed)
        if not says(findings, code, facts):
            overlooked.append((deed.__name__, seed, code, facts, [str(finding) for finding in findings]))
    tell(f"{SPOILT:,} times spoilt", time.perf_counter() - began)
    assert overlooked == []


def test_kills(committed_database, tmp_path):
    released = factory.edition()
    began = time.perf_counter()
    with killing.errors(tmp_path) as said:
        killing.killed(KILLS, released, seed=6)
    tell(f"{KILLS} kills", time.perf_counter() - began)
    assert not said.exists(), said.read_text()
    assert killing.agreement() > KILLS
