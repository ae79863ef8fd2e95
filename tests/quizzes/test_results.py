"""What is told, when, and in which words: after each question, after handing in, after passing."""

import re
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from content.models import Objective
from quizzes import actions, blueprints, standing
from quizzes.models import Attempt, Mark, Response
from tests.content import factory as content

from . import answers, factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db

TELL = re.compile("Reason of [^<]+")


@pytest.fixture
def dock(client):
    who = factory.person("1", first_name="Daniel")
    client.force_login(who)
    return who


def address(attempt, name, **kwargs):
    return reverse(f"quizzes:{name}", kwargs={"uuid": attempt.uuid} | kwargs)


def text(client, attempt, name="result", at=None):
    with time_machine.travel(at or AT, tick=False):
        return client.get(address(attempt, name)).content.decode()


def words(page):
    """The head of a result, as one reads it."""
    head = re.split('<div class="(?:btn-bar|boom|shell page)|</main>', page.split('<div class="wall">')[1])[0]
    return " ".join(re.sub("<[^>]+>", " ", head).split())


# After each question


@pytest.fixture
def each(dock):
    factory.questions(2)
    return factory.begin(dock, factory.quiz(feedback="each", attempts_allowed=2))


def check(client, attempt, number, *given):
    return client.post(address(attempt, "save", number=number), {"answer": given, "check": str(number)})


def test_a_checked_answer_is_told_and_stays(client, each):
    right = factory.right_answers(each)[0]
    wrong = [option for option in each.drawn[0]["options"] if option not in right]
    there = address(each, "attempt") + "?question=1"
    client.post(address(each, "save", number=1), {"answer": right})
    assert TELL.findall(client.get(there).content.decode()) == []
    assert check(client, each, 1, *wrong).headers["Location"] == there
    page = client.get(there).content.decode()
    assert TELL.findall(page) == ["Reason of The strap marked I", "Reason of The bolt marked H"]
    assert "Not right" in page
    assert "<fieldset" not in page
    assert "Go to question 2" in page

    for data in ({"answer": right}, {"answer": right, "check": "1"}, {"clear": "1"}):
        response = client.post(address(each, "save", number=1), data)
        said = [str(message) for message in client.get(response.headers["Location"]).context["messages"]]
        assert said == ["That answer was checked already and no longer changes."]
    assert actions.answers(each) == {0: wrong}
    # The other question has told nothing.
    assert TELL.findall(client.get(address(each, "attempt") + "?question=2").content.decode()) == []


def test_an_answer_that_was_late_for_the_check_counts_for_nothing(each):
    first, second = each.drawn[0]["options"]
    actions.save_answer(attempt=each, item=0, answer=[first], at=AT, final=True)
    # It had passed the check for the lock before the other was written.
    Response.objects.create(attempt=each, item=0, answer=[second], saved_at=AT)
    assert actions.answers(each) == {0: [first]}
    assert actions.checked(each) == {0}


def test_what_was_not_checked_is_graded_and_told_in_the_end(client, each):
    right = factory.right_answers(each)
    check(client, each, 1, *right[0])
    client.post(address(each, "save", number=2), {"answer": right[1]})
    assert "What you have not checked can still be changed." in text(client, each, "review")
    assert [row["checked"] for row in client.get(address(each, "review")).context["overview"]] == [True, False]
    client.post(address(each, "submit"))
    page = text(client, each)
    assert len(TELL.findall(page)) == 4
    assert words(page) == "Seal security quiz · attempt 1 of 2 You passed, Daniel"


def test_nothing_is_checked_in_a_quiz_that_tells_later(client, dock):
    factory.questions(1)
    attempt = factory.begin(dock, factory.quiz(count=1))
    check(client, attempt, 1, attempt.drawn[0]["options"][0])
    assert list(Response.objects.values_list("final", flat=True)) == [False]
    assert TELL.findall(client.get(address(attempt, "attempt") + "?question=1").content.decode()) == []


# After passing


def test_right_answers_are_told_after_a_pass_and_of_earlier_attempts_too(client, dock):
    factory.questions(2)
    quiz = factory.quiz(feedback="pass", attempts_allowed=3)
    failed = factory.take(dock, 1, quiz)
    page = text(client, failed)
    assert TELL.findall(page) == []
    assert "Right answers are told after a pass, or when no attempt is left. Until then you see your score." in page
    assert words(page) == (
        "Seal security quiz · attempt 1 of 3 1 of 2. You need 2."
        " You can try again now; 2 attempts are left. Read the lessons again first."
    )
    passed = factory.take(dock, 2, quiz)
    assert len(TELL.findall(text(client, passed))) == 4
    page = text(client, failed)
    assert len(TELL.findall(page)) == 4
    assert "You passed in another attempt." in words(page)


