"""The rules of a quiz: what is drawn, how long, how often, what passes, and what people may change afterwards."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from content.models import Objective
from quizzes import actions, blueprints, grading
from quizzes.models import Attempt, Bank, ExtraTime, Mark, Quiz, Response
from quizzes.signals import attempt_graded
from tests.content import factory as content

from . import answers, factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def dock():
    return factory.person("1")


@pytest.fixture
def heard():
    news = []

    def hear(sender, attempt, at, **kwargs):
        news.append((attempt.pk, attempt.passed, at))

    attempt_graded.connect(hear)
    yield news
    attempt_graded.disconnect(hear)


def objective(code):
    criterion = content.criterion("6.2")
    return Objective.objects.create(code=code, text=code, criterion=criterion, locale=factory._locale("en"))


def drawn_keys(attempt):
    return {row["version"] for row in attempt.drawn}


def names(*versions):
    return {str(version.uuid) for version in versions}


def quiz_of(*draws, **fields):
    return Quiz.objects.create(title="Quiz", draws=list(draws), locale=factory._locale("en"), **fields)


def draw(bank, count, **more):
    return {"type": "draw", "value": {"bank": bank.pk, "count": count} | more}


def fixed(question, must_pass=False):
    return {"type": "fixed", "value": {"question": question.pk, "must_pass": must_pass}}


# What is drawn


def test_a_draw_takes_from_the_banks_below_too(dock):
    seals, vvtt = factory.bank("Seals"), Bank.objects.create(title="VVTT", parent=factory.bank("Seals"))
    versions = [*factory.questions(1, seals), factory.released(factory.question("Below?", where=vvtt))]
    factory.questions(3, factory.bank("Other"))
    assert drawn_keys(factory.begin(dock, quiz_of(draw(seals, 9)))) == names(*versions)
    assert drawn_keys(factory.begin(dock, quiz_of(draw(vvtt, 9)))) == names(versions[1])


def test_a_bank_is_never_part_of_itself():
    top = factory.bank("Top")
    below = Bank.objects.create(title="Below", parent=top)
    top.parent = below
    with pytest.raises(ValidationError, match="A bank cannot be part of itself or of a bank below it."):
        top.full_clean()


def test_some_of_a_kind_are_always_among_those_drawn(dock):
    factory.questions(9)
    scenario = factory.released(factory.true_false("Only one?"))
    quiz = quiz_of(draw(factory.bank(), 3, kind="true_false", of_kind=1))
    for place in range(5):
        attempt = factory.begin(dock, quiz, context=str(place))
        assert len(attempt.drawn) == 3
        assert names(scenario) < drawn_keys(attempt)


def test_a_draw_may_leave_out_what_a_person_marks(dock):
    versions = factory.questions(3)
    essay = factory.released(factory.question("Why?", "long_answer", answers.RAW["long_answer"]()))
    skill = factory.released(factory.question("Fit one.", "observed_skill", answers.RAW["observed_skill"]()))
    by_key = quiz_of(draw(factory.bank(), 9, by_key_only=True))
    one_essay = quiz_of(draw(factory.bank(), 9, by_key_only=True, kind="long_answer", of_kind=1))
    assert drawn_keys(factory.begin(dock, quiz_of(draw(factory.bank(), 9)))) == names(*versions, essay, skill)
    assert drawn_keys(factory.begin(dock, by_key)) == names(*versions)
    assert drawn_keys(factory.begin(dock, one_essay)) == names(*versions, essay)


def test_a_draw_may_keep_to_one_objective(dock):
    one, other = objective("one"), objective("other")
    version = factory.released(factory.question("One?", objective=one))
    factory.released(factory.question("Other?", objective=other))
    assert drawn_keys(factory.begin(dock, quiz_of(draw(factory.bank(), 5, objective=one.pk)))) == names(version)


def test_those_not_asked_yet_come_first(dock):
    versions = factory.questions(6)
    quiz = quiz_of(draw(factory.bank(), 2, unseen_first=True), attempts_allowed=9)
    seen = []
    for _time in range(3):
        seen.append(drawn_keys(factory.take(dock, 0, quiz)))
    assert set.union(*seen) == names(*versions)
    assert len(drawn_keys(factory.begin(dock, quiz))) == 2


def test_everybody_is_asked_a_fixed_question(dock):
    chosen = factory.question("Always?")
    version = factory.released(chosen)
    factory.questions(4, factory.bank("Other"))
    quiz = quiz_of(fixed(chosen), draw(factory.bank("Other"), 1))
    for place in range(3):
        assert names(version) < drawn_keys(factory.begin(dock, quiz, context=str(place)))


def test_a_quiz_that_says_nothing_new_is_the_same_blueprint_as_before():
    factory.questions(1)
    assert list(blueprints.of(factory.quiz())) == [*blueprints.RULES, "draws"]
    assert blueprints.of(factory.quiz("Other", time_limit=5, shuffle_answers=False))["time_limit"] == 5


def test_the_rules_of_an_old_blueprint_are_completed():
    factory.questions(1)
    old = blueprints.of(factory.quiz(shuffle=False, shuffle_answers=False))
    rules = blueprints.rules(old)
    assert (rules["counts"], rules["feedback"], rules["time_limit"], rules["grace"]) == ("best", "submit", None, 30)
    assert rules["shuffle_answers"] is False


def test_questions_and_answers_are_shuffled_apart(dock):
    (version,) = factory.questions(1)
    attempt = factory.begin(dock, factory.quiz(count=1, shuffle=True, shuffle_answers=False))
    assert attempt.drawn[0]["options"] == [option["id"] for option in version.shown["en"]["options"]]


# Time


@pytest.fixture
def timed(dock):
    factory.questions(2)
    return factory.begin(dock, factory.quiz(time_limit=10, grace=30))


def save(attempt, at, item=0):
    return actions.save_answer(attempt=attempt, item=item, answer=factory.right_answers(attempt)[item], at=at)


def test_an_answer_within_the_grace_is_kept_and_a_later_one_is_not(timed):
    assert timed.deadline == AT + minutes(10)
    save(timed, AT + minutes(10) + datetime.timedelta(seconds=30))
    with pytest.raises(actions.TooLate):
        save(timed, AT + minutes(10) + datetime.timedelta(seconds=31), item=1)
    assert list(actions.answers(timed)) == [0]


def test_extra_time_moves_the_deadline(dock):
    factory.questions(2)
    ExtraTime.objects.create(person=dock, percent=50, reason="Reading", given_by=dock, given_at=AT)
    assert factory.begin(dock, factory.quiz(time_limit=10)).deadline == AT + minutes(15)


def test_what_ran_out_of_time_is_graded_with_what_was_saved(timed, heard):
    save(timed, AT)
    assert actions.expire_attempts(at=AT + minutes(10)) == 0
    assert actions.expire_attempts(at=AT + minutes(11)) == 1
    assert actions.expire_attempts(at=AT + minutes(12)) == 0
    timed.refresh_from_db()
    assert (timed.state, timed.points, timed.score) == ("graded", 1, Decimal("50.00"))
    assert timed.submitted_at == timed.deadline
    assert heard == [(timed.pk, False, timed.deadline)]


def test_without_a_limit_nothing_runs_out(dock):
    factory.questions(2)
    factory.begin(dock)
    assert actions.expire_attempts(at=AT + datetime.timedelta(days=900)) == 0


def test_the_next_attempt_may_have_to_wait(dock):
    factory.questions(2)
    quiz = factory.quiz(wait_minutes=60, attempts_allowed=2)
    factory.take(dock, 0, quiz)
    with pytest.raises(actions.TooSoon) as refused:
        factory.begin(dock, quiz, at=AT + minutes(59))
    assert refused.value.until == AT + minutes(60)
    assert factory.begin(dock, quiz, at=AT + minutes(60)).number == 2


# Answers


def test_taking_an_answer_back_leaves_the_question_open(dock):
    factory.questions(2)
    attempt = factory.begin(dock)
    save(attempt, AT)
    actions.save_answer(attempt=attempt, item=0, answer=None, at=AT)
    assert actions.answers(attempt) == {}
    assert Response.objects.count() == 2


# What passes


def test_a_question_that_must_be_right_decides(dock):
    chosen = factory.question("Always?")
    factory.released(chosen)
    factory.questions(9, factory.bank("Other"))
    quiz = quiz_of(fixed(chosen, must_pass=True), draw(factory.bank("Other"), 9), pass_mark=80, shuffle=False)
    attempt = factory.begin(dock, quiz)
    for item, key in factory.right_answers(attempt).items():
        if item:
            actions.save_answer(attempt=attempt, item=item, answer=key, at=AT)
    graded = actions.submit_attempt(attempt=attempt, at=AT, attribution="password")
    assert (graded.score, graded.passed, graded.shortfalls) == (Decimal("90.00"), False, [{"item": 0}])
    assert factory.take(dock, 10, quiz).passed is True


def test_an_objective_may_have_a_least_share():
    rows = [
        {"credit": Decimal(1), "objective": "a", "must_pass": False},
        {"credit": Decimal("0.5"), "objective": "b", "must_pass": False},
        {"credit": Decimal(0), "objective": "b", "must_pass": False},
    ]
    half = {"objective": "b", "percent": 50}
    assert grading.shortfalls(rows, [half]) == [half | {"points": "0.5", "max_points": 2}]
    assert grading.shortfalls(rows, [{"objective": "b", "percent": 25}, {"objective": "c", "percent": 100}]) == []


@pytest.mark.parametrize(("rule", "number"), [("best", 2), ("last", 3), ("first", 1)])
def test_which_attempt_counts(dock, rule, number):
    factory.questions(4)
    quiz = factory.quiz(count=4, counts=rule, pass_mark=50)
    taken = [factory.take(dock, right, quiz) for right in (1, 3, 2)]
    assert Attempt.objects.counting(taken[0]).number == number


# By hand, again, and not at all


def test_every_answer_gets_a_mark(dock):
    factory.questions(2)
    attempt = factory.take(dock, 1)
    marks = Mark.objects.standing([attempt.pk])[attempt.pk]
    assert {item: mark.credit for item, mark in marks.items()} == {0: 1, 1: 0}


@pytest.fixture
def corrected():
    """(wrong version, version with the key turned) of one question, and that question."""
    made = factory.question("Which?", "single_choice", answers.RAW["single_choice"]())
    wrong = factory.released(made)
    made.answer = [{"type": "single_choice", "id": made.answer[0].id, "value": answers.TURNED["single_choice"]()}]
    made.save()
    return wrong, factory.released(made, AT + minutes(60))


def wrong_and_right(corrected):
    """Somebody who chose what counted as right, and somebody who chose what is."""
    wrong, right = corrected
    quiz = factory.quiz(count=1)
    attempts = []
    for number, version in (("1", wrong), ("2", right)):
        pool = [{"bank": "", "count": 1, "pool": [str(wrong.uuid)]}]
        attempt = factory.begin(factory.person(number), quiz, draws=pool)
        actions.save_answer(attempt=attempt, item=0, answer=version.key["right"], at=AT)
        attempts.append(actions.submit_attempt(attempt=attempt, at=AT, attribution="password"))
    return attempts


def test_a_regrade_is_shown_before_anything_changes(corrected):
    loser, winner = wrong_and_right(corrected)
    rows = actions.regrade_preview(version=corrected[0], key_of=corrected[1])
    assert [(row["attempt"], row["old"], row["new"], row["old_passed"], row["new_passed"]) for row in rows] == [
        (loser, 1, 0, True, False),
        (winner, 0, 1, False, True),
    ]
    assert list(Attempt.objects.order_by("pk").values_list("passed", flat=True)) == [True, False]
    assert Mark.objects.count() == 2


@pytest.mark.parametrize("take_away", [False, True])
def test_a_regrade_gives_passes_and_takes_them_only_when_told_so(corrected, heard, take_away):
    loser, winner = wrong_and_right(corrected)
    heard.clear()
    deed = actions.regrade(
        version=corrected[0],
        key_of=corrected[1],
        by=loser.person,
        at=AT + minutes(90),
        reason="The key was wrong.",
        take_away=take_away,
    )
    loser.refresh_from_db()
    winner.refresh_from_db()
    assert (loser.points, loser.passed) == (0, not take_away)
    assert (winner.points, winner.passed, winner.score) == (1, True, Decimal("100.00"))
    assert heard == [(winner.pk, True, AT + minutes(90))]
    assert list(winner.marks.values_list("credit", "regrade", "note")) == [
        (0, None, ""),
        (1, deed.pk, "The key was wrong."),
    ]


def test_a_voided_attempt_frees_its_place_and_keeps_its_number(dock):
    factory.questions(2)
    quiz = factory.quiz(attempts_allowed=1)
    first = factory.take(dock, 0, quiz)
    assert list(Attempt.objects.last_failed()) == [first]
    actions.void_attempt(attempt=first, by=dock, at=AT, reason="The tablet broke.")
    assert list(Attempt.objects.last_failed()) == []
    assert factory.begin(dock, quiz).number == 2
    first.refresh_from_db()
    assert (first.state, first.score, first.void_reason) == ("voided", Decimal("0.00"), "The tablet broke.")
