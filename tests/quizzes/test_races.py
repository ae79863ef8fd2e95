"""A quiz in two tabs, in a hurry, on a bad line: one attempt, one grade, no answer lost."""

import uuid

import pytest

from quizzes import actions, blueprints
from quizzes.models import Attempt, QuestionVersion, Response
from quizzes.signals import attempt_graded
from tests.threads import together

from . import answers, factory
from .factory import AT
from .test_story_paths import story_path

pytestmark = pytest.mark.usefixtures("committed_database")


def starter(who, quiz):
    blueprint = blueprints.of(quiz)
    return lambda: actions.start_attempt(
        person=who, quiz_key=quiz.translation_key, context="run", blueprint=blueprint, language="en", at=AT
    )


def test_twenty_starts_with_one_attempt_left_begin_one():
    factory.questions(2)
    dock, quiz = factory.person("1"), factory.quiz(attempts_allowed=2)
    factory.take(dock, 0, quiz)
    outcomes = together(*[starter(dock, quiz)] * 20)
    assert outcomes == [Attempt.objects.get(number=2)] * 20
    assert Attempt.objects.count() == 2


def test_twenty_starts_with_no_attempt_left_begin_none():
    factory.questions(2)
    dock, quiz = factory.person("1"), factory.quiz(attempts_allowed=1)
    factory.take(dock, 0, quiz)
    outcomes = together(*[starter(dock, quiz)] * 20)
    assert {type(outcome) for outcome in outcomes} == {actions.NoAttemptsLeft}
    assert Attempt.objects.count() == 1


def test_ten_submits_give_one_grade_and_one_piece_of_news():
    news = []

    def hear(sender, attempt, at, **kwargs):
        news.append(attempt.pk)

    factory.questions(2)
    attempt = factory.begin(factory.person("1"))
    factory.answer(attempt, right=1)
    attempt_graded.connect(hear)
    try:
        outcomes = together(
            *[lambda: actions.submit_attempt(attempt=attempt, at=AT, attribution="password").points] * 10
        )
    finally:
        attempt_graded.disconnect(hear)
    assert outcomes == [1] * 10
    assert news == [attempt.pk]


def test_an_answer_given_while_handing_in_is_graded_or_refused_but_never_lost():
    factory.questions(1)
    attempt = factory.begin(factory.person("1"), factory.quiz(count=1))
    (right,) = factory.right_answers(attempt).values()

    def save():
        return actions.save_answer(attempt=attempt, item=0, answer=right, at=AT).pk

    def submit():
        return actions.submit_attempt(attempt=attempt, at=AT, attribution="password").points

    *saved, points, _points = together(save, save, save, submit, submit)
    kept = [outcome for outcome in saved if isinstance(outcome, int)]
    assert all(isinstance(outcome, int | actions.AttemptClosed) for outcome in saved)
    assert sorted(kept) == sorted(Response.objects.values_list("pk", flat=True))
    attempt.refresh_from_db()
    assert attempt.points == points == (1 if kept else 0)


def test_publishing_a_question_twice_at_the_same_moment_writes_one_version():
    made = factory.question()
    versions = together(*[lambda: factory.released(made).number] * 4)
    assert versions == [1] * 4
    assert QuestionVersion.objects.count() == 1


def test_of_ten_checks_of_one_question_one_stands():
    factory.questions(1)
    attempt = factory.begin(factory.person("1"), factory.quiz(count=1, feedback="each"))
    options = attempt.drawn[0]["options"]

    def check(place):
        given = options[place % 2 : place % 2 + 1]
        return lambda: (
            actions.save_answer(attempt=attempt, item=0, answer=given, at=AT, final=place < 10).answer,
            place < 10,
        )

    outcomes = together(*[check(place) for place in range(14)])
    (first,) = Response.objects.filter(final=True).values_list("answer", flat=True)
    assert [answer for answer, final in (row for row in outcomes if isinstance(row, tuple)) if final] == [first]
    assert {type(row) for row in outcomes} <= {tuple, actions.AnswerChecked}
    assert actions.answers(attempt) == {0: first}


def test_one_save_sent_ten_times_at_once_is_kept_once():
    factory.questions(1)
    attempt = factory.begin(factory.person("1"), factory.quiz(count=1))
    name, given = uuid.uuid4(), attempt.drawn[0]["options"][:1]
    outcomes = together(
        *[lambda: actions.save_answer(attempt=attempt, item=0, answer=given, at=AT, save_id=name).pk] * 10
    )
    assert outcomes == [Response.objects.get().pk] * 10


def test_the_sweep_the_page_and_the_button_end_an_attempt_once():
    news = []

    def hear(sender, attempt, at, **kwargs):
        news.append(attempt.pk)

    factory.questions(2)
    attempt = factory.begin(factory.person("1"), factory.quiz(time_limit=10))
    late = AT + factory.minutes(11)
    attempt_graded.connect(hear)
    try:
        states = together(
            *[lambda: actions.expire_attempt(attempt=attempt, at=late).state] * 4,
            *[lambda: actions.submit_attempt(attempt=attempt, at=late, attribution="password").state] * 4,
        )
        actions.expire_attempts(at=late)
    finally:
        attempt_graded.disconnect(hear)
    assert (states, news) == (["graded"] * 8, [attempt.pk])


def test_of_two_windows_that_choose_at_once_how_a_story_goes_on_one_is_first():
    version = factory.released(factory.question("What now?", "scenario", answers.RAW["scenario"]()))
    attempt = factory.begin(factory.person("1"), factory.quiz(count=1))

    def choose(word):
        answer = story_path(version.shown["en"], [word])
        return lambda: actions.save_answer(attempt=attempt, item=0, answer=answer, at=AT, grows=True)

    outcomes = together(*[choose("Call"), choose("Drive")] * 5)
    kept = Response.objects.get()
    # The same choice again finds the row; the other one is refused.
    assert {outcome if isinstance(outcome, Response) else type(outcome) for outcome in outcomes} <= {
        kept,
        actions.StepTaken,
    }
    assert sum(isinstance(outcome, actions.StepTaken) for outcome in outcomes) == 5
