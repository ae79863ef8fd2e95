"""A story on its pages: one choice at a time, none taken back, and nothing of what was not reached."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from quizzes import actions
from quizzes.models import Attempt, Response
from tests.queries import queries

from . import answers, factory
from .factory import AT
from .test_story_paths import story_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def dock(client):
    person = factory.person("1", first_name="Daniel")
    client.force_login(person)
    return person


def begin(dock, **rules):
    """An attempt at one story; `path(words)` are the ids of its choices."""
    version = factory.released(factory.question("What now?", "scenario", answers.RAW["scenario"]()))
    attempt = factory.begin(dock, factory.quiz(count=1), **rules)
    return attempt, lambda *words: story_path(version.shown["en"], words)


def choose(client, attempt, path, pressed=None, **more):
    data = {"answer-path": ",".join(path)} | ({"answer": pressed} if pressed else {}) | more
    return client.post(reverse("quizzes:save", args=[attempt.uuid, 1]), data, follow=True)


@pytest.mark.parametrize("feedback", ["each", "submit", "pass"])
def test_each_choice_is_kept_and_leads_on_and_nothing_else_of_the_story_is_told(client, dock, feedback):
    attempt, path = begin(dock, feedback=feedback, attempts_allowed=2)
    page = choose(client, attempt, [], path("Call")[0]).content.decode()
    assert [words for words in ("After Call.", "Nobody answers.", "Give up") if words not in page] == []
    assert [words for words in ("After Drive.", "Boxes are missing.", "Report", "Reason of") if words in page] == []
    choose(client, attempt, path("Call"), path("Call", "Wait")[1])
    rows = list(Response.objects.order_by("pk").values_list("answer", "step"))
    assert rows == [(path("Call"), 1), (path("Call", "Wait"), 2)]


def test_a_choice_cannot_be_taken_back_changed_or_skipped(client, dock):
    attempt, path = begin(dock)
    choose(client, attempt, [], path("Drive")[0])
    sentence = "No choice in a story can be taken back, so nothing was changed. It goes on from here."
    for again in (
        choose(client, attempt, [], path("Call")[0]),
        choose(client, attempt, path("Call"), path("Call", "Wait")[1]),
        choose(client, attempt, [], clear="1"),
    ):
        assert sentence in again.content.decode()
    assert actions.answers(attempt) == {0: path("Drive")}


def test_after_a_choice_the_page_opens_at_what_came_of_it(client, dock):
    attempt, path = begin(dock)
    save = reverse("quizzes:save", args=[attempt.uuid, 1])
    for already, pressed in ((path(), path("Call")[0]), (path("Call"), path("Call", "Wait")[1])):
        there = client.post(save, {"answer-path": ",".join(already), "answer": pressed}).headers["Location"]
        assert there == reverse("quizzes:attempt", args=[attempt.uuid]) + "?question=1#answer-came"
        (came,) = re.findall(r'id="answer-came">(.*?)</li>', client.get(there).content.decode(), re.DOTALL)
        assert came.count("After ") == 1
    assert "After Wait." in came


def test_the_same_choice_sent_twice_is_one(client, dock):
    attempt, path = begin(dock)
    for _time in range(2):
        choose(client, attempt, [], path("Call")[0])
    assert Response.objects.count() == 1


def test_a_story_is_open_until_it_ends(client, dock):
    attempt, path = begin(dock)
    review = reverse("quizzes:review", args=[attempt.uuid])
    choose(client, attempt, [], path("Call")[0])
    assert "1 question is still open" in client.get(review).content.decode()
    choose(client, attempt, path("Call"), path("Call", "Wait")[1])
    assert "Your answer is saved" in client.get(review).content.decode()


def test_what_is_right_is_told_after_the_end_of_the_story_only(client, dock):
    attempt, path = begin(dock, feedback="each")
    choose(client, attempt, [], path("Call")[0])
    page = choose(client, attempt, path("Call"), check="1").content.decode()
    assert "Reason of" not in page
    choose(client, attempt, path("Call"), path("Call", "Wait")[1])
    page = choose(client, attempt, path("Call", "Wait"), check="1").content.decode()
    assert "Reason of the story." in page
    assert Response.objects.filter(final=True).count() == 1


def test_the_debrief_shows_the_way_and_the_better_ones(client, dock):
    attempt, path = begin(dock)
    choose(client, attempt, [], path("Drive")[0])
    client.post(reverse("quizzes:submit", args=[attempt.uuid]))
    assert Attempt.objects.get().points == 0
    page = client.get(reverse("quizzes:result", args=[attempt.uuid])).content.decode()
    for words in (
        "Reason of Drive",
        "Better",
        "Reason of Call",
        "The best way through",
        "You left the story before its end",
    ):
        assert words in page


def test_on_a_page_with_all_questions_a_stale_choice_keeps_nothing_else_from_being_saved(client, dock):
    bank = factory.bank()
    version = factory.released(factory.question("What now?", "scenario", answers.RAW["scenario"](), where=bank))
    factory.released(factory.true_false(where=bank))
    attempt = factory.begin(dock, factory.quiz(count=2, shuffle=False), layout="all")
    story = next(item for item, row in enumerate(attempt.drawn) if row["version"] == str(version.uuid))
    call, drive = (story_path(version.shown["en"], [word])[0] for word in ("Call", "Drive"))
    names = [f"answer{story + 1}", f"answer{2 - story}"]
    stale = {f"{names[0]}-was": "", f"{names[0]}-path": "", f"{names[1]}-was": ""}
    there = reverse("quizzes:save_all", args=[attempt.uuid])
    response = client.post(there, stale | {names[0]: call})
    assert response.headers["Location"].endswith(f"#question-{story + 1}")
    client.post(there, stale | {names[0]: drive, names[1]: "true", "go": "review"})
    assert actions.answers(attempt) == {story: [call], 1 - story: ["true"]}


def test_a_choice_costs_six_queries(client, dock):
    attempt, path = begin(dock)
    there = reverse("quizzes:save", args=[attempt.uuid, 1])
    client.post(there, {"clear": "1"})
    assert len(queries(lambda: client.post(there, {"answer-path": "", "answer": path("Call")[0]}))) <= 6
    again = {"answer-path": ",".join(path("Call"))}
    assert len(queries(lambda: client.post(there, again))) <= 6


def test_the_database_keeps_each_step_once():
    attempt, path = begin(factory.person("1"))
    rows = [Response(attempt=attempt, item=0, answer=path(word), saved_at=AT, step=1) for word in ("Call", "Drive")]
    rows[0].save()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows[1].save()
