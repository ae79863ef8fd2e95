"""A quiz with a clock, a wait or a person who marks, as the pages of its course tell of it."""

import pytest
import time_machine
from django.urls import reverse

from quizzes.actions import void_attempt
from quizzes.models import Attempt, Quiz

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db

QUIZ = "/courses/seal-security/steps/quiz/"
BACK = {"url": "/courses/seal-security/", "label": "Back to the course"}
AGAIN = {"url": f"{QUIZ}attempt/", "label": "Try again", "method": "post", "also": BACK}


@pytest.fixture
def dock(client):
    who = factory.person("1")
    client.force_login(who)
    return who


def run_with(who, **rules):
    """A run that has come to a quiz with these rules."""
    page = factory.course()
    Quiz.objects.update(**rules)
    run = factory.start(who, factory.release(page))
    factory.read_lessons(run)
    return run


def step(client, at):
    with time_machine.travel(at, tick=False):
        return client.get(QUIZ)


def onward(client, attempt, at):
    with time_machine.travel(at, tick=False):
        return client.get(reverse("quizzes:result", args=[attempt.uuid])).context["onward"]


def test_the_page_before_a_quiz_tells_of_its_clock(client, dock):
    run_with(dock, time_limit=12)
    page = step(client, AT).content.decode()
    assert "<dt>Time limit</dt><dd>12 minutes</dd>" in page
    assert "The clock starts when you begin and does not stop when you leave." in page
    assert "There is no clock." not in page


@pytest.mark.parametrize(
    ("feedback", "sentence"),
    [
        ("each", "You can have each answer checked at once, and then see what is right and why."),
        ("submit", "After you hand it in you see each question again, with what is right and why."),
        ("pass", "Once you pass you see each question again, with what is right and why."),
    ],
)
def test_the_page_before_a_quiz_tells_when_right_answers_are_told(client, dock, feedback, sentence):
    run_with(dock, feedback=feedback)
    assert sentence in step(client, AT).content.decode()


def test_another_try_is_offered_when_the_wait_is_over(client, dock):
    run = run_with(dock, wait_minutes=60)
    attempt = factory.take_quiz(run, 0)
    early, late = AT + minutes(59), AT + minutes(60)
    response = step(client, early)
    assert (response.context["can_start"], response.context["attempts_left"]) == (False, 1)
    assert "The next attempt opens at 24 Nov 2026, 20:00." in response.content.decode()
    assert onward(client, attempt, early) == [BACK]
    assert step(client, late).context["can_start"]
    assert onward(client, attempt, late) == [AGAIN]


def test_a_voided_attempt_uses_up_nothing(client, dock):
    run = run_with(dock, attempts_allowed=1)
    attempt = factory.take_quiz(run, 0)
    assert onward(client, attempt, AT) == [BACK]
    void_attempt(attempt=attempt, by=dock, at=AT, reason="The tablet broke.")
    response = step(client, AT)
    assert [row["result"] for row in response.context["attempts"]] == ["does not count"]
    assert (response.context["attempts_left"], response.context["blocked"]) == (1, False)
    assert onward(client, attempt, AT) == [AGAIN]


def test_who_waits_for_a_mark_is_not_told_to_see_a_supervisor(client, dock):
    run = run_with(dock, attempts_allowed=1)
    attempt = factory.begin_quiz(run)
    Attempt.objects.update(state="submitted", submitted_at=AT)
    response = step(client, AT)
    assert "You have handed in. A person marks it." in response.content.decode()
    assert (response.context["blocked"], response.context["can_start"]) == (False, False)
    assert [(row["score"], row["result"]) for row in response.context["attempts"]] == [(None, "waits to be marked")]
    assert onward(client, attempt, AT) == [BACK]


def test_from_an_earlier_result_one_goes_on_with_the_attempt_under_way(client, dock):
    run = run_with(dock)
    attempt = factory.take_quiz(run, 0)
    factory.begin_quiz(run)
    assert onward(client, attempt, AT) == [AGAIN | {"label": "Go on with the quiz"}]
