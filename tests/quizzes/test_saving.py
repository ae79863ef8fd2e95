"""Saving by the page's script and by its buttons: twice is once, the newest window writes, nothing is lost by haste."""

import datetime
import uuid

import pytest
import time_machine
from django.urls import reverse

from quizzes import actions, tasks
from quizzes.models import Attempt, RefusedSave, Response
from quizzes.models.question import READ
from tests.queries import queries

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db

ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def dock(client):
    who = factory.person("1")
    client.force_login(who)
    return who


@pytest.fixture
def attempt(dock):
    factory.questions(2)
    return factory.begin(dock)


@pytest.fixture
def timed(dock):
    factory.questions(2)
    return factory.begin(dock, factory.quiz(time_limit=10, grace=30))


def address(attempt, name, **kwargs):
    return reverse(f"quizzes:{name}", kwargs={"uuid": attempt.uuid} | kwargs)


def option(attempt, place=0, item=0):
    return attempt.drawn[item]["options"][place]


def by_script(client, attempt, *given, number=1, **data):
    return client.post(
        address(attempt, "save", number=number), {"answer": given} | data, headers={"accept": "application/json"}
    )


def by_button(client, attempt, *given, number=1, **data):
    return client.post(address(attempt, "save", number=number), {"answer": given} | data)


def said(client, response):
    return [str(message) for message in client.get(response.headers["Location"]).context["messages"]]


def kept():
    return list(Response.objects.order_by("pk").values_list("item", "answer"))


# By the script


def test_a_save_says_when_it_was_kept_in_the_zone_of_the_page(client, attempt):
    session = client.session
    session["zone"] = "America/Chicago"
    session.save()
    with time_machine.travel(AT, tick=False):
        response = by_script(client, attempt, option(attempt))
    told = response.json()
    assert (response.status_code, told["saved_at"], told["said"], told["answered"]) == (
        200,
        "2026-11-24T19:00:00Z",
        "Saved 13:00",
        True,
    )
    assert kept() == [(0, [option(attempt)])]


def test_the_same_save_again_adds_nothing_and_tells_the_first_time(client, attempt):
    for later in (0, 1, 2):
        with time_machine.travel(AT + minutes(later), tick=False):
            told = by_script(client, attempt, option(attempt), save_id=str(ONE)).json()
        assert told["saved_at"] == "2026-11-24T19:00:00Z"
    by_script(client, attempt, option(attempt, 1), save_id=str(TWO))
    assert kept() == [(0, [option(attempt)]), (0, [option(attempt, 1)])]


def test_a_name_of_a_save_is_its_attempts_alone(client, attempt):
    other = factory.begin(factory.person("2"))
    actions.save_answer(attempt=other, item=0, answer=["x"], at=AT, save_id=ONE)
    assert by_script(client, attempt, option(attempt), save_id=str(ONE)).json()["answered"] is True
    assert kept() == [(0, ["x"]), (0, [option(attempt)])]


@pytest.mark.parametrize(("given", "state"), [([], "empty"), (["not an option"], "empty")])
def test_what_is_no_answer_is_refused_in_words(client, attempt, given, state):
    response = by_script(client, attempt, *given)
    assert (response.status_code, response.json()["state"]) == (422, state)
    assert response.json()["said"] == (
        "Nothing is given here now, so nothing was saved. “Clear my answer” takes an answer back."
    )
    assert kept() == []


def test_handed_in_elsewhere(client, attempt):
    client.post(address(attempt, "submit"))
    response = by_script(client, attempt, option(attempt))
    assert (response.status_code, response.json()) == (
        409,
        {
            "state": "closed",
            "said": "This attempt was already handed in, so the answer was not changed.",
            "url": address(attempt, "result"),
        },
    )
    assert kept() == []


# Taking back


@pytest.mark.parametrize("way", [by_script, by_button])
def test_clearing_is_an_act_of_its_own(client, attempt, way):
    way(client, attempt, option(attempt))
    way(client, attempt)
    assert actions.answers(attempt) == {0: [option(attempt)]}
    response = way(client, attempt, option(attempt), clear="1")
    assert kept() == [(0, [option(attempt)]), (0, None)]
    if way is by_script:
        assert (response.json()["answered"], response.json()["was"]) == (False, "")
    else:
        assert response.headers["Location"] == address(attempt, "attempt") + "?question=1"


