"""The pages of an attempt: whose they are, what they save, and what they keep to themselves until the end."""

import re

import pytest
import time_machine
from django.urls import reverse

from quizzes import actions
from quizzes.models import Attempt, Response
from quizzes.models.question import READ
from tests.queries import queries

from . import factory
from .factory import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def dock(client):
    who = factory.person("1")
    client.force_login(who)
    return who


def address(attempt, name, **kwargs):
    return reverse(f"quizzes:{name}", kwargs={"uuid": attempt.uuid} | kwargs)


def save(client, attempt, number, *answers, **data):
    return client.post(address(attempt, "save", number=number), {"answer": answers} | data)


def said(client, response):
    """The messages that the page shows to which the response leads."""
    return [str(message) for message in client.get(response.headers["Location"]).context["messages"]]


# Whose they are

PAGES = [
    ("attempt", {}, "get", 200),
    ("save", {"number": 1}, "post", 302),
    ("save_all", {}, "post", 302),
    ("claim", {}, "post", 400),
    ("review", {}, "get", 200),
    ("submit", {}, "post", 302),
    ("result", {}, "get", 302),
]


@pytest.mark.parametrize(("name", "kwargs", "method", "status"), PAGES)
def test_an_attempt_is_its_owners_alone(client, name, kwargs, method, status):
    factory.questions(2)
    owner, stranger = factory.person("1"), factory.person("2")
    attempt = factory.begin(owner)
    there = address(attempt, name, **kwargs)

    response = getattr(client, method)(there)
    assert (response.status_code, response.headers["Location"]) == (302, f"/sign-in/?next={there}")
    client.force_login(stranger)
    assert getattr(client, method)(there).status_code == 404
    assert not Response.objects.exists()
    attempt.refresh_from_db()
    assert attempt.in_progress
    client.force_login(owner)
    assert getattr(client, method)(there).status_code == status


@pytest.mark.parametrize(("name", "kwargs", "method", "status"), PAGES)
def test_an_attempt_that_does_not_exist(client, dock, name, kwargs, method, status):
    there = reverse(f"quizzes:{name}", kwargs={"uuid": "6c1f3f2e-1111-4222-8333-444455556666"} | kwargs)
    assert getattr(client, method)(there).status_code == 404


# Going through


def test_pages_lead_from_the_first_open_question_to_the_result(client, dock):
    factory.questions(2)
    attempt = factory.begin(dock)
    right = factory.right_answers(attempt)
    assert client.get(address(attempt, "attempt")).context["question"]["number"] == 1

    response = save(client, attempt, 1, *right[0])
    assert response.headers["Location"] == address(attempt, "attempt") + "?question=2"
    context = client.get(address(attempt, "attempt")).context
    assert (context["question"]["number"], context["answered"], context["tally"]) == (2, 1, ["done", "now"])

    response = save(client, attempt, 2, *right[1])
    assert response.headers["Location"] == address(attempt, "review")
    assert client.get(address(attempt, "attempt")).headers["Location"] == address(attempt, "review")

    response = client.post(address(attempt, "submit"))
    assert response.headers["Location"] == address(attempt, "result")
    for name in ("attempt", "review"):
        assert client.get(address(attempt, name)).headers["Location"] == address(attempt, "result")
    attempt.refresh_from_db()
    assert (attempt.passed, attempt.attribution) == (True, "password")


def test_a_result_before_handing_in_leads_to_the_questions(client, dock):
    factory.questions(2)
    attempt = factory.begin(dock)
    assert client.get(address(attempt, "result")).headers["Location"] == address(attempt, "attempt")


@pytest.mark.parametrize(
    ("asked", "number"), [("2", 2), ("0", 1), ("3", 1), ("-1", 1), ("two", 1), ("٢", 1), ("9" * 5000, 1), ("", 1)]
)
def test_a_question_that_is_not_there_is_the_first_open_one(client, dock, asked, number):
    factory.questions(2)
    attempt = factory.begin(dock)
    response = client.get(address(attempt, "attempt"), {"question": asked})
    assert response.context["question"]["number"] == number


def test_an_answer_can_be_changed_and_is_shown_as_it_was_saved(client, dock):
    factory.questions(1)
    attempt = factory.begin(dock, factory.quiz(count=1))
    first, second = attempt.drawn[0]["options"]
    save(client, attempt, 1, first)
    save(client, attempt, 1, second)
    options = client.get(address(attempt, "attempt") + "?question=1").context["question"]["options"]
    assert [(option["id"], option["checked"]) for option in options] == [(first, False), (second, True)]
    assert list(Response.objects.values_list("answer", flat=True)) == [[first], [second]]


def test_review_names_what_is_open(client, dock):
    factory.questions(3)
    attempt = factory.begin(dock, factory.quiz(count=3))
    save(client, attempt, 2, attempt.drawn[1]["options"][0])
    context = client.get(address(attempt, "review")).context
    assert [(row["number"], row["answered"]) for row in context["overview"]] == [(1, False), (2, True), (3, False)]
    assert [row["number"] for row in context["unanswered"]] == [1, 3]
    assert (context["answered"], context["total"]) == (1, 3)


