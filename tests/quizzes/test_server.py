"""A quiz on a real server, over real connections: crowds, and a server that is killed."""

import pytest
from django.urls import reverse

from learning.records.models import TrainingRecord
from quizzes.models import Attempt, Mark, Response
from tests.courses import factory as courses

from . import factory, saves
from .serving import Visitor, at_once, server, session

PERSON = "1"


@pytest.fixture
def served(committed_database, tmp_path):
    return lambda: server(committed_database, tmp_path / "web.log")


def path(name, *arguments):
    return reverse(name, args=arguments)


def errors(outcomes):
    return [(status, body[:200]) for status, _headers, body in outcomes if status >= 400]


def test_two_hundred_starts_with_one_attempt_left_begin_one_and_nobody_sees_an_error(served):
    edition = courses.released_course()
    who = courses.person(PERSON)
    run = courses.start(who, edition)
    courses.read_lessons(run)
    courses.take_quiz(run, 0)
    cookie = session(who)
    address = path("courses:attempt", "seal-security", "quiz")
    with served() as site:
        outcomes = at_once([lambda: Visitor(site.port, cookie).post(address)] * 200)
    assert errors(outcomes) == []
    attempt = Attempt.objects.get(number=2)
    assert Attempt.objects.count() == 2
    assert {(status, headers["Location"]) for status, headers, _body in outcomes} == {
        (302, path("quizzes:attempt", attempt.uuid))
    }


def test_fifty_submits_give_one_grade_one_completion_and_one_record(served):
    edition = courses.released_course()
    who = courses.person(PERSON)
    run = courses.start(who, edition)
    courses.read_lessons(run)
    attempt = courses.begin_quiz(run)
    factory.answer(attempt, right=2)
    cookie = session(who)
    with served() as site:
        outcomes = at_once([lambda: Visitor(site.port, cookie).post(path("quizzes:submit", attempt.uuid))] * 50)
    assert errors(outcomes) == []
    assert {headers["Location"] for _status, headers, _body in outcomes} == {path("quizzes:result", attempt.uuid)}
    attempt.refresh_from_db()
    assert (attempt.state, attempt.points, attempt.passed) == ("graded", 2, True)
    assert Mark.objects.count() == 2
    assert TrainingRecord.objects.count() == 1


def test_every_save_that_a_killed_server_had_acknowledged_is_there(served):
    factory.questions(1)
    with served() as site:
        savers = saves.until_killed(site, saves=400, people=8)
    assert [body for saver in savers for body in saver.refused] == []
    assert sum(len(saver.kept) for saver in savers) >= 400
    assert saves.lost(savers) == set()
    # At most the one save of each that got no answer is there beside them.
    assert 0 <= Response.objects.count() - sum(len(saver.kept) for saver in savers) <= 8
