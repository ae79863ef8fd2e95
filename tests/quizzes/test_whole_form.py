"""All questions on one page: saved together, and only what a person changed."""

import pytest
from django.urls import reverse

from quizzes import actions
from quizzes.models import Response
from tests.queries import queries

from . import answers, factory
from .factory import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def dock(client):
    who = factory.person("1")
    client.force_login(who)
    return who


def address(attempt, name, **kwargs):
    return reverse(f"quizzes:{name}", kwargs={"uuid": attempt.uuid} | kwargs)


def option(attempt, place=0, item=0):
    return attempt.drawn[item]["options"][place]


def said(client, response):
    return [str(message) for message in client.get(response.headers["Location"]).context["messages"]]


def kept():
    return list(Response.objects.order_by("pk").values_list("item", "answer"))


@pytest.fixture
def whole(dock):
    factory.questions(3)
    return factory.begin(dock, factory.quiz(count=3, layout="all"))


def send(client, attempt, data, **more):
    """Post the whole form as the page shows it now, with changes `{item: option}`."""
    form = {}
    for question in client.get(address(attempt, "attempt")).context["questions"]:
        form |= dict(answers.posted(question["kind"], question).lists()) | {f"{question['field']}-was": question["was"]}
    form |= {f"answer{item + 1}": given for item, given in data.items()}
    return client.post(address(attempt, "save_all"), form | more)


def test_the_whole_form_saves_what_changed_and_only_that(client, whole):
    response = send(client, whole, {0: [option(whole)], 2: [option(whole, 0, 2)]}, go="stay")
    assert response.headers["Location"] == address(whole, "attempt") + "#question-1"
    assert kept() == [(0, [option(whole)]), (2, [option(whole, 0, 2)])]
    response = send(client, whole, {2: [option(whole, 1, 2)]}, go="review")
    assert response.headers["Location"] == address(whole, "review")
    assert kept()[2:] == [(2, [option(whole, 1, 2)])]
    context = client.get(address(whole, "attempt")).context
    assert [question["answered"] for question in context["questions"]] == [True, False, True]
    assert client.get(address(whole, "review")).context["overview"][1]["url"].endswith("/#question-2")


def test_a_whole_form_that_was_left_open_writes_over_nothing(client, whole):
    stale = {"answer1": [option(whole)], "answer1-was": "", "answer2-was": "", "answer3-was": "", "go": "stay"}
    send(client, whole, {1: [option(whole, 1, 1)]}, go="stay")
    client.post(address(whole, "save_all"), stale)
    assert actions.answers(whole) == {0: [option(whole)], 1: [option(whole, 1, 1)]}


def test_leaving_a_question_of_the_whole_form_empty_takes_nothing_back(client, whole):
    send(client, whole, {0: [option(whole)]}, go="stay")
    response = send(client, whole, {0: []}, go="review")
    assert response.headers["Location"] == address(whole, "attempt") + "#question-1"
    assert said(client, response) == ["Question 1: Nothing is given here now, so the answer you had saved stays."]
    response = send(client, whole, {1: [option(whole, 0, 1)]}, clear="1")
    assert actions.answers(whole) == {1: [option(whole, 0, 1)]}
    assert response.headers["Location"] == address(whole, "attempt") + "#question-1"


def test_what_cannot_be_read_does_not_keep_the_others_from_being_saved(client, dock):
    number = factory.released(factory.question("How much?", "number", answers.RAW["number"]()))
    (choice,) = factory.questions(1)
    attempt = factory.begin(dock, factory.quiz(count=2, layout="all", shuffle=False))
    place = next(item for item, row in enumerate(attempt.drawn) if row["version"] == str(number.uuid))
    other = 1 - place
    response = send(client, attempt, {place: "a lot", other: [option(attempt, 0, other)]}, go="review")
    assert said(client, response) == [
        f"Question {place + 1}: “a lot” is not a number. Write it like 12 or 12.5.",
    ]
    assert kept() == [(other, [option(attempt, 0, other)])]


def test_an_order_nobody_touched_is_no_answer_until_somebody_keeps_it(client, dock):
    factory.released(factory.question("In order?", "ordering", answers.RAW["ordering"]()))
    attempt = factory.begin(dock, factory.quiz(count=1, layout="all"))
    send(client, attempt, {}, go="stay")
    assert kept() == []
    response = send(client, attempt, {}, keep="1")
    assert response.headers["Location"] == address(attempt, "attempt") + "#question-1"
    assert kept() == [(0, attempt.drawn[0]["items"])]
    moved = client.post(
        address(attempt, "save_all"), {"answer1": ["1", "2", "3"], "answer1-was": "x", "answer1-move": "1:down"}
    )
    assert moved.headers["Location"] == address(attempt, "attempt") + "#question-1"
    assert kept()[1][1] == [attempt.drawn[0]["items"][place] for place in (1, 0, 2)]


def test_the_script_saves_one_question_of_the_whole_form(client, whole):
    response = client.post(
        address(whole, "save", number=2),
        {"answer2": [option(whole, 0, 1)]},
        headers={"accept": "application/json"},
    )
    assert kept() == [(1, [option(whole, 0, 1)])]
    question = client.get(address(whole, "attempt")).context["questions"][1]
    assert response.json()["was"] == question["was"] != ""


@pytest.mark.parametrize("feedback", ["submit", "each"])
def test_a_page_with_all_questions_costs_the_same_with_one_and_with_fifty(client, dock, feedback):
    factory.questions(50)

    def cost(count):
        quiz = factory.quiz(f"Of {count}", count=count, layout="all", feedback=feedback)
        attempt = factory.begin(dock, quiz, context=str(count))
        for item in range(0, count, 2):
            given = attempt.drawn[item]["options"][:1]
            actions.save_answer(attempt=attempt, item=item, answer=given, at=AT, final=feedback == "each")
        client.get(address(attempt, "attempt"))
        return len(queries(lambda: client.get(address(attempt, "attempt"))))

    one = cost(1)
    assert one <= 12
    assert cost(50) == one
