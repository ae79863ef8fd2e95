"""Whom a rule selects, case by case."""

import datetime

import pytest

from learning.people.audiences import rules, selection
from learning.people.models import Employment, Facility, Person, Position, Tag

from ...queries import queries
from .. import factory
from ..factory import AT, HIRED, TODAY, days

pytestmark = pytest.mark.django_db


def position(*titles):
    return {"position": sorted(str(factory.position(title).uuid) for title in titles)}


def facility(*codes):
    return {"facility": sorted(str(factory.facility(code).uuid) for code in codes)}


def numbers(rule, on=TODAY):
    rules.validate(rule)
    return sorted(Person.objects.in_audience(rule, on).values_list("number", flat=True))


@pytest.fixture
def crew():
    factory.hire("dock-yard", "Dock hand", "YARD")
    factory.hire("dock-gate", "Dock hand", "GATE")
    factory.hire("guard-yard", "Guard", "YARD")


@pytest.mark.parametrize(
    ("titles", "codes", "expected"),
    [
        ([], [], ["dock-gate", "dock-yard", "guard-yard"]),
        (["Dock hand"], [], ["dock-gate", "dock-yard"]),
        ([], ["YARD"], ["dock-yard", "guard-yard"]),
        (["Dock hand"], ["YARD"], ["dock-yard"]),
        (["Dock hand", "Guard"], ["GATE"], ["dock-gate"]),
        (["Driver"], [], []),
    ],
)
def test_a_rule_of_positions_and_facilities(crew, titles, codes, expected):
    rule = rules.positions_and_facilities(
        positions=[factory.position(title) for title in titles],
        facilities=[factory.facility(code) for code in codes],
    )
    assert numbers(rule) == expected


@pytest.fixture
def two_places():
    """A driver at the gate who is also a clerk in the yard."""
    who = factory.hire("1", "Driver", "GATE")
    factory.place(who, "Clerk", "YARD")
    return who


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (lambda: {"and": [position("Driver"), facility("YARD")]}, []),
        (lambda: {"and": [position("Driver"), facility("GATE")]}, ["1"]),
        (lambda: {"and": [{"or": [position("Driver"), {"role": ["hr"]}]}, facility("YARD")]}, []),
        (lambda: {"and": [{"or": [{"and": [position("Driver"), facility("YARD")]}, position("Guard")]}]}, []),
        (lambda: {"and": [facility("YARD"), {"or": [{"and": [position("Driver")]}, position("Guard")]}]}, []),
        (lambda: {"and": [{"and": [position("Driver")]}, {"and": [facility("YARD")]}]}, ["1"]),
        (lambda: {"and": [facility("YARD"), {"and": [position("Driver")]}]}, ["1"]),
        (lambda: {"and": [facility("YARD"), {"not": position("Driver")}]}, []),
        (lambda: {"and": [position("Clerk"), {"not": {"and": [position("Driver"), facility("YARD")]}}]}, ["1"]),
        (lambda: {"or": [position("Guard"), facility("YARD")]}, ["1"]),
    ],
    ids=[
        "one position must meet both",
        "and does",
        "alternatives are of that one position",
        "a group in alternatives as well",
        "and shares it with what stands outside",
        "two groups may be two positions",
        "a group in a group has its own",
        "not is about the person",
        "not of a group is about one position",
        "or",
    ],
)
def test_an_and_group_speaks_of_one_position(two_places, said, expected):
    assert numbers(said()) == expected


def test_an_and_group_speaks_of_one_employment():
    who = factory.hire("1", on=HIRED)
    factory.employ(who, TODAY, employer=factory.employer("Otay Staffing"), kind=Employment.Kind.TEMPORARY)
    own, agency = (str(factory.employer(name).uuid) for name in ("Corvina Freight", "Otay Staffing"))
    assert numbers({"and": [{"kind": ["temporary"]}, {"employer": [agency]}]}) == ["1"]
    assert numbers({"and": [{"kind": ["temporary"]}, {"employer": [own]}]}) == []
    assert numbers({"and": [{"kind": ["temporary"]}, {"and": [{"employer": [own]}]}]}) == ["1"]
    assert numbers({"and": [{"employer": [agency]}, {"hired_before": TODAY.isoformat()}]}) == []


def test_a_condition_that_is_met_by_position_or_employment_in_turn():
    """One employment and one position for both alternatives, also where they are mixed."""
    who = factory.hire("1", "Driver", "GATE")
    factory.employ(who, employer=factory.employer("Otay Staffing"), kind=Employment.Kind.TEMPORARY)
    agency = {"employer": [str(factory.employer("Otay Staffing").uuid)]}
    mixed = [{"or": [position("Clerk"), agency]}, {"or": [position("Guard"), {"kind": ["employee"]}]}]
    assert numbers({"and": mixed}) == []
    assert numbers({"and": [mixed[0], {"or": [position("Driver"), {"kind": ["employee"]}]}]}) == ["1"]
    # By a tag or an employment somebody is selected who holds no position.
    factory.employ(factory.person("2"), employer=factory.employer("Otay Staffing"))
    assert numbers({"and": [mixed[0], mixed[1]]}) == ["2"]


def test_roles_are_those_of_positions():
    for title, roles in (("Driver", ["drivers"]), ("Lead", ["management", "drivers"]), ("Clerk", [])):
        factory.position(title)
        Position.objects.filter(title=title).update(roles=roles)
        factory.hire(title, title)
    assert numbers({"role": ["drivers"]}) == ["Driver", "Lead"]
    assert numbers({"role": ["management", "hr"]}) == ["Lead"]
    assert numbers({"role": ["it"]}) == []
    assert numbers({"and": [{"role": ["drivers"]}, {"role": ["management"]}]}) == ["Lead"]


