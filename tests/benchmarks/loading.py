"""How fast a synthetic company is made, ledger included. Run by hand, on an idle machine:

PEOPLE=100000 python -m pytest tests/benchmarks/loading.py -s --database=postgresql     (or sqlite)
"""

import os
import time

from django.db import connection

from learning.assignments.population import making
from learning.records.models import Checkpoint, TrainingRecord
from tests.records import factory
from tests.records.ledger.conftest import files  # noqa: F401 (autouse)

PEOPLE = int(os.environ.get("PEOPLE", 10_000))
# Of 100,000 people with 1.2 million records (DESIGN, section 6), on PostgreSQL.
WITHIN = 300 * PEOPLE / 100_000


def test_loading(committed_database):
    for number in range(1, 13):
        factory.edition(f"Course {number}", area=number)
    began, ended = time.perf_counter(), {}

    def tell(what, done, total):
        ended[what] = time.perf_counter() - began

    making.make(number=PEOPLE, seed=1, at=factory.AT, tell=tell)
    seconds = time.perf_counter() - began
    print(f"{connection.vendor}: {PEOPLE:,} people in {seconds:.1f} s; after each part {ended}")
    assert TrainingRecord.objects.count() == PEOPLE * 12 == Checkpoint.objects.order_by("-number").first().size - 1
    assert connection.vendor != "postgresql" or seconds <= WITHIN