def test_saving_can_lead_to_the_review(client, dock):
    factory.questions(2)
    attempt = factory.begin(dock)
    response = save(client, attempt, 1, attempt.drawn[0]["options"][0], go="review")
    assert response.headers["Location"] == address(attempt, "review")


# What goes wrong


@pytest.mark.parametrize("answers", [[], [""], ["not an option"], ["<script>"]])
def test_saving_nothing_says_so(client, dock, answers):
    factory.questions(2)
    attempt = factory.begin(dock)
    response = save(client, attempt, 1, *answers)
    assert response.headers["Location"] == address(attempt, "attempt") + "?question=1"
    assert said(client, response) == ["Answer the question first. Nothing was saved."]
    assert not Response.objects.exists()


@pytest.mark.parametrize("number", [0, 3, 99])
def test_saving_to_a_question_that_is_not_there(client, dock, number):
    factory.questions(2)
    attempt = factory.begin(dock)
    assert save(client, attempt, number, "x").status_code == 404


def test_saving_after_handing_in_changes_nothing_and_says_so(client, dock):
    factory.questions(2)
    attempt = factory.take(dock, 0)
    response = save(client, attempt, 1, *factory.right_answers(attempt)[0])
    assert response.headers["Location"] == address(attempt, "result")
    assert said(client, response) == ["This attempt was already handed in, so the answer was not changed."]
    assert Response.objects.count() == 2


def test_handing_in_twice_grades_once(client, dock):
    factory.questions(2)
    attempt = factory.begin(dock)
    client.post(address(attempt, "submit"))
    first = Attempt.objects.values().get()
    response = client.post(address(attempt, "submit"))
    assert response.headers["Location"] == address(attempt, "result")
    assert Attempt.objects.values().get() == first


def test_a_session_that_ended_while_saving_leads_back_and_says_that_nothing_was_saved(client, dock):
    factory.questions(2)
    attempt = factory.begin(dock)
    client.logout()
    there = save(client, attempt, 2, "x").headers["Location"]
    assert there == f"/sign-in/?next={address(attempt, 'save', number=2)}"
    client.force_login(dock)
    response = client.get(address(attempt, "save", number=2))
    assert response.headers["Location"] == address(attempt, "attempt") + "?question=2"
    assert said(client, response) == ["That answer was not saved. Please give it again."]


def test_handing_in_by_a_link_leads_to_the_review(client, dock):
    factory.questions(2)
    attempt = factory.begin(dock)
    assert client.get(address(attempt, "submit")).headers["Location"] == address(attempt, "review")
    attempt.refresh_from_db()
    assert attempt.in_progress


# What they keep to themselves


def secret_question(place, right):
    """A question whose reasons are tokens; `right` is the place of its right answer."""
    answer = {
        "options": factory.options(
            f"First {place}",
            f"Second {place}",
            right=(right,),
            reasons=(f"reason-token-{place}-a", f"reason-token-{place}-b"),
        )
    }
    made = factory.question(f"Secret {place}?", answer=answer, explanation=f"explanation-token-{place}")
    return factory.released(made)


def before_handing_in(client, attempt):
    """Everything that a browser gets before it hands in: bodies, headers and cookies."""
    responses = [client.get(address(attempt, "attempt") + f"?question={number}") for number in (1, 2)]
    for number in (1, 2):
        option = attempt.drawn[number - 1]["options"][0]
        responses.append(save(client, attempt, number, option))
        responses.append(client.get(address(attempt, "attempt") + f"?question={number}"))
    responses += [
        save(client, attempt, 1),
        client.get(address(attempt, "review")),
        client.get(address(attempt, "result")),
    ]
    return [response.content.decode() + str(response.headers) + str(response.cookies) for response in responses]


def test_reasons_reach_the_browser_only_after_handing_in(client, dock):
    for place in range(2):
        secret_question(place, right=0)
    attempt = factory.begin(dock, factory.quiz(pass_message="pass-token", fail_message="fail-token"))
    for text in before_handing_in(client, attempt):
        assert re.findall(r"\w+-token[-\w]*", text) == []

    client.post(address(attempt, "submit"))
    text = client.get(address(attempt, "result")).content.decode()
    assert sorted(re.findall(r"(?:reason|explanation)-token[-\w]*", text)) == [
        "explanation-token-0",
        "explanation-token-1",
        "reason-token-0-a",
        "reason-token-0-b",
        "reason-token-1-a",
        "reason-token-1-b",
    ]


def test_pages_before_handing_in_are_the_same_whichever_answer_is_right(client, dock):
    def pages(right):
        pool = [str(secret_question(place, right).uuid) for place in range(2)]
        attempt = factory.begin(dock, factory.quiz(shuffle=False), draws=[{"count": 2, "pool": pool}])
        attempt.drawn.sort(key=lambda row: pool.index(row["version"]))
        attempt.save(update_fields=["drawn"])
        own = rf'{attempt.uuid}|csrfmiddlewaretoken" value="\w+|csrftoken=\w+|messages=\S+|expires=[^;]+'
        own += r'|nonce[-=]"?[\w+/=-]+'
        return [re.sub(own, "", text) for text in before_handing_in(client, attempt)]

    with time_machine.travel(AT, tick=False):
        assert pages(right=0) == pages(right=1)


