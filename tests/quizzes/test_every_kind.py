"""Each kind of question on its pages: asked, saved, changed, handed in and told, without any script."""

from decimal import Decimal

import pytest
from django.urls import reverse

from quizzes import actions
from quizzes.kinds import KINDS
from quizzes.models import Attempt

from . import answers, factory

pytestmark = pytest.mark.django_db

SECRET = "TELLTALE-7Q"
# What is right in words of its own, beside reasons and explanations.
TOLD_ONLY_AFTERWARDS = {
    "number": {"value": "481516", "reason": SECRET},
    "short_text": {"accepted": answers.accepted(f"{SECRET} word"), "reason": SECRET},
}


@pytest.fixture
def dock(client):
    person = factory.person("1", first_name="Daniel")
    client.force_login(person)
    return person


def asked(kind, **changes):
    """A released question of that kind, as the only one of its bank."""
    raw = answers.RAW[kind]() | changes
    return factory.released(factory.question(f"A {kind} question?", kind, raw, explanation=f"{SECRET} explained"))


def page(client, attempt, name="attempt"):
    return client.get(reverse(f"quizzes:{name}", args=[attempt.uuid]), follow=True)


def post(client, attempt, data, **more):
    return client.post(reverse("quizzes:save", args=[attempt.uuid, 1]), dict(data.lists()) | more)


def solve(client, attempt, version):
    """Fill the form that the page shows with the solution, as a browser would send it."""
    kind, shown = KINDS[version.kind], version.shown["en"]
    solution = kind.solution(version.key["right"])
    if kind.grows:
        for step, choice in enumerate(solution):
            so_far = kind.ask(shown, attempt.drawn[0], solution[:step])
            post(client, attempt, answers.posted(kind.name, so_far), answer=choice)
    return post(client, attempt, answers.posted(kind.name, kind.ask(shown, attempt.drawn[0], solution)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_asked_answered_kept_and_told(client, dock, kind):
    version = asked(kind)
    attempt = factory.begin(dock, factory.quiz(count=1))
    first = page(client, attempt).content.decode()
    assert f"A {kind} question?" in first
    assert str(KINDS[kind].instruction) in first
    response = solve(client, attempt, version)
    assert response.headers["Location"] == reverse("quizzes:review", args=[attempt.uuid])
    solution = KINDS[kind].solution(version.key["right"])
    assert actions.answers(attempt).get(0) == solution
    client.post(reverse("quizzes:submit", args=[attempt.uuid]))
    factory.mark_fully(attempt)
    graded = Attempt.objects.get()
    assert (graded.points, graded.score, graded.passed) == (1, Decimal("100.00"), True)
    result = page(client, attempt, "result").content.decode()
    assert "1 of 1 right" in result
    assert f"{SECRET} explained" in result


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if not kind.observed])
def test_a_question_that_was_left_open_is_told_as_open(client, dock, kind):
    asked(kind)
    attempt = factory.begin(dock, factory.quiz(count=1))
    client.post(reverse("quizzes:submit", args=[attempt.uuid]))
    result = page(client, attempt, "result").content.decode()
    assert "Left open" in result
    assert "0 of 1 right" in result


def tells(response):
    """Whether anything of what is right stands in a response: its body or its headers."""
    text = response.content.decode() + str(response.headers)
    return any(words in text for words in (SECRET, "481516", "Reason of", "It is not."))


def by_script(client, attempt, data):
    """The save of the page's script, with the answer to it."""
    there = reverse("quizzes:save", args=[attempt.uuid, 1])
    return client.post(there, dict(data.lists()), headers={"accept": "application/json"})


def wrong(version, attempt, kind):
    """What a browser sends of the form as it comes, and words that are no answer."""
    data = answers.posted(kind, KINDS[version.kind].ask(version.shown["en"], attempt.drawn[0], None))
    if "answer" not in data or not data["answer"]:
        data["answer"] = "7"
    return data