def test_the_way_to_clear_is_there_once_there_is_an_answer(client, attempt):
    there = address(attempt, "attempt") + "?question=1"
    hidden = '<button class="btn btn--quiet" name="clear" value="1" data-clear hidden>'
    assert hidden in client.get(there).content.decode()
    by_button(client, attempt, option(attempt))
    assert hidden not in client.get(there).content.decode()


# Windows


def test_of_two_windows_the_newer_writes(client, attempt):
    assert client.post(address(attempt, "claim"), {"tab": str(ONE)}).status_code == 204
    assert by_script(client, attempt, option(attempt), tab=str(ONE)).status_code == 200
    assert client.post(address(attempt, "claim"), {"tab": str(TWO)}).status_code == 204
    response = by_script(client, attempt, option(attempt, 1), tab=str(ONE))
    assert (response.status_code, response.json()["state"]) == (409, "elsewhere")
    response = by_button(client, attempt, option(attempt, 1), tab=str(ONE))
    assert said(client, response) == ["The quiz is open in a newer window, so nothing was saved here. Go on there."]
    assert by_script(client, attempt, option(attempt, 1), tab=str(TWO)).status_code == 200
    assert kept() == [(0, [option(attempt)]), (0, [option(attempt, 1)])]


def test_a_button_on_a_page_without_a_script_always_writes(client, attempt):
    client.post(address(attempt, "claim"), {"tab": str(ONE)})
    by_button(client, attempt, option(attempt), tab="")
    assert kept() == [(0, [option(attempt)])]


def test_a_window_cannot_claim_what_was_handed_in_and_needs_a_name(client, attempt):
    assert client.post(address(attempt, "claim"), {"tab": "first"}).status_code == 400
    client.post(address(attempt, "submit"))
    response = client.post(address(attempt, "claim"), {"tab": str(ONE)}, headers={"accept": "application/json"})
    assert (response.status_code, response.json()["state"]) == (409, "closed")
    assert client.get(address(attempt, "claim")).headers["Location"] == address(attempt, "attempt")
    assert Attempt.objects.get().tab is None


# Time


def test_the_page_says_until_when_and_how_long(client, timed):
    with time_machine.travel(AT + minutes(4) + datetime.timedelta(milliseconds=700), tick=False):
        response = client.get(address(timed, "attempt"))
    assert response.context["clock"] == {"deadline": AT + minutes(10), "left": 360, "grace": 30}
    assert "Until 19:10" in response.content.decode()
    assert "The clock keeps running until 19:10, and what you saved counts." in response.content.decode()


@pytest.mark.parametrize(("late", "status"), [(0, 200), (30, 200), (31, 409)])
def test_the_servers_clock_alone_decides(client, timed, late, status):
    with time_machine.travel(AT + minutes(10) + datetime.timedelta(seconds=late), tick=False):
        response = by_script(
            client, timed, option(timed), saved_at=AT.isoformat(), at=AT.isoformat(), deadline="2030-01-01"
        )
    timed.refresh_from_db()
    assert (response.status_code, Response.objects.count(), timed.in_progress) == (
        status,
        int(status == 200),
        status == 200,
    )
    if status == 409:
        assert (response.json()["state"], response.json()["url"]) == ("late", address(timed, "result"))


@pytest.mark.parametrize("name", ["attempt", "review", "result"])
def test_opening_a_page_after_the_time_ends_the_attempt_with_what_was_saved(client, timed, name):
    actions.save_answer(attempt=timed, item=0, answer=factory.right_answers(timed)[0], at=AT)
    with time_machine.travel(AT + minutes(11), tick=False):
        response = client.get(address(timed, name), follow=True)
    timed.refresh_from_db()
    assert (timed.state, timed.points, timed.submitted_at) == ("graded", 1, timed.deadline)
    assert "Time was up. What you had saved by then was handed in." in response.content.decode()