# What the result says


def test_the_result_says_what_was_chosen_what_is_right_and_why(client, dock):
    options = factory.options("Count", "Compare", "Guess", "Wait", right=(0, 1))
    factory.released(factory.question("What belongs in it?", "multiple_response", {"options": options}))
    attempt = factory.begin(dock, factory.quiz(count=1, shuffle=False, fail_message="Not there yet."))
    save(client, attempt, 1, options[0]["id"], options[2]["id"])
    client.post(address(attempt, "submit"))
    context = client.get(address(attempt, "result")).context
    (row,) = context["again"]
    assert context["right"] == []
    assert (row["number"], row["prompt"], row["answered"], row["right"]) == (1, "What belongs in it?", True, False)
    assert row["told"] == [
        {"text": "Count", "chosen": True, "right": True, "reason": "Reason of Count"},
        {"text": "Guess", "chosen": True, "right": False, "reason": "Reason of Guess"},
        {"text": "Compare", "chosen": False, "right": True, "reason": "Reason of Compare"},
    ]
    assert row["others"] == [{"text": "Wait", "chosen": False, "right": False, "reason": "Reason of Wait"}]
    assert (context["message"], context["needed"], context["attempts_left"]) == ("Not there yet.", 1, 2)


@pytest.mark.parametrize(("answer", "word"), [("wrong", "Not right"), ("right", "Right"), (None, "Left open")])
def test_the_result_says_it_in_words(client, dock, answer, word):
    factory.questions(1)
    attempt = factory.begin(dock, factory.quiz(count=1))
    right = factory.right_answers(attempt)[0]
    if answer:
        options = attempt.drawn[0]["options"]
        save(client, attempt, 1, *(right if answer == "right" else set(options) - set(right)))
    client.post(address(attempt, "submit"))
    text = client.get(address(attempt, "result")).content.decode()
    assert re.findall(r"<p lang=\"en\">(Right|Not right|Left open)</p>", text) == [word]


@pytest.mark.parametrize(("attempts", "left"), [(1, "1 attempt is left"), (2, "That was the last attempt.")])
def test_a_failed_result_says_what_comes_next(client, dock, attempts, left):
    factory.questions(2)
    quiz = factory.quiz(attempts_allowed=2)
    for _ in range(attempts):
        attempt = factory.take(dock, 0, quiz)
    text = client.get(address(attempt, "result")).content.decode()
    assert left in text
    assert ("HR can then open the course for you again." in text) == (attempts == 2)


def test_words_in_another_language_than_the_page_are_marked(client, dock):
    factory.questions(1)
    attempt = factory.begin(dock, factory.quiz(count=1))
    response = client.get("/es" + address(attempt, "attempt"))
    assert (response.context["content_language"], response.context["content_language_differs"]) == ("en", True)
    assert '<fieldset class="question anchor" id="question-1" lang="en"' in response.content.decode()


# What they cost


@pytest.mark.parametrize(("name", "most"), [("attempt", 12), ("review", 12), ("result", 12)])
def test_a_page_costs_the_same_with_one_question_and_with_fifty(client, dock, name, most):
    factory.questions(50)

    def cost(count, context):
        attempt = factory.begin(dock, factory.quiz(f"Of {count}", count=count), context=context)
        if name == "result":
            actions.submit_attempt(attempt=attempt, at=AT, attribution="password")
        client.get(address(attempt, name))
        return len(queries(lambda: client.get(address(attempt, name))))

    one = cost(1, "a")
    assert one <= most
    for past in range(30):
        factory.begin(dock, factory.quiz(f"Past {past}", count=1), context="past")
    assert cost(50, "b") == one


def test_saving_an_answer_costs_six_queries_however_many_there_are(client, dock):
    factory.questions(50)
    attempt = factory.begin(dock, factory.quiz(count=50))

    def once():
        # As in a process that was never asked for this question.
        READ.clear()
        assert save(client, attempt, 1, attempt.drawn[0]["options"][0]).status_code == 302

    once()
    assert len(queries(once)) == 6
    for _ in range(100):
        actions.save_answer(attempt=attempt, item=0, answer=attempt.drawn[0]["options"][:1], at=AT)
    assert len(queries(once)) == 6


# What stands around them


def test_nothing_around_a_question_leads_away_by_mistake(client, dock):
    factory.questions(1)
    html = client.get(address(factory.begin(dock, factory.quiz(count=1)), "attempt")).content.decode()
    head = re.search(r"<header.*?</header>", html, re.DOTALL)[0]
    assert re.findall(r' href="([^"]+)"', head) == ["/mailbox/", "/"]
    assert re.findall(r'<button class="site-tools__item" lang="es">(\w+)', head) == ["Español"]
    assert "site-foot" not in html