def test_sensitivity_country_and_tag():
    Facility.objects.filter(pk=factory.facility("YARD").pk).update(country="MX")
    Position.objects.filter(pk=factory.position("Guard").pk).update(sensitive=True)
    factory.hire("1", "Guard", "YARD")
    tagged = factory.hire("2", "Clerk", "GATE")
    forklift, other = Tag.objects.create(name="forklift"), Tag.objects.create(name="night")
    tagged.tags.add(forklift)
    assert numbers({"sensitive": True}) == ["1"]
    assert numbers({"sensitive": False}) == ["2"]
    assert numbers({"country": ["MX"]}) == ["1"]
    assert numbers({"country": ["MX", "US"]}) == ["1", "2"]
    assert numbers({"tag": [str(forklift.uuid)]}) == ["2"]
    assert numbers({"and": [{"tag": [str(forklift.uuid)]}, {"tag": [str(other.uuid)]}]}) == []
    assert numbers({"not": {"tag": [str(forklift.uuid)]}}) == ["1"]


@pytest.mark.parametrize(
    ("rule", "first", "last"),
    [
        ({"hired_before": "2026-11-02"}, 0, 99),
        ({"hired_before": "2026-11-01"}, None, None),
        ({"hired_from": "2026-11-01"}, 0, 99),
        ({"hired_from": "2026-11-02"}, None, None),
        ({"hired_within": 1}, 0, 0),
        ({"hired_within": 30}, 0, 29),
    ],
)
def test_when_people_were_hired(rule, first, last):
    factory.employ(factory.person("1"), HIRED)
    selected = [day for day in range(-1, 100) if numbers(rule, HIRED + days(day))]
    assert (selected[0], selected[-1]) == (first, last) if selected else first is None


def test_a_rehire_was_hired_again():
    who = factory.person("1")
    factory.employ(who, datetime.date(2020, 1, 1), datetime.date(2022, 1, 1))
    factory.employ(who, HIRED)
    assert numbers({"hired_before": "2024-05-01"}) == []
    assert numbers({"hired_before": "2024-05-01"}, datetime.date(2021, 6, 1)) == ["1"]


def test_days_before_the_calendar_begins_are_no_error():
    assert numbers({"hired_within": rules.MAX_DAYS}, datetime.date(1900, 1, 1)) == []
    assert numbers({"hired_within": rules.MAX_DAYS}, datetime.date(1, 1, 2)) == []


@pytest.mark.parametrize(
    ("day", "expected"), [(-1, False), (0, True), (9, True), (10, False)], ids=["before", "first", "last", "after"]
)
def test_dates_are_half_open(day, expected):
    who = factory.person("1")
    factory.employ(who, TODAY, TODAY + days(10))
    factory.place(who, on=TODAY, ends_on=TODAY + days(10))
    assert bool(numbers(rules.EVERYBODY, TODAY + days(day))) is expected


def test_neither_the_unemployed_nor_the_unplaced_nor_the_merged_hold_a_position():
    stays = factory.hire("stays")
    factory.place(factory.person("never hired"))
    factory.employ(factory.person("never placed"))
    factory.hire("merged", merged_into=stays)
    assert numbers(rules.EVERYBODY) == ["stays"]
    assert numbers({"and": [{"kind": ["employee"]}]}) == ["never placed", "stays"]
    assert numbers({"not": rules.EVERYBODY}) == ["never placed"]


@pytest.mark.parametrize("kind", ["temporary", "employee"])
def test_what_was_corrected_since_counts_no_longer(kind):
    """Also where positions and employments are asked together."""
    who = factory.hire("1", "Driver")
    now = who.employments.get()
    factory.employ(who, kind=Employment.Kind.TEMPORARY, version_of=now, superseded_at=AT)
    rule = {"and": [position("Driver"), {"or": [position("Clerk"), {"kind": [kind]}]}]}
    assert numbers(rule) == (["1"] if kind == "employee" else [])
    assert numbers({"kind": [kind]}) == (["1"] if kind == "employee" else [])


def test_one_query_however_the_rule_is_made():
    factory.hire("1", "Driver")
    rule = {"and": [{"role": ["drivers"]}, facility("YARD"), {"or": [{"kind": ["partner"]}, position("Driver")]}]}
    rule["and"].append({"not": {"or": [{"tag": [str(Tag.objects.create(name="x").uuid)]}, {"hired_within": 9}]}})
    assert len(queries(lambda: Person.objects.in_audience(rule, TODAY).count())) == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (lambda: rules.EVERYBODY, -90),
        (lambda: {"and": [position("Driver")]}, -9),
        (lambda: {"or": [position("Driver"), position("Guard")]}, -9),
        (lambda: {"and": [{"kind": ["employee"]}, {"or": [position("Driver"), {"kind": ["partner"]}]}]}, -9),
        (lambda: {"and": [{"kind": ["employee"]}, {"and": [position("Driver")]}]}, -9),
        (lambda: {"kind": ["employee"]}, None),
        (lambda: {"and": [{"not": position("Guard")}]}, None),
    ],
)
def test_the_position_that_brings_somebody_in(said, expected):
    who = factory.hire("1", "Clerk", on=TODAY - days(90))
    factory.place(who, "Driver", on=TODAY - days(9))
    brought = selection.brought_by(said(), TODAY)
    found = None if brought is None else brought.order_by("starts_on").values_list("starts_on", flat=True)[0]
    assert found == (expected and TODAY + days(expected))
