"""The managers' line: at any depth, in one query, and never in a circle."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from learning.people import actions, line
from learning.people.models import Employment, Person
from tests.queries import queries
from tests.threads import together

from . import factory
from .factory import AT, HIRED, TODAY, days


@pytest.fixture
def rows(db):
    """Ana leads Luis, Luis leads Mo."""
    people = {}
    for number, name, boss in (("1", "Ana", None), ("2", "Luis", "Ana"), ("3", "Mo", "Luis")):
        people[name] = factory.hire(number, first_name=name)
        people[name].employments.update(manager=people.get(boss))
    return people


def under(manager, on=TODAY):
    return list(Person.objects.under(manager, on).order_by("number").values_list("first_name", flat=True))


def test_the_line_is_everybody_below_on_that_day(rows):
    assert (under(rows["Ana"]), under(rows["Luis"]), under(rows["Mo"])) == (["Luis", "Mo"], ["Mo"], [])
    assert under(rows["Ana"], HIRED - days(1)) == []
    rows["Luis"].employments.update(ends_on=TODAY)
    assert under(rows["Ana"]) == []
    assert under(rows["Ana"], TODAY - days(1)) == ["Luis", "Mo"]


def test_the_line_is_asked_in_one_query(rows):
    assert len(queries(lambda: under(rows["Ana"]))) == 1


def test_a_manager_from_the_own_line_is_refused_in_words(rows):
    job = rows["Ana"].employments.get()
    with pytest.raises(ValidationError) as refused:
        actions.change_employment(employment=job, manager=rows["Mo"], at=AT)
    assert refused.value.message_dict == {"manager": ["Mo is in Ana's own line."]}
    assert Employment.objects.get(pk=job.pk).manager is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "refused"),
    [
        (TODAY - days(400), HIRED, False),
        (TODAY - days(400), HIRED + days(1), True),
        (HIRED, None, True),
    ],
)
def test_the_circle_is_looked_for_on_the_days_of_the_employment(rows, starts_on, ends_on, refused):
    """Mo was Ana's manager before Luis and Mo were hired: that was no circle."""
    assert line.is_above(rows["Ana"].pk, rows["Mo"].pk, starts_on, ends_on) is refused


def test_a_circle_that_is_there_already_ends(rows):
    rows["Ana"].employments.update(manager=rows["Mo"])
    assert under(rows["Ana"]) == ["Luis", "Mo"]
    assert line.is_above(rows["Ana"].pk, rows["Ana"].pk, TODAY) is True
    stranger = factory.hire("9", first_name="Zoe")
    assert line.is_above(stranger.pk, rows["Mo"].pk, TODAY) is False


def test_nobody_works_under_a_merged_account(rows):
    old = factory.person("8", merged_into=rows["Ana"])
    with pytest.raises(ValidationError) as refused:
        actions.change_employment(employment=rows["Mo"].employments.get(), manager=old, at=AT)
    assert refused.value.message_dict == {
        "manager": ["This account was merged into another one: choose that one."],
    }


@pytest.mark.parametrize(
    ("managers", "expected"),
    [
        ({}, None),
        ({"a": None, "b": "a", "c": "b"}, None),
        ({"a": "a"}, ["a"]),
        ({"x": "a", "a": "b", "b": "c", "c": "a"}, ["a", "b", "c"]),
        # Whoever is named and not listed has no manager that counts.
        ({"a": "gone"}, None),
    ],
)
def test_the_first_circle_of_many(managers, expected):
    assert line.first_cycle(managers) == expected


def test_a_line_of_fifty_thousand_is_climbed_without_running_out_of_stack():
    managers = {number: number - 1 for number in range(1, 50_000)}
    assert line.first_cycle(managers) is None
    assert len(line.first_cycle(managers | {0: 49_999})) == 50_000


@pytest.mark.django_db
def test_a_line_three_thousand_deep_is_found_whole_in_the_database():
    people = Person.objects.bulk_create(Person(number=str(number), first_name="Ana") for number in range(3000))
    company, employer = factory.company(), factory.employer()
    Employment.objects.bulk_create(
        Employment(
            person=person,
            manager=boss,
            company=company,
            employer=employer,
            starts_on=HIRED,
            recorded_at=AT,
        )
        for boss, person in zip([None, *people], people, strict=False)
    )
    assert Person.objects.under(people[0], TODAY).count() == 2999
    assert line.is_above(people[0].pk, people[-1].pk, datetime.date(2026, 11, 2)) is True


def test_two_who_close_a_circle_at_the_same_moment(committed_database):
    ana, luis = factory.hire("1", first_name="Ana"), factory.hire("2", first_name="Luis")

    def lead(boss, who):
        return lambda: actions.change_employment(employment=who.employments.get(), manager=boss, at=AT + days(1))

    first, second = together(lead(ana, luis), lead(luis, ana))
    refused = [answer for answer in (first, second) if isinstance(answer, ValidationError)]
    assert len(refused) == 1
    assert Employment.objects.filter(manager__isnull=False).count() == 1
