"""Attempts in the admin: listed, looked into, voided; and more time for a person."""

import datetime

import pytest
from django.urls import reverse

from quizzes import actions, timeline
from quizzes.models import Attempt, ExtraTime, QuestionVersion, RefusedSave
from tests.people import factory as people
from tests.queries import queries

from . import factory
from .factory import AT

pytestmark = pytest.mark.django_db


def somebody(number, code="YARD", **fields):
    return people.hire(str(number), "Dock hand", code, **fields)


def enter(client, role, limited_to=None):
    who = somebody(f"actor {role}", role=role)
    if limited_to:
        who.limited_to.add(people.facility(limited_to))
    client.force_login(who)
    return who


@pytest.fixture
def quiz():
    factory.questions(2)
    return factory.quiz()


# The listing


def listed(client, **query):
    return {row.person.number for row in client.get(reverse("attempts_report"), query).context["object_list"]}


def test_attempts_are_filtered_and_searched(client, quiz):
    enter(client, "Compliance")
    other = factory.quiz("Other quiz")
    factory.take(somebody("passed", last_name="Ámbar"), 2, quiz)
    factory.take(somebody("failed"), 0, quiz, at=AT + datetime.timedelta(days=2))
    factory.begin(somebody("running"), other)
    assert listed(client) == {"passed", "failed", "running"}
    assert listed(client, quiz=quiz.translation_key) == {"passed", "failed"}
    assert listed(client, state="in_progress") == {"running"}
    assert listed(client, passed="yes") == {"passed"}
    assert listed(client, passed="no") == {"failed"}
    assert listed(client, q="ambar") == {"passed"}
    day = AT.date()
    assert listed(client, since=day + datetime.timedelta(days=1)) == {"failed"}
    assert listed(client, until=day) == {"passed", "running"}
    assert listed(client, until=datetime.date.max) == {"passed", "failed", "running"}
    # What is no day narrows nothing, and says so.
    assert "Enter a valid date." in client.get(reverse("attempts_report"), {"since": "soon"}).content.decode()


def test_the_listing_costs_the_same_with_one_attempt_and_with_many(client, quiz):
    enter(client, "Human resources")
    factory.take(somebody(1), 2, quiz)
    there = reverse("attempts_report")
    client.get(there)
    one = len(queries(lambda: client.get(there)))
    for number in range(2, 62):
        factory.begin(somebody(number), quiz)
    response = client.get(there)
    assert len(response.context["object_list"]) == 50
    assert len(queries(lambda: client.get(there))) == one


# One attempt


@pytest.mark.parametrize(
    ("role", "limited_to", "status"),
    [
        ("Human resources", None, 200),
        ("Human resources", "YARD", 200),
        ("Human resources", "PORT", 404),
        ("Compliance", None, 200),
        ("Editors", None, 302),
        ("Supervisors", None, 302),
    ],
)
def test_who_may_look_into_an_attempt(client, quiz, role, limited_to, status):
    attempt = factory.take(somebody(1, "YARD"), 2, quiz)
    enter(client, role, limited_to)
    assert client.get(reverse("attempts_attempt", args=[attempt.uuid])).status_code == status
    assert listed_or_refused(client) == ({"1"} if status == 200 else set())


def listed_or_refused(client):
    response = client.get(reverse("attempts_report"))
    return {row.person.number for row in response.context["object_list"]} if response.status_code == 200 else set()


def told(attempt):
    versions = {str(version.uuid): version for version in QuestionVersion.objects.all()}
    return [(event["text"], event["detail"]) for event in timeline.events(attempt, versions, "en")]


def later(seconds):
    return AT + datetime.timedelta(seconds=seconds)


def test_the_timeline_tells_all_in_order():
    version = factory.released(factory.question())
    attempt = factory.begin(somebody(1, first_name="Ana", last_name="Ruiz"), factory.quiz(count=1), time_limit=20)
    right = version.key["right"]
    wrong = [row["id"] for row in version.shown["en"]["options"] if row["id"] not in right]
    actions.save_answer(attempt=attempt, item=0, answer=wrong, at=later(10))
    actions.save_answer(attempt=attempt, item=0, answer=None, at=later(20))
    actions.note_refused(attempt=attempt, item=0, why=RefusedSave.Why.ELSEWHERE, at=later(25))
    actions.save_answer(attempt=attempt, item=0, answer=right, at=later(30), waited=12)
    boss = somebody("boss", first_name="Bo", last_name="Li")
    actions.submit_attempt(attempt=attempt, at=later(40), attribution="password")
    attempt = actions.void_attempt(attempt=attempt, by=boss, at=later(50), reason="The line was down.")
    assert told(attempt) == [
        ("Began, with 20 minutes", ""),
        ("Question 1: answered", "The strap marked I"),
        ("Question 1: answer taken back", ""),
        ("Question 1: not kept, a newer window had taken over", ""),
        ("Question 1: answer changed", "The bolt marked H · the line was away; sent again after 12 s"),
        ("Handed in", ""),
        ("Marked: 1 of 1 points", ""),
        ("Voided by Bo Li · boss", "The line was down."),
    ]


