"""How fast completions go out, beside the floors in the same run: COPY of the same SELECT, and Python's csv.

python -m pytest tests/benchmarks/exports.py -s --database=postgresql     (PEOPLE=100000 for the full number)

Each way runs in a process of its own, so that its peak of memory is its own.
"""

import csv
import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import psycopg
from django.db import connection, connections

from learning.assignments.population import making
from learning.records import export
from learning.records.models import TrainingRecord
from tests.records import factory
from tests.records.factory import AT, TODAY
from tests.records.ledger.conftest import files  # noqa: F401 (autouse)

PEOPLE = int(os.environ.get("PEOPLE", 2_000))
CSV_FLOORS, XLSX_FLOORS, MIB = 1.5, 2.5, 150


def _records(limit=None):
    found = TrainingRecord.objects.with_status(TODAY)
    return found.filter(pk__in=TrainingRecord.objects.order_by("pk").values("pk")[:limit]) if limit else found


def ours(path, file_format, limit=None):
    export.write(_records(limit), path, file_format=file_format)


def copy(path):
    """PostgreSQL's own way for the same SELECT, into a file."""
    sql, parameters = export.selected(_records()).query.sql_with_params()
    with connection.cursor() as cursor, open(path, "wb") as file:
        asked = psycopg.ClientCursor(connection.connection).mogrify(sql, parameters)
        with cursor.copy(f"COPY ({asked}) TO STDOUT (FORMAT csv, HEADER)") as pieces:
            file.writelines(bytes(piece) for piece in pieces)


def python(path, limit=None):
    """The same rows by csv.writer, without making cells inert."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(export.rows(_records(limit)))


def _alone(do, *arguments):
    """Seconds, and MiB at most beyond what the process had before; in a process of its own."""
    connections.close_all()
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        return pool.submit(_measured, do, *arguments).result()


def _measured(do, *arguments):
    connections.close_all()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    do(*arguments)
    seconds = time.perf_counter() - began
    connections.close_all()
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def tell(what, rows, measured):
    seconds, memory = measured
    print(f"{what:34} {rows / seconds:10,.0f} rows/s {seconds:7.1f} s {memory:6.0f} MiB more")
    return measured


def test_exports(committed_database, tmp_path):
    for number in range(1, 13):
        factory.edition(f"Course {number}", area=number)
    making.make(number=PEOPLE, seed=1, at=AT, tell=lambda what, done, total: None)
    records = TrainingRecord.objects.count()
    few = min(records, 100_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"\n{connection.vendor}, {records:,} records")
    floor = tell("floor: csv.writer of the same rows", records, _alone(python, tmp_path / "floor.csv"))
    if connection.vendor == "postgresql":
        floor = tell("floor: COPY of the same SELECT", records, _alone(copy, tmp_path / "copy.csv"))
    made = tell("CSV", records, _alone(ours, tmp_path / "ours.csv", "csv"))
    small = tell(f"floor: csv of {few:,}", few, _alone(python, tmp_path / "small.csv", few))
    book = tell(f"XLSX of {few:,}", few, _alone(ours, tmp_path / "ours.xlsx", "xlsx", few))
    with open(tmp_path / "ours.csv", encoding="utf-8", newline="") as file:
        rows = sum(1 for _row in csv.reader(file)) - 1
    ratios = made[0] / floor[0], book[0] / small[0]
    print(f"CSV {ratios[0]:.2f} floors (budget {CSV_FLOORS}), XLSX {ratios[1]:.2f} floors (budget {XLSX_FLOORS})")
    assert rows == records
    assert max(made[1], book[1]) < MIB
    assert ratios[0] <= CSV_FLOORS
    assert ratios[1] <= XLSX_FLOORS