def test_right_answers_are_told_when_no_attempt_is_left(client, dock):
    factory.questions(2)
    quiz = factory.quiz(feedback="pass", attempts_allowed=2)
    first = factory.take(dock, 0, quiz)
    last = factory.begin(dock, quiz)
    # The last one is under way: what is right would help it.
    page = text(client, first)
    assert TELL.findall(page) == []
    assert "You have begun another attempt since." in words(page)
    actions.submit_attempt(attempt=last, at=AT, attribution="password")
    assert len(TELL.findall(text(client, first))) == 4
    assert len(TELL.findall(text(client, last))) == 4


# What is missing


def objective_question(code, sentence):
    objective = Objective.objects.create(
        code=code, text=sentence, criterion=content.criterion("6.2"), locale=factory._locale("en")
    )
    return objective, factory.released(factory.question(f"About {code}?", objective=objective))


def test_a_result_says_what_beside_the_score_is_missing(client, dock):
    objective, version = objective_question("fit", "Fit a seal so that it holds")
    factory.questions(9, factory.bank("Other"))
    draws = [
        {"bank": "", "count": 1, "pool": [str(version.uuid)], "must_pass": True},
        *blueprints.of(factory.quiz("Nine", factory.bank("Other"), count=9))["draws"],
    ]
    quiz = factory.quiz(shuffle=False)
    attempt = factory.begin(dock, quiz, draws=draws, minimums=[{"objective": "fit", "percent": 50}])
    for item, key in factory.right_answers(attempt).items():
        if item:
            actions.save_answer(attempt=attempt, item=item, answer=key, at=AT)
    actions.submit_attempt(attempt=attempt, at=AT, attribution="password")
    assert words(text(client, attempt)) == (
        "Seal security quiz · attempt 1 of 3 9 of 10, but not passed. One question had to be right and was not."
        " “Fit a seal so that it holds”: 0 of 1 right. At least 50 % is needed there."
        " You can try again now; 2 attempts are left. Read first what went wrong."
    )


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("Call Ana at the gate.", "That was the last attempt. Call Ana at the gate."),
        (
            "",
            "That was the last attempt. Talk to your supervisor about the questions below."
            " HR can then open the course for you again. Not there yet.",
        ),
    ],
)
def test_the_last_fail_has_words_of_its_own(client, dock, last, expected):
    factory.questions(2)
    quiz = factory.quiz(attempts_allowed=2, fail_message="Not there yet.", last_fail_message=last)
    first = factory.take(dock, 0, quiz)
    assert words(text(client, first)).endswith("Read first what went wrong. Not there yet.")
    assert words(text(client, factory.take(dock, 0, quiz))).endswith(expected)


def test_a_wait_between_attempts_is_said_until_it_is_over(client, dock):
    factory.questions(2)
    attempt = factory.take(dock, 0, factory.quiz(wait_minutes=60))
    page = words(text(client, attempt, at=AT + minutes(59)))
    assert page.endswith(
        "You can try again from 24 Nov 2026, 20:00; 2 attempts are left. Read until then what went wrong."
    )
    page = words(text(client, attempt, at=AT + minutes(60)))
    assert page.endswith("You can try again now; 2 attempts are left. Read first what went wrong.")


def test_a_part_of_the_point_is_said(client, dock):
    version = factory.released(
        factory.question("Where?", "categorise", answers.RAW["categorise"]() | {"credit": "each"})
    )
    attempt = factory.begin(dock, factory.quiz(count=1))
    places = dict(version.key["right"]["places"])
    places.pop(next(iter(places)))
    actions.save_answer(attempt=attempt, item=0, answer=places, at=AT)
    actions.submit_attempt(attempt=attempt, at=AT, attribution="password")
    assert "Partly right: 0.66 of the point" in text(client, attempt)


# Not graded, or not counted


@pytest.fixture
def waiting(dock):
    """Handed in with a question that a person must mark: as it stands before any mark."""
    factory.questions(2)
    attempt = factory.begin(dock, factory.quiz(time_limit=10))
    Attempt.objects.filter(pk=attempt.pk).update(state="submitted", submitted_at=AT)
    attempt.refresh_from_db()
    return attempt


