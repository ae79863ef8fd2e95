"""Attempts: begun once, limited within their context, saved answer by answer, graded once."""

from decimal import Decimal

import pytest

from quizzes import actions, blueprints
from quizzes.models import Attempt, Response
from quizzes.signals import attempt_graded

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def dock():
    return factory.person("1")


@pytest.fixture
def heard():
    """(attempt, at) of every attempt that was graded."""
    news = []

    def hear(sender, attempt, at, **kwargs):
        news.append((attempt, at))

    attempt_graded.connect(hear)
    yield news
    attempt_graded.disconnect(hear)


def test_starting_twice_gives_the_same_attempt(dock):
    factory.questions(3)
    quiz = factory.quiz()
    first = factory.begin(dock, quiz)
    assert factory.begin(dock, quiz, at=AT + minutes(1)) == first
    assert Attempt.objects.count() == 1
    assert (first.number, first.state, first.started_at, first.max_points) == (1, "in_progress", AT, 2)


def test_what_was_drawn_is_pinned(dock):
    versions = factory.questions(5)
    attempt = factory.begin(dock, factory.quiz(count=3))
    drawn = [row["version"] for row in attempt.drawn]
    assert len(set(drawn)) == 3
    assert set(drawn) <= {str(version.uuid) for version in versions}
    for row in attempt.drawn:
        version = next(version for version in versions if str(version.uuid) == row["version"])
        assert sorted(row["options"]) == sorted(option["id"] for option in version.shown["en"]["options"])
    attempt.refresh_from_db()
    assert [row["version"] for row in attempt.drawn] == drawn


def test_without_shuffling_the_options_keep_their_order(dock):
    (version,) = factory.questions(1)
    attempt = factory.begin(dock, factory.quiz(count=1, shuffle_answers=False))
    assert attempt.drawn[0]["options"] == [option["id"] for option in version.shown["en"]["options"]]


def test_true_comes_before_false_however_often_it_is_shuffled(dock):
    factory.released(factory.true_false())
    quiz = factory.quiz(count=1)
    seen = [factory.begin(dock, quiz, context=str(place)).drawn[0]["options"] for place in range(10)]
    assert seen == [["true", "false"]] * 10


def test_the_pool_of_the_blueprint_counts_and_not_the_bank_of_today(dock):
    (version,) = factory.questions(1)
    quiz = factory.quiz(count=5)
    blueprint = blueprints.of(quiz)
    factory.question("Later?")
    factory.released(factory.question("Later still?"))
    attempt = factory.begin(dock, quiz, draws=blueprint["draws"])
    assert [row["version"] for row in attempt.drawn] == [str(version.uuid)]


def test_two_draws_from_one_bank_never_ask_the_same_question_twice(dock):
    versions = factory.questions(4)
    pool = [str(version.uuid) for version in versions]
    draws = [{"bank": "", "count": 2, "pool": pool}, {"bank": "", "count": 2, "pool": pool}]
    attempt = factory.begin(dock, draws=draws)
    assert sorted(row["version"] for row in attempt.drawn) == sorted(pool)


def test_an_attempt_keeps_the_rules_of_its_start(dock):
    factory.questions(2)
    quiz = factory.quiz(pass_mark=50)
    attempt = factory.begin(dock, quiz)
    quiz.pass_mark = 100
    quiz.save()
    factory.answer(attempt, right=1)
    graded = actions.submit_attempt(attempt=attempt, at=AT, attribution="password")
    assert (graded.score, graded.passed) == (Decimal("50.00"), True)


def test_a_quiz_without_questions_cannot_be_begun(dock):
    with pytest.raises(ValueError, match="no questions yet"):
        factory.begin(dock)


