"""How long it takes to count an audience of 50,000 people. Run by hand, on an idle machine:

    python -m pytest tests/benchmarks/audiences.py -s --database=postgresql     (or sqlite)

Add `--explain` to read the plans.
"""

import sys
import time

import pytest
from django.db import connection

from learning.people.audiences import rules
from learning.people.models import Person

from . import population

pytestmark = pytest.mark.django_db

LIMIT = 0.3


def say(line):
    sys.stdout.write(f"{line}\n")


def kinds_of_rules(frame):
    positions = [str(row.uuid) for row in frame["positions"]]
    facilities = [str(row.uuid) for row in frame["facilities"]]
    employers = [str(row.uuid) for row in frame["employers"]]
    tags = [str(row.uuid) for row in frame["tags"]]
    some = {"and": [{"position": positions[:40]}, {"facility": facilities[:5]}]}
    return {
        "everybody": rules.EVERYBODY,
        "40 positions at 5 facilities": some,
        "every position but one": {"and": [{"position": positions[1:]}]},
        "a role in one country": {"and": [{"role": ["drivers", "security"]}, {"country": ["MX"]}]},
        "not sensitive": {"and": [{"sensitive": False}]},
        "kind of an employer": {"and": [{"kind": ["temporary", "contractor"]}, {"employer": employers[:3]}]},
        "hired within 90 days": {"and": [{"hired_within": 90}]},
        "two tags": {"and": [{"tag": tags[:2]}]},
        "not": {"and": [some["and"][0], {"not": {"tag": tags[:2]}}, {"not": {"hired_before": "2024-05-01"}}]},
        "or of kinds": {"or": [some, {"tag": tags[:1]}, {"and": [{"kind": ["partner"]}, {"sensitive": True}]}]},
        "mixed in one group": {
            "and": [{"facility": facilities[:9]}, {"or": [{"position": positions[:9]}, {"kind": ["temporary"]}]}]
        },
        "nested": {"and": [{"and": [{"sensitive": True}]}, {"and": [{"country": ["US"]}]}, {"not": {"or": [some]}}]},
        "100 conditions": {"or": [{"and": [{"position": [one]}, {"country": ["US"]}]} for one in positions[:50]]},
    }


def test_counting(request):
    began = time.perf_counter()
    frame = population.make()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    say(f"\n{connection.vendor}: {Person.objects.count()} people, made in {time.perf_counter() - began:.0f} s")
    slow = []
    for name, rule in kinds_of_rules(frame).items():
        rules.validate(rule)
        people = Person.objects.in_audience(rule, population.TODAY)
        people.count()
        took = []
        for _again in range(5):
            began = time.perf_counter()
            number = people.count()
            took.append(time.perf_counter() - began)
        say(f"{name:32} {number:6} people {min(took) * 1000:7.0f} ms")
        if min(took) > LIMIT:
            slow.append(name)
        if request.config.getoption("--explain"):
            say(people.explain())
    assert not slow