def test_what_waits_to_be_marked_says_so_and_tells_nothing(client, waiting):
    page = text(client, waiting)
    assert words(page) == (
        "Seal security quiz · attempt 1 of 3 Handed in. A person marks it."
        " You find the result here as soon as it is there."
    )
    assert TELL.findall(page) == []
    assert 'class="score"' not in page
    Attempt.objects.filter(pk=waiting.pk).update(state="expired", submitted_at=waiting.deadline)
    assert "Time was up. What you had saved by then was handed in." in words(text(client, waiting))


def test_a_voided_attempt_says_that_it_does_not_count(client, dock):
    factory.questions(2)
    attempt = factory.take(dock, 0)
    actions.void_attempt(attempt=attempt, by=dock, at=AT, reason="SECRET reason")
    page = text(client, attempt)
    assert words(page) == (
        "Seal security quiz · attempt 1 of 3 This attempt does not count"
        " It was taken out, and it uses up none of your attempts. HR can tell you why."
    )
    assert TELL.findall(page) == []
    assert "SECRET" not in page


def test_attempts_left_are_counted_without_voided_ones(client, dock):
    factory.questions(2)
    quiz = factory.quiz(attempts_allowed=2)
    first, second = factory.take(dock, 0, quiz), factory.take(dock, 0, quiz)
    with time_machine.travel(AT, tick=False):
        assert client.get(address(second, "result")).context["attempts_left"] == 0
        actions.void_attempt(attempt=first, by=dock, at=AT, reason="The tablet broke.")
        assert client.get(address(second, "result")).context["attempts_left"] == 1


def test_a_regrade_changes_what_is_told(client, dock):
    made = factory.question("Which?", "single_choice", answers.RAW["single_choice"]())
    wrong = factory.released(made)
    made.answer = [{"type": "single_choice", "id": made.answer[0].id, "value": answers.TURNED["single_choice"]()}]
    made.save()
    right = factory.released(made, AT + minutes(60))
    pool = [{"bank": "", "count": 1, "pool": [str(wrong.uuid)]}]
    attempt = factory.begin(dock, factory.quiz(count=1), draws=pool)
    actions.save_answer(attempt=attempt, item=0, answer=right.key["right"], at=AT)
    actions.submit_attempt(attempt=attempt, at=AT, attribution="password")
    with time_machine.travel(AT, tick=False):
        assert [row["number"] for row in client.get(address(attempt, "result")).context["again"]] == [1]
        actions.regrade(version=wrong, key_of=right, by=dock, at=AT + minutes(90), reason="Wrong key.")
        (row,) = client.get(address(attempt, "result")).context["right"]
    assert [(option["text"], option["right"]) for option in row["told"]] == [("Tug", True)]


# How one stands


class Try:
    """An attempt as far as standing looks."""

    def __init__(self, number, state="graded", passed=False, at=AT):
        self.number, self.passed, self.score, self.submitted_at = number, passed, Decimal(passed), at
        self.in_progress, self.graded, self.voided = state == "in_progress", state == "graded", state == "voided"
        self.waits_for_marks = state in ("submitted", "expired")


RULES = {"attempts_allowed": 2, "wait_minutes": 60, "counts": "best"}


@pytest.mark.parametrize(
    ("tries", "left", "opens_at", "used_up", "passed"),
    [
        ([], 2, None, False, False),
        ([Try(1)], 1, AT + minutes(60), False, False),
        ([Try(1), Try(2, "voided")], 1, AT + minutes(60), False, False),
        ([Try(1, at=AT - minutes(60))], 1, None, False, False),
        ([Try(1), Try(2, "in_progress", at=None)], 0, None, False, False),
        ([Try(1), Try(2, "submitted")], 0, None, False, False),
        ([Try(1), Try(2)], 0, None, True, False),
        ([Try(1, passed=True), Try(2)], 0, None, True, True),
    ],
)
def test_how_one_stands(tries, left, opens_at, used_up, passed):
    now = standing.of(tries, RULES, AT)
    assert (now.left, now.opens_at, now.used_up, now.passed) == (left, opens_at, used_up, passed)


def test_marks_of_a_result_are_read_once_for_each_question(client, dock):
    factory.questions(2)
    attempt = factory.take(dock, 1)
    mark = attempt.marks.get(item=1)
    Mark.objects.create(attempt=attempt, item=1, version=mark.version, credit=1, marked_at=AT, marked_by=dock)
    with time_machine.travel(AT, tick=False):
        context = client.get(address(attempt, "result")).context
    assert [row["number"] for row in context["right"]] == [1, 2]
