"""Questions in figures: what the admin shows of answers, to whom, and at what cost."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from quizzes import actions
from quizzes.models import Attempt, QuestionVersion
from quizzes.statistics import answers, items
from tests.people import factory as people
from tests.queries import queries

from . import factory
from .factory import AT

pytestmark = pytest.mark.django_db


def somebody(number, code="YARD", **fields):
    who = people.person(str(number), **fields)
    people.place(who, "Dock hand", code)
    return who


def actor(client, role, limited_to=None):
    who = people.hire(f"actor {role}", "Clerk", "YARD", role=role)
    if limited_to:
        who.limited_to.add(people.facility(limited_to))
    client.force_login(who)
    return who


@pytest.fixture
def quiz():
    """Of three questions, in this order for everybody."""
    asked = [factory.question(f"Question {place}?") for place in range(3)]
    for question in asked:
        factory.released(question)
    made = factory.quiz(shuffle=False)
    made.draws = [("fixed", {"question": question, "must_pass": False}) for question in asked]
    made.save()
    return made


def version_of(attempt, item=0):
    return QuestionVersion.objects.get(uuid=attempt.drawn[item]["version"])


def marks(version=None):
    return answers.of_version(Attempt.objects.all(), version) if version else answers.of_newest(Attempt.objects.all())


def test_sums_are_those_of_first_tries_by_the_marks_that_count(quiz):
    # Right, right, wrong; elsewhere 2 of 2, 0 of 2, 0 of 2.
    first = factory.take(somebody(1), 3, quiz)
    factory.take(somebody(2), 1, quiz)
    last = factory.take(somebody(3), 0, quiz)
    # A second try, and one that is not handed in, say nothing.
    factory.take(last.person, 3, quiz, at=AT + datetime.timedelta(minutes=1))
    factory.begin(somebody(4), quiz)
    found = answers.sums(marks(), "version")
    assert found == {
        version_of(first, 0).pk: items.Sums(3, 2.0, 3, 2.0, 1.0, 2.0, 1.0, 1.0),
        # Right, wrong, wrong; elsewhere 2 of 2, 1 of 2, 0 of 2.
        version_of(first, 1).pk: items.Sums(3, 1.0, 3, 1.0, 1.5, 1.0, 1.25, 1.0),
        version_of(first, 2).pk: items.Sums(3, 1.0, 3, 1.0, 1.5, 1.0, 1.25, 1.0),
    }


def test_an_attempt_that_was_voided_no_longer_counts(quiz):
    attempt = factory.take(somebody(1), 3, quiz)
    version = version_of(attempt)
    assert answers.sums(marks(version), "version")[version.pk].answers == 1
    actions.void_attempt(attempt=attempt, by=attempt.person, at=AT, reason="Somebody helped.")
    assert answers.sums(marks(version), "version") == {}


def test_options_are_counted_by_the_answer_that_counts():
    version = factory.released(factory.question())
    quiz = factory.quiz(count=1)
    right = version.key["right"][0]
    wrong = next(row["id"] for row in version.shown["en"]["options"] if row["id"] != right)
    for number, given in enumerate(([wrong], [right], [right], None)):
        attempt = factory.begin(somebody(number), quiz)
        actions.save_answer(attempt=attempt, item=0, answer=[wrong], at=AT)
        actions.save_answer(attempt=attempt, item=0, answer=given, at=AT + datetime.timedelta(seconds=20))
        actions.submit_attempt(attempt=attempt, at=AT + datetime.timedelta(minutes=1), attribution="password")
    found = marks(version)
    counted = answers.sums(found, "version")
    assert counted[version.pk] == items.Sums(4, 2.0)
    chosen = answers.chosen(found, [version], counted, "en")[version.pk]
    assert {row.id: (row.chosen, row.right, row.rest) for row in chosen} == {
        right: (2, True, 0.0),
        wrong: (1, False, 0.0),
    }
    assert answers.seconds(found) == [20.0] * 4


def test_answers_are_told_apart_by_language_and_facility(quiz):
    here, there = somebody(1, "YARD"), somebody(2, "PORT")
    attempt = factory.take(here, 3, quiz)
    factory.take(there, 0, quiz)
    Attempt.objects.filter(person=there).update(language="es")
    version = version_of(attempt)
    boss = people.person("boss")
    place = answers.workplace(boss, timezone.localdate())
    names = {people.facility(code).name: code for code in ("YARD", "PORT")}
    by_place = answers.sums(marks(version), place)
    assert {names[name]: sums.facility for name, sums in by_place.items()} == {"YARD": 1.0, "PORT": 0.0}
    by_language = answers.sums(marks(version), "attempt__language")
    assert {code: sums.facility for code, sums in by_language.items()} == {"en": 1.0, "es": 0.0}


# Pages


def take_many(quiz, number, right=3, code="YARD", start=100):
    return [factory.take(somebody(start + place, code), right, quiz) for place in range(number)]


def test_a_give_away_stands_first_and_says_so(client, quiz):
    actor(client, "Editors")
    (attempt, *_rest) = take_many(quiz, 30)
    response = client.get(reverse("questions_figures"))
    rows = response.context["page_obj"].object_list
    assert [row["flags"] for row in rows] == [["give_away", "dead"]] * 3
    page = client.get(reverse("question_figures", args=[version_of(attempt).uuid]))
    assert [str(row["word"]) for row in page.context["flags"]] == ["Give-away", "Dead answer"]
    assert [row["value"] for row in page.context["figures"]][:2] == ["30", "100 %"]
    text = page.content.decode()
    assert 'role="img"' in text
    assert "hardly chosen" in text


def test_before_there_are_enough_answers_nothing_is_flagged(client, quiz):
    actor(client, "Editors")
    (attempt, *_rest) = take_many(quiz, 5)
    page = client.get(reverse("question_figures", args=[version_of(attempt).uuid]))
    assert page.context["flags"] == []
    text = page.content.decode()
    assert "Nothing is said about the question before 30 answers" in text
    assert "hardly chosen" not in text


def test_figures_of_a_few_people_at_one_place_are_not_told(client, quiz):
    actor(client, "Editors")
    attempt = factory.take(somebody(1, "PORT"), 3, quiz)
    take_many(quiz, 5, right=0)
    page = client.get(reverse("question_figures", args=[version_of(attempt).uuid]))
    languages, places = page.context["groups"]
    assert [(row["answers"], row["few"]) for row in languages["rows"]] == [(6, False)]
    assert sorted((row["answers"], row["few"]) for row in places["rows"]) == [(1, True), (5, False)]
    assert page.content.decode().count("too few to say") == 1


@pytest.mark.parametrize(("limited_to", "number"), [(None, 3), ("YARD", 1)])
def test_who_is_limited_counts_only_their_own_people(client, quiz, limited_to, number):
    attempt = factory.take(somebody(1, "YARD"), 3, quiz)
    factory.take(somebody(2, "PORT"), 3, quiz)
    factory.take(somebody(3, "PORT"), 3, quiz)
    actor(client, "Human resources", limited_to)
    listing = client.get(reverse("questions_figures"))
    assert {row["sums"].answers for row in listing.context["page_obj"].object_list} == {number}
    page = client.get(reverse("question_figures", args=[version_of(attempt).uuid]))
    assert page.context["sums"].answers == number
    places = {row["name"] for row in page.context["groups"][1]["rows"]}
    assert places == (
        {people.facility("YARD").name} if limited_to else {people.facility(c).name for c in ("YARD", "PORT")}
    )


def test_a_facility_narrows_and_an_unknown_one_shows_nothing(client, quiz):
    actor(client, "Human resources")
    factory.take(somebody(1, "YARD"), 3, quiz)
    factory.take(somebody(2, "PORT"), 3, quiz)
    there = reverse("questions_figures")
    for facility, expected in ((people.facility("PORT").pk, {1}), ("", {2}), ("999", set()), ("x", set())):
        rows = client.get(there, {"facility": facility}).context["page_obj"].object_list
        assert {row["sums"].answers for row in rows} == expected, facility


def test_the_listing_sorts_and_filters(client):
    actor(client, "Editors")
    easy = factory.released(factory.question("Easy?", where=factory.bank("Easy")))
    hard = factory.released(factory.question("Hard?", where=factory.bank("Hard")))
    quizzes = [factory.quiz(f"Quiz of {name}", where=factory.bank(name), count=1) for name in ("Easy", "Hard")]
    for place in range(2):
        who = somebody(place)
        factory.take(who, 1, quizzes[0])
        factory.take(who, 0, quizzes[1])
    there = reverse("questions_figures")

    def shown(**query):
        return [row["version"] for row in client.get(there, query).context["page_obj"].object_list]

    assert shown(ordering="facility") == [hard, easy]
    assert shown(ordering="-facility") == [easy, hard]
    assert shown(ordering="question") == [easy, hard]
    assert shown(ordering="nonsense") == [easy, hard]
    assert shown(bank=hard.bank_id) == [hard]
    assert shown(flag="any") == []


def test_an_empty_site_says_when_figures_come(client):
    actor(client, "Editors")
    text = client.get(reverse("questions_figures")).content.decode()
    assert "Nobody has handed in a quiz yet." in text


def test_pages_cost_the_same_with_one_answer_and_with_many(client, quiz):
    actor(client, "Human resources")
    attempt = factory.take(somebody(1), 3, quiz)
    pages = [reverse("questions_figures"), reverse("question_figures", args=[version_of(attempt).uuid])]
    for page in pages:
        client.get(page)
    one = [len(queries(lambda page=page: client.get(page))) for page in pages]
    more = factory.bank("More")
    factory.questions(20, where=more)
    other = factory.quiz("Other", where=more, count=20)
    for place in range(10):
        who = somebody(50 + place, "PORT")
        factory.take(who, 2, quiz)
        factory.take(who, 2, other)
    assert [len(queries(lambda page=page: client.get(page))) for page in pages] == one


@pytest.mark.parametrize("role", ["Supervisors", None])
def test_others_see_no_figures(client, quiz, role):
    attempt = factory.take(somebody(1), 3, quiz)
    who = people.hire("other", "Clerk", "YARD")
    if role:
        who.groups.add(Group.objects.get(name=role))
    client.force_login(who)
    for page in (reverse("questions_figures"), reverse("question_figures", args=[version_of(attempt).uuid])):
        assert client.get(page).status_code == 302
