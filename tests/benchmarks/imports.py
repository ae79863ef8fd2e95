"""How long it takes to import 50,000 people, and how long the others wait. Run by hand, on an idle machine:

python -m pytest tests/benchmarks/imports.py -s --database=postgresql     (or sqlite)
"""

import resource
import time
import uuid

import pytest
from django.db import connection

from learning.assignments.actions import set_requirement
from learning.assignments.models import Assignment
from learning.people.importing import unattended
from learning.people.importing.writing import Writer
from learning.people.models import Person
from tests.people import factory
from tests.people.factory import AT, TODAY, days

from . import payroll

PEOPLE = 50_000
LIMIT = 60
# The transaction that keeps other writers of SQLite waiting.
LOCK = 5


@pytest.fixture
def company(committed_database):
    factory.company()
    factory.employer()
    for code in payroll.PLACES:
        factory.facility(code)


def imported(path, at):
    with open(path, "rb") as file:
        return unattended.import_file(file=file, name="payroll.csv", at=at, create=("position",))


@pytest.fixture
def written(monkeypatch):
    """Seconds that each writing took."""
    took = []
    write = Writer.write

    def timed(writer):
        began = time.perf_counter()
        write(writer)
        took.append(time.perf_counter() - began)

    monkeypatch.setattr(Writer, "write", timed)
    return took


def _tell(what, seconds, busy=None):
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    own = f"({busy:.1f} s of our own work)" if busy else ""
    print(f"{what:40} {seconds:6.1f} s {own:28} {memory} MiB at most so far")


@pytest.mark.parametrize("requirements", [0, 12])
def test_importing(company, tmp_path, written, requirements):
    audience = factory.audience()
    for number in range(requirements):
        set_requirement(
            name=f"Course {number}",
            course_key=uuid.uuid4(),
            audience=audience,
            due_days=30,
            repeat_months=12,
            starts_on=TODAY - days(5),
            at=AT - days(1),
        )
    path = payroll.write(tmp_path / "payroll.csv", PEOPLE)
    print(f"\n{connection.vendor}, {PEOPLE:,} people, {requirements} requirements")
    began, busy = time.perf_counter(), time.process_time()
    imported(path, AT)
    first = time.perf_counter() - began
    _tell("everybody is new, with what they owe", first, time.process_time() - busy)
    _tell("of it in the transaction", written[0])
    assert (Person.objects.count(), Assignment.objects.count()) == (PEOPLE, PEOPLE * requirements)
    began = time.perf_counter()
    assert imported(path, AT + days(1)).counts["unchanged"] == PEOPLE
    _tell("again, nothing changed", time.perf_counter() - began)
    assert (first < LIMIT, written[0] < LOCK) == (True, True)