@pytest.mark.parametrize("way", ["save", "save_all"])
def test_a_button_pressed_too_late_leads_to_the_result_in_words(client, timed, way):
    there = address(timed, "save", number=1) if way == "save" else address(timed, "save_all")
    with time_machine.travel(AT + minutes(11), tick=False):
        response = client.post(there, {"answer": option(timed), "answer-was": ""})
        assert response.headers["Location"] == address(timed, "result")
        assert said(client, response) == [
            "Time was up, so that answer was not saved. What you had saved before was handed in."
        ]
    timed.refresh_from_db()
    assert (timed.state, timed.points) == ("graded", 0)


def test_handing_in_too_late_is_being_out_of_time(client, timed):
    with time_machine.travel(AT + minutes(11), tick=False):
        client.post(address(timed, "submit"))
    timed.refresh_from_db()
    assert (timed.state, timed.submitted_at, timed.attribution) == ("graded", timed.deadline, "password")


def test_the_job_of_every_minute_ends_what_is_over(timed):
    with time_machine.travel(AT + minutes(10), tick=False):
        assert tasks.expire_attempts() == 0
    with time_machine.travel(AT + minutes(11), tick=False):
        assert tasks.expire_attempts() == 1
        assert tasks.expire_attempts() == 0


def test_one_whose_evidence_cannot_be_written_does_not_hold_up_the_others(dock):
    from quizzes.signals import attempt_graded

    factory.questions(1)
    quiz = factory.quiz(count=1, time_limit=10)
    first, second = (factory.begin(dock, quiz, context=name) for name in ("first", "second"))

    def fail(sender, attempt, **kwargs):
        if attempt.pk == first.pk:
            raise RuntimeError("no record")

    attempt_graded.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="no record"):
            actions.expire_attempts(at=AT + minutes(11))
    finally:
        attempt_graded.disconnect(fail)
    assert list(Attempt.objects.order_by("pk").values_list("state", flat=True)) == ["in_progress", "graded"]


# What it costs


def test_saving_costs_six_queries_in_every_way(client, dock):
    factory.questions(30)
    one = factory.begin(dock, factory.quiz("One", count=30))
    whole = factory.begin(dock, factory.quiz("Whole", count=30, layout="all"))
    each = factory.begin(dock, factory.quiz("Each", count=30, feedback="each"))
    form = {f"answer{item + 1}": option(whole, 0, item) for item in range(30)}
    form |= {f"answer{item + 1}-was": "" for item in range(30)}
    client.post(address(one, "claim"), {"tab": str(ONE)})
    names = iter(range(10, 20))

    def cost(do):
        do()
        # As in a process that was never asked for these questions.
        READ.clear()
        return len(queries(do))

    def script():
        assert (
            by_script(client, one, option(one), tab=str(ONE), save_id=str(uuid.UUID(int=next(names)))).status_code
            == 200
        )

    numbers = iter(range(1, 9))

    def check():
        number = next(numbers)
        response = by_button(client, each, option(each, 0, number - 1), number=number, check=str(number))
        assert response.headers["Location"].endswith(f"?question={number}")

    assert cost(script) == 6
    assert cost(lambda: client.post(address(whole, "save_all"), form)) == 6
    assert cost(check) == 6
    assert cost(lambda: client.post(address(one, "claim"), {"tab": str(ONE)})) == 4


# What is kept for whoever looks into the attempt later


@pytest.mark.parametrize(("waited", "kept"), [("12", 12), ("", None), ("-1", None), ("1e3", None), ("99999", None)])
def test_how_long_the_line_was_away_is_kept_as_the_page_says(client, attempt, waited, kept):
    assert by_script(client, attempt, option(attempt), save_id=ONE, waited=waited).status_code == 200
    assert Response.objects.get().waited == kept


def test_a_save_that_was_refused_is_kept_with_the_reason(client, timed):
    actions.claim_tab(attempt=timed, tab=TWO)
    with time_machine.travel(AT, tick=False):
        by_script(client, timed, option(timed), tab=ONE, number=2)
        # What cannot be an answer is no lost one.
        by_script(client, timed, tab=TWO)
    with time_machine.travel(AT + minutes(11), tick=False):
        client.post(address(timed, "save_all"), {})
    assert list(RefusedSave.objects.values_list("attempt", "item", "why", "refused_at")) == [
        (timed.pk, 1, "elsewhere", AT),
        (timed.pk, None, "late", AT + minutes(11)),
    ]
    assert not Response.objects.exists()