def test_the_limit_counts_within_person_quiz_and_context(dock):
    factory.questions(2)
    quiz = factory.quiz(attempts_allowed=2)
    assert [factory.take(dock, 0, quiz).number for _ in range(2)] == [1, 2]
    with pytest.raises(actions.NoAttemptsLeft):
        factory.begin(dock, quiz)
    assert factory.begin(dock, quiz, context="next year").number == 1
    assert factory.begin(dock, factory.quiz("Another quiz")).number == 1
    assert factory.begin(factory.person("2"), quiz).number == 1


def test_last_failed_are_the_attempts_after_which_there_is_no_other(dock):
    factory.questions(2)
    quiz = factory.quiz(attempts_allowed=2, pass_mark=100)
    first, second = factory.take(dock, 0, quiz), factory.take(dock, 1, quiz)
    factory.take(dock, 0, quiz, context="passed later")
    factory.take(dock, 2, quiz, context="passed later")
    factory.begin(dock, factory.quiz("Under way", attempts_allowed=1))
    assert first.passed is False
    assert list(Attempt.objects.last_failed()) == [second]


def test_the_last_answer_counts_and_the_others_stay(dock):
    factory.questions(2)
    attempt = factory.begin(dock)
    right = factory.right_answers(attempt)[0]
    wrong = [option for option in attempt.drawn[0]["options"] if option not in right]
    for given in (right, wrong, right, right):
        actions.save_answer(attempt=attempt, item=0, answer=given, at=AT)
    assert actions.answers(attempt) == {0: right}
    assert Response.objects.count() == 4


@pytest.mark.parametrize("item", [-1, 2, 99])
def test_an_answer_to_no_question_is_refused(dock, item):
    factory.questions(2)
    attempt = factory.begin(dock)
    with pytest.raises(IndexError):
        actions.save_answer(attempt=attempt, item=item, answer=["x"], at=AT)
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("right", "points", "score", "passed"),
    [(0, 0, "0.00", False), (2, 2, "66.66", False), (3, 3, "100.00", True)],
)
def test_grading(dock, heard, right, points, score, passed):
    factory.questions(3)
    quiz = factory.quiz(count=3, pass_mark=67)
    graded = factory.take(dock, right, quiz, at=AT + minutes(9))
    graded.refresh_from_db()
    assert (graded.state, graded.points, graded.score, graded.passed) == ("graded", points, Decimal(score), passed)
    assert (graded.submitted_at, graded.attribution) == (AT + minutes(9), "password")
    assert heard == [(graded, AT + minutes(9))]


def test_an_open_question_counts_as_wrong(dock):
    factory.questions(2)
    graded = actions.submit_attempt(attempt=factory.begin(dock), at=AT, attribution="password")
    assert (graded.points, graded.passed) == (0, False)


def test_submitting_twice_grades_once(dock, heard):
    factory.questions(2)
    attempt = factory.begin(dock)
    factory.answer(attempt, right=2)
    first = actions.submit_attempt(attempt=attempt, at=AT, attribution="password")
    again = actions.submit_attempt(attempt=attempt, at=AT + minutes(5), attribution="paper")
    assert (again.pk, again.submitted_at, again.attribution) == (first.pk, AT, "password")
    assert len(heard) == 1


def test_a_closed_attempt_takes_no_more_answers(dock):
    factory.questions(2)
    attempt = factory.begin(dock)
    factory.answer(attempt, right=0)
    actions.submit_attempt(attempt=attempt, at=AT, attribution="password")
    with pytest.raises(actions.AttemptClosed):
        actions.save_answer(attempt=attempt, item=0, answer=factory.right_answers(attempt)[0], at=AT)
    assert Response.objects.count() == 2


def test_when_a_listener_fails_nothing_is_graded(dock):
    def fail(sender, **kwargs):
        raise RuntimeError("the evidence could not be written")

    factory.questions(2)
    attempt = factory.begin(dock)
    attempt_graded.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            actions.submit_attempt(attempt=attempt, at=AT, attribution="password")
    finally:
        attempt_graded.disconnect(fail)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score) == ("in_progress", None)