def test_a_regrade_stands_in_the_timeline_with_both_marks(client):
    question = factory.question()
    wrong = factory.released(question)
    attempt = factory.take(somebody(1), 0, factory.quiz(count=1))
    question.answer = [("single_choice", {"options": turned()})]
    question.save()
    right = factory.released(question, later(60))
    boss = somebody("boss", first_name="Bo", last_name="")
    actions.regrade(version=wrong, key_of=right, by=boss, at=later(90), reason="The key was wrong.")
    attempt.refresh_from_db()
    assert told(attempt)[-1] == (
        "Question 1 graded again by the key of version 2: 0 → 1 by Bo · boss",
        "The key was wrong.",
    )


def turned():
    """The options of `factory.question`, the other one right."""
    block = (
        factory.Question._meta.get_field("answer").stream_block.child_blocks["single_choice"].child_blocks["options"]
    )
    return block.to_python(factory.options("The bolt marked H", "The strap marked I", right=(1,)))


def test_answers_of_an_attempt_under_way_are_not_told(client, quiz):
    enter(client, "Human resources")
    attempt = factory.begin(somebody(1), quiz)
    factory.answer(attempt, right=2)
    text = client.get(reverse("attempts_attempt", args=[attempt.uuid])).content.decode()
    assert "Question 1: answered" in text
    assert "The bolt marked H" not in text
    actions.submit_attempt(attempt=attempt, at=later(60), attribution="password")
    assert "The bolt marked H" in client.get(reverse("attempts_attempt", args=[attempt.uuid])).content.decode()


def test_an_attempt_costs_the_same_with_few_saves_and_with_many(client):
    enter(client, "Human resources")
    factory.questions(12)
    few, many = (factory.take(somebody(n), 0, factory.quiz(f"Quiz {n}", count=n)) for n in (1, 12))
    pages = [reverse("attempts_attempt", args=[attempt.uuid]) for attempt in (few, many)]
    client.get(pages[0])
    counts = [len(queries(lambda page=page: client.get(page))) for page in pages]
    assert counts[0] == counts[1]


# For supervisors


def test_a_supervisor_sees_the_timeline_of_the_line_and_no_answers(client, quiz):
    boss = somebody("boss", role="Supervisors")
    mine, other = people.person("mine"), somebody("other")
    people.employ(mine, manager=boss)
    attempts = [factory.take(who, 2, quiz) for who in (mine, other)]
    client.force_login(boss)
    pages = [reverse("quizzes:timeline", args=[attempt.uuid]) for attempt in attempts]
    response = client.get(pages[0])
    assert [event["text"] for event in response.context["events"]] == [
        "Began, without a time limit",
        "Question 1: answered",
        "Question 2: answered",
        "Handed in",
        "Marked: 2 of 2 points",
    ]
    # The supervisor may be asked the same: the answers of the crew would tell what is right.
    assert "The bolt marked H" not in response.content.decode()
    assert client.get(pages[1]).status_code == 404
    listing = reverse("quizzes:of_person", args=[mine.uuid])
    assert listing in client.get(reverse("assignments:member", args=[mine.uuid])).content.decode()
    assert pages[0] in client.get(listing).content.decode()
    assert client.get(reverse("quizzes:of_person", args=[other.uuid])).status_code == 404
    # One's own attempts are on one's own pages.
    own = reverse("quizzes:timeline", args=[factory.take(boss, 2, quiz).uuid])
    assert client.get(own).status_code == 404
    client.force_login(mine)
    assert client.get(pages[0]).status_code == 404


def test_the_attempts_of_a_person_cost_the_same_with_one_and_with_many(client, quiz):
    boss = somebody("boss", role="Supervisors")
    mine = people.person("mine")
    people.employ(mine, manager=boss)
    client.force_login(boss)
    there = reverse("quizzes:of_person", args=[mine.uuid])
    factory.take(mine, 2, quiz)
    client.get(there)
    one = len(queries(lambda: client.get(there)))
    for place in range(24):
        factory.take(mine, 2, quiz, context=f"run {place}")
    response = client.get(there)
    assert len(response.context["page"].object_list) == 20
    assert len(queries(lambda: client.get(there))) == one
    # Who leads a line without the role sees that there is nothing to see.
    boss.groups.clear()
    client.force_login(boss)
    assert "None that you may look into." in client.get(there).content.decode()


