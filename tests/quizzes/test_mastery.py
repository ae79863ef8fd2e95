"""What people master: points by objective and criterion, of the attempts that count, of whom one may see."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from quizzes import actions
from quizzes.models import Attempt
from quizzes.statistics import mastery
from tests.content import factory as content
from tests.people import factory as people
from tests.queries import queries

from . import factory
from .factory import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    """Of three questions in this order: two about seals (6.5, 6.7), one about pests."""
    seals, pests = content.objective("seal-check"), content.objective("pest-check")
    asked = [
        factory.question("One?", objective=seals, criterion=seals.criterion),
        factory.question("Two?", objective=seals),
        factory.question("Three?", objective=pests),
    ]
    for question in asked:
        factory.released(question)
    made = factory.quiz(shuffle=False)
    made.draws = [("fixed", {"question": question, "must_pass": False}) for question in asked]
    made.save()
    return made


def somebody(number, code="YARD", **fields):
    return people.hire(str(number), "Dock hand", code, **fields)


def found(by=mastery.OBJECTIVE, attempts=None):
    rows = mastery.earned(Attempt.objects.all() if attempts is None else attempts, by)
    return [(row.name, row.points, row.asked, row.people) for row in rows]


def test_points_are_summed_by_objective_and_criterion_the_weakest_first(quiz):
    factory.take(somebody(1), 3, quiz)
    factory.take(somebody(2), 1, quiz)
    assert found() == [("pest-check", Decimal(1), 2, 2), ("seal-check", Decimal(3), 4, 2)]
    # Questions about no criterion are about none.
    assert found(mastery.CRITERION) == [(content.objective("seal-check").criterion.number, Decimal(2), 2, 2)]


@pytest.mark.parametrize(("rule", "points"), [("best", 3), ("last", 1), ("first", 0)])
def test_of_several_attempts_the_one_counts_that_the_quiz_says(quiz, rule, points):
    who = somebody(1)
    for place, right in enumerate((0, 3, 1)):
        at = AT + datetime.timedelta(minutes=place)
        factory.take(who, right, quiz, at=at, attempts_allowed=5, counts=rule)
    assert sum(row.points for row in mastery.earned(Attempt.objects.all(), mastery.OBJECTIVE)) == points
    assert Attempt.objects.that_count().count() == 1


def test_of_equals_the_earlier_counts_and_contexts_are_apart(quiz):
    who = somebody(1)
    first = factory.take(who, 2, quiz)
    factory.take(who, 2, quiz, at=AT + datetime.timedelta(minutes=1))
    other = factory.take(who, 0, quiz, context="next year")
    assert set(Attempt.objects.that_count()) == {first, other}


def test_a_voided_attempt_counts_for_nothing(quiz):
    who = somebody(1)
    attempt = factory.take(who, 3, quiz)
    actions.void_attempt(attempt=attempt, by=who, at=AT, reason="Somebody helped.")
    assert found() == []


# The page


def enter(client, role, limited_to=None):
    who = somebody(f"actor {role}", role=role)
    if limited_to:
        who.limited_to.add(people.facility(limited_to))
    client.force_login(who)


def shown(client, **query):
    rows = client.get(reverse("mastery_report"), query).context["rows"]
    return {row["name"]: (row["points"], row["asked"]) for row in rows}


def test_the_page_narrows_to_a_facility_a_quiz_and_a_person(client, quiz):
    enter(client, "Human resources")
    factory.take(somebody(100, "YARD", last_name="Alder"), 3, quiz)
    factory.take(somebody(1001, "PORT", last_name="Birch"), 0, quiz)
    everybody = {"seal-check": ("2", 4), "pest-check": ("1", 2)}
    yard, port = ({"seal-check": ("2", 2), "pest-check": ("1", 1)}, {"seal-check": ("0", 2), "pest-check": ("0", 1)})
    assert shown(client) == everybody
    assert shown(client, facility=people.facility("YARD").pk) == yard
    assert shown(client, quiz=quiz.translation_key) == everybody
    assert shown(client, quiz="00000000-0000-0000-0000-000000000000") == {}
    # A number is one person's, also when it is the beginning of another's.
    assert shown(client, person="100") == yard
    assert shown(client, person="birch") == port
    assert shown(client, person="nobody") == {}
    assert set(shown(client, by="criterion")) == {content.objective("seal-check").criterion.number}


def test_what_is_weak_is_said(client, quiz):
    enter(client, "Compliance")
    factory.take(somebody(1), 2, quiz)
    response = client.get(reverse("mastery_report"))
    assert [(row["name"], row["percent"], row["weak"]) for row in response.context["rows"]] == [
        ("pest-check", "0 %", True),
        ("seal-check", "100 %", False),
    ]
    assert response.content.decode().count(">weak<") == 1


@pytest.mark.parametrize(("limited_to", "points"), [(None, "3"), ("YARD", "2"), ("PORT", "1")])
def test_who_is_limited_sees_the_figures_of_their_own_people(client, quiz, limited_to, points):
    factory.take(somebody(1, "YARD"), 2, quiz)
    factory.take(somebody(2, "PORT"), 1, quiz)
    enter(client, "Human resources", limited_to)
    assert shown(client)["seal-check"][0] == points


def test_it_costs_the_same_with_one_person_and_with_many(client, quiz):
    enter(client, "Human resources")
    factory.take(somebody(1), 3, quiz)
    there = reverse("mastery_report")
    client.get(there)
    one = len(queries(lambda: client.get(there)))
    for number in range(2, 12):
        factory.take(somebody(number, "PORT"), number % 4, quiz)
    assert len(queries(lambda: client.get(there))) == one


@pytest.mark.parametrize("role", ["Editors", "Supervisors"])
def test_whoever_may_not_see_attempts_is_refused(client, quiz, role):
    enter(client, role)
    assert client.get(reverse("mastery_report")).status_code == 302
