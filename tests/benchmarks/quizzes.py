"""Quizzes under load, on a real server (one process for each core), in ratios where a machine would decide:

python -m pytest tests/benchmarks/quizzes.py -s --database=postgresql
"""

import os
import time
import uuid

import pytest
from django.urls import reverse

from quizzes.models import Attempt, Response
from tests.content import factory as content
from tests.courses import factory as courses
from tests.quizzes import factory, saves
from tests.quizzes.serving import Visitor, at_once, server, session

from . import rates

CORES = os.cpu_count()
# Browsers at the same time.
CROWD = 50
STARTS, WITHIN = 500, 5
RATIO = 1.5
SAVES = 10_000
# 150 people on a core, each saving every ten seconds.
SAVES_A_SECOND = 15 * CORES


@pytest.fixture
def served(committed_database, tmp_path):
    return lambda: server(committed_database, tmp_path / "web.log", workers=CORES)


def told(what, figure, budget):
    print(f"\n{what:50} {figure:>14} (budget {budget})", end="")


def test_five_hundred_starts(served):
    edition = courses.released_course(lessons=())
    people = [courses.person(f"p{number}") for number in range(STARTS)]
    for who in people:
        courses.start(who, edition)
    cookies = [session(who) for who in people]
    address = reverse("courses:attempt", args=["seal-security", "quiz"])
    with served() as site:
        Visitor(site.port, cookies[0]).get("/me/")
        began = time.perf_counter()
        outcomes = at_once([lambda c=cookie: Visitor(site.port, c).post(address) for cookie in cookies], CROWD)
        seconds = time.perf_counter() - began
    told(f"{STARTS} starts", f"{seconds:.1f} s", f"{WITHIN} s")
    assert [body for status, _headers, body in outcomes if status != 302] == []
    assert Attempt.objects.filter(state="in_progress").count() == STARTS
    assert seconds < WITHIN


def test_the_attempt_page_beside_a_bare_page_of_wagtail(served):
    guide = content.guide()
    factory.questions(10)
    quiz = factory.quiz(count=10)
    attempts = [factory.begin(factory.person(f"p{number}"), quiz) for number in range(4 * CORES)]
    with served() as site:
        visitors = {Visitor(site.port, session(attempt.person)): attempt for attempt in attempts}
        bare = dict.fromkeys(visitors, guide.url)
        asked = {visitor: reverse("quizzes:attempt", args=[attempt.uuid]) for visitor, attempt in visitors.items()}
        ratio, pages, floors = rates.ratio(list(visitors), asked, bare)
    told("attempt page, requests/s", pages, "-")
    told("a bare page of Wagtail, requests/s", floors, "-")
    told("attempt page in floors", f"{ratio:.2f}", RATIO)
    assert ratio >= RATIO


def test_saves(served):
    factory.questions(10)
    quiz = factory.quiz(count=10)
    attempts = [factory.begin(factory.person(f"p{number}"), quiz) for number in range(4 * CORES)]
    each = 2_000 // len(attempts)

    def save(site, attempt):
        visitor = Visitor(site.port, session(attempt.person))
        path = reverse("quizzes:save", args=[attempt.uuid, 1])
        return [
            visitor.post(path, {"answer": attempt.drawn[0]["options"][0], "save_id": uuid.uuid4()}, **saves.JSON)[0]
            for _save in range(each)
        ]

    with served() as site:
        began = time.perf_counter()
        answers = at_once([lambda attempt=attempt: save(site, attempt) for attempt in attempts])
        seconds = time.perf_counter() - began
    assert {status for lane in answers for status in lane} == {200}
    assert Response.objects.count() == each * len(attempts)
    told("saves/s", f"{each * len(attempts) / seconds:.0f}", SAVES_A_SECOND)
    assert each * len(attempts) / seconds >= SAVES_A_SECOND


def test_a_server_killed_during_ten_thousand_saves(served):
    factory.questions(1)
    with served() as site:
        savers = saves.until_killed(site, SAVES, people=4 * CORES)
    kept = sum(len(saver.kept) for saver in savers)
    assert [body for saver in savers for body in saver.refused] == []
    assert kept >= SAVES
    told("acknowledged saves that a killed server lost", f"{len(saves.lost(savers))} of {kept}", 0)
    assert saves.lost(savers) == set()