@pytest.mark.parametrize("feedback", ["each", "submit", "pass"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_is_right_reaches_a_page_before_it_is_released(client, dock, kind, feedback):
    version = asked(kind, **TOLD_ONLY_AFTERWARDS.get(kind, {}))
    attempt = factory.begin(dock, factory.quiz(count=1, feedback=feedback, attempts_allowed=2))
    responses = [page(client, attempt), page(client, attempt, "review"), page(client, attempt, "result")]
    responses += [post(client, attempt, wrong(version, attempt, kind))]
    responses += [by_script(client, attempt, wrong(version, attempt, kind))]
    responses += [page(client, attempt), page(client, attempt, "review")]
    assert [response for response in responses if tells(response)] == []

    client.post(reverse("quizzes:save", args=[attempt.uuid, 1]), {"clear": "1"})
    client.post(reverse("quizzes:submit", args=[attempt.uuid]))
    if KINDS[kind].observed:
        assert not tells(page(client, attempt, "result"))
        none = dict.fromkeys(KINDS[kind].all_points(version.key["right"]), 0)
        actions.mark_by_hand(attempt=attempt, item=0, parts=none, note="", by=factory.person("2"), at=factory.AT)
    assert tells(page(client, attempt, "result")) is (feedback != "pass")


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if not (kind.grows or kind.observed)])
def test_all_questions_on_one_page_keep_it_to_themselves_too(client, dock, kind):
    version = asked(kind, **TOLD_ONLY_AFTERWARDS.get(kind, {}))
    attempt = factory.begin(dock, factory.quiz(count=1, feedback="each", layout="all"))
    assert not tells(page(client, attempt))
    kind = KINDS[kind]
    solution = kind.solution(version.key["right"])
    form = answers.posted(kind.name, kind.ask(version.shown["en"], attempt.drawn[0], solution, "answer1"))
    there = reverse("quizzes:save_all", args=[attempt.uuid])
    client.post(there, dict(form.lists()) | {"answer1-was": "", "go": "stay"})
    assert list(attempt.responses.values_list("answer", "final")) == [(solution, False)]
    # Saved and not checked: what was typed or chosen is there, and no reason.
    assert SECRET + " explained" not in page(client, attempt).content.decode()
    client.post(there, dict(form.lists()) | {"answer1-was": "", "check": "1"})
    checked = not kind.by_hand
    assert list(attempt.responses.values_list("answer", "final")) == [(solution, False), (solution, checked)]
    assert (SECRET + " explained" in page(client, attempt).content.decode()) == checked


def test_an_arrow_keeps_the_new_order_and_stays_at_the_question(client, dock):
    asked("ordering")
    attempt = factory.begin(dock, factory.quiz(count=1))
    response = client.post(
        reverse("quizzes:save", args=[attempt.uuid, 1]), {"answer": ["1", "2", "3"], "answer-move": "1:down"}
    )
    assert response.headers["Location"] == reverse("quizzes:attempt", args=[attempt.uuid]) + "?question=1"
    one, two, three = attempt.drawn[0]["items"]
    assert attempt.responses.get().answer == [two, one, three]


def test_what_is_no_number_is_refused_in_words_and_nothing_is_saved(client, dock):
    asked("number")
    attempt = factory.begin(dock, factory.quiz(count=1))
    response = client.post(reverse("quizzes:save", args=[attempt.uuid, 1]), {"answer": "about <b>12</b>"}, follow=True)
    assert "“about &lt;b&gt;12&lt;/b&gt;” is not a number. Write it like 12 or 12.5." in response.content.decode()
    assert not attempt.responses.exists()


def test_a_part_of_the_point_counts_exactly(client, dock):
    version = asked("categorise", credit="each")
    factory.true_false()
    attempt = factory.begin(dock, factory.quiz(count=1), pass_mark=67)
    places = dict(version.key["right"]["places"])
    places.pop(next(iter(places)))
    kind = KINDS["categorise"]
    post(client, attempt, answers.posted("categorise", kind.ask(version.shown["en"], attempt.drawn[0], places)))
    client.post(reverse("quizzes:submit", args=[attempt.uuid]))
    graded = Attempt.objects.get()
    assert (graded.points, graded.score, graded.passed) == (Decimal("0.66"), Decimal("66.00"), False)
    assert "0.66 of 1. You need 0.67." in page(client, attempt, "result").content.decode()
