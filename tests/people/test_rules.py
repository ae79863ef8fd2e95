import pytest
from django.core.exceptions import ValidationError

from learning.people import rules
from learning.people.models import Person

from . import factory
from .factory import TODAY, days

pytestmark = pytest.mark.django_db


def rule(positions=(), facilities=()):
    return rules.positions_and_facilities(
        positions=[factory.position(title) for title in positions],
        facilities=[factory.facility(code) for code in facilities],
    )


@pytest.fixture
def crew():
    factory.hire("dock-yard", "Dock hand", "YARD")
    factory.hire("dock-gate", "Dock hand", "GATE")
    factory.hire("guard-yard", "Guard", "YARD")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, ["dock-gate", "dock-yard", "guard-yard"]),
        ({"positions": ["Dock hand"]}, ["dock-gate", "dock-yard"]),
        ({"facilities": ["YARD"]}, ["dock-yard", "guard-yard"]),
        ({"positions": ["Dock hand"], "facilities": ["YARD"]}, ["dock-yard"]),
        ({"positions": ["Dock hand", "Guard"], "facilities": ["GATE"]}, ["dock-gate"]),
        ({"positions": ["Driver"]}, []),
    ],
)
def test_a_rule_selects_by_position_and_facility(crew, said, expected):
    selected = Person.objects.in_audience(rule(**said), TODAY).order_by("number")
    assert [person.number for person in selected] == expected


def test_position_and_facility_are_asked_of_the_same_row():
    who = factory.hire("1", "Dock hand", "YARD")
    factory.place(who, "Guard", "GATE")
    assert not Person.objects.in_audience(rule(["Dock hand"], ["GATE"]), TODAY).exists()
    assert Person.objects.in_audience(rule(["Guard"], ["GATE"]), TODAY).get() == who


@pytest.mark.parametrize(
    ("day", "expected"), [(-1, False), (0, True), (9, True), (10, False)], ids=["before", "first", "last", "after"]
)
def test_dates_are_half_open(day, expected):
    who = factory.person("1")
    factory.employ(who, TODAY, TODAY + days(10))
    factory.place(who, on=TODAY, ends_on=TODAY + days(10))
    assert Person.objects.in_audience(rule(), TODAY + days(day)).exists() is expected


def test_neither_the_unemployed_nor_the_unplaced_nor_the_merged_are_selected():
    stays = factory.hire("stays")
    factory.place(factory.person("never hired"))
    factory.employ(factory.person("never placed"))
    factory.hire("merged", merged_into=stays)
    assert [person.number for person in Person.objects.in_audience(rule(), TODAY)] == ["stays"]


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {},
        {"and": 1},
        {"or": []},
        {"position": ["not a uuid"]},
        {"position": [], "facility": []},
        {"and": [{"employer": []}]},
    ],
)
def test_what_is_no_rule_is_refused(broken):
    with pytest.raises(ValidationError, match="This is not an audience rule."):
        rules.validate(broken)


def test_listed_reads_what_the_form_wrote():
    position, facility = factory.position(), factory.facility()
    assert rules.listed(rule()) == ([], [])
    assert rules.listed(rule(["Dock hand"])) == ([str(position.uuid)], [])
    assert rules.listed(rule(["Dock hand"], ["YARD"])) == ([str(position.uuid)], [str(facility.uuid)])


def test_listed_knows_what_a_form_could_not_show():
    one = {"position": [str(factory.position().uuid)]}
    assert rules.listed(one) is None
    assert rules.listed({"and": [{"and": [one]}]}) is None
    assert rules.listed({"and": [one, one]}) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["10", "20"]),
        ("ruiz", ["10"]),
        ("ana ruiz", ["10"]),
        ("RUIZ 10", ["10"]),
        ("ana soto", []),
        ("yard@", ["20"]),
    ],
)
def test_matching_wants_every_word_somewhere(words, expected):
    factory.person("10", "Ana", last_name="Ruiz")
    factory.person("20", "Luz", last_name="Soto", email="yard@example.com")
    assert [person.number for person in Person.objects.matching(words).order_by("number")] == expected