# Voiding


def void(client, attempt, **data):
    return client.post(reverse("attempts_void", args=[attempt.uuid]), data)


def test_hr_voids_an_attempt_with_a_reason_and_once(client, quiz):
    hr = enter(client, "Human resources")
    attempt = factory.take(somebody(1), 2, quiz)
    page = client.get(reverse("attempts_void", args=[attempt.uuid])).content.decode()
    assert "It was passed." in page
    assert void(client, attempt, reason="").context["form"].errors == {"reason": ["This field is required."]}
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.GRADED
    assert void(client, attempt, reason="Somebody helped.").status_code == 302
    void(client, attempt, reason="Again.")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.void_reason, attempt.voided_by) == ("voided", "Somebody helped.", hr)


@pytest.mark.parametrize(
    ("role", "limited_to", "status"),
    [("Compliance", None, 302), ("Human resources", "PORT", 404), ("Editors", None, 302)],
)
def test_nobody_else_voids(client, quiz, role, limited_to, status):
    attempt = factory.take(somebody(1, "YARD"), 2, quiz)
    enter(client, role, limited_to)
    assert void(client, attempt, reason="Because.").status_code == status
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.GRADED


# Extra time


def give(client, person, percent="50", reason="Agreed with the nurse."):
    return client.post(reverse("extra_time_give"), {"person": person.pk, "percent": percent, "reason": reason})


def test_extra_time_is_given_listed_and_ended(client):
    hr, dock = enter(client, "Human resources"), somebody(1)
    assert give(client, dock).status_code == 302
    extra = ExtraTime.objects.get()
    assert (extra.person, extra.percent, extra.given_by, extra.ended_at) == (dock, 50, hr, None)
    again = give(client, dock, percent="100")
    assert again.context["form"].errors == {
        "person": ["This person has extra time already. End it first, then give another."]
    }
    end = reverse("extra_time_end", args=[extra.pk])
    assert end in client.get(reverse("extra_time")).content.decode()
    assert client.post(end, {"reason": "No longer asked for."}).status_code == 302
    extra.refresh_from_db()
    assert (extra.ended_by, extra.end_reason) == (hr, "No longer asked for.")
    assert client.get(end).status_code == 404
    # What ended stays to be read, and another may begin.
    assert "No longer asked for." in client.get(reverse("extra_time")).content.decode()
    assert give(client, dock, percent="100").status_code == 302


@pytest.mark.parametrize(
    ("percent", "said"), [("0", "Extra time is 1 to 300 percent."), ("301", "Extra time is 1 to 300")]
)
def test_extra_time_has_its_bounds(client, percent, said):
    enter(client, "Human resources")
    assert said in give(client, somebody(1), percent=percent).content.decode()
    assert not ExtraTime.objects.exists()


def test_extra_time_that_has_ended_moves_no_deadline(quiz):
    dock, hr = somebody(1), somebody("hr")
    extra = actions.give_extra_time(person=dock, percent=50, reason="Reading", by=hr, at=AT)
    assert factory.begin(dock, quiz, "one", time_limit=20).deadline == later(30 * 60)
    assert actions.end_extra_time(extra_time=extra, reason="Over", by=hr, at=AT) is True
    assert actions.end_extra_time(extra_time=extra, reason="Twice", by=hr, at=AT) is False
    assert factory.begin(dock, quiz, "two", time_limit=20).deadline == later(20 * 60)


def test_who_is_limited_gives_no_time_to_a_stranger_and_ends_none_of_theirs(client):
    stranger = somebody(1, "PORT", last_name="Quetzal")
    extra = actions.give_extra_time(person=stranger, percent=50, reason="Reading", by=stranger, at=AT)
    other = somebody(2, "PORT", last_name="Quetzal")
    enter(client, "Human resources", "YARD")
    response = give(client, other)
    assert list(response.context["form"].errors) == ["person"]
    assert "Quetzal" not in response.content.decode()
    assert "Quetzal" not in client.get(reverse("extra_time")).content.decode()
    assert client.get(reverse("extra_time_end", args=[extra.pk])).status_code == 404
    assert ExtraTime.objects.running().count() == 1


def test_compliance_reads_extra_time_and_changes_none(client):
    extra = actions.give_extra_time(person=somebody(1), percent=50, reason="Reading", by=somebody(2), at=AT)
    enter(client, "Compliance")
    text = client.get(reverse("extra_time")).content.decode()
    end = reverse("extra_time_end", args=[extra.pk])
    assert "Reading" in text
    assert end not in text
    assert reverse("extra_time_give") not in text
    assert client.post(end, {"reason": "No."}).status_code == 302
    assert give(client, somebody(3)).status_code == 302
    assert ExtraTime.objects.running().get() == extra
