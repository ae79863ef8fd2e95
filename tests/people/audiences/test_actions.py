"""Changing audiences: versions, refusals, and who is told."""

import pytest
from django.core.exceptions import ValidationError

from learning.people.audiences import actions, rules
from learning.people.models import Audience, Person
from learning.people.signals import people_changed

from ...queries import queries
from .. import factory
from ..factory import AT, TODAY, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """What `people_changed` said: sets of staff numbers."""
    news = []

    def listen(sender, person_ids, at, **kwargs):
        news.append((set(Person.objects.filter(pk__in=person_ids).values_list("number", flat=True)), at))

    people_changed.connect(listen)
    yield news
    people_changed.disconnect(listen)


def of(title):
    return {"and": [{"position": [str(factory.position(title).uuid)]}]}


def test_a_new_rule_is_told_to_those_whom_it_or_the_old_one_selects(told):
    for title in ("Dock hand", "Guard", "Driver"):
        factory.hire(title, title)
    dock, guard = of("Dock hand"), of("Guard")
    audience = actions.set_audience(name="Some", rule=dock, at=AT)
    actions.set_audience(name="Some", rule=dock, at=AT + days(1))
    actions.set_audience(name="Others", rule=guard, at=AT + days(2), audience=audience)
    actions.set_audience_rule(audience=audience, rule=rules.EVERYBODY, at=AT + days(3))
    assert told == [
        ({"Dock hand"}, AT),
        ({"Dock hand", "Guard"}, AT + days(2)),
        ({"Dock hand", "Guard", "Driver"}, AT + days(3)),
    ]
    audience.refresh_from_db()
    assert audience.name == "Others"
    assert list(audience.versions.values_list("number", "rule")) == [(1, dock), (2, guard), (3, rules.EVERYBODY)]
    assert audience.rule(AT + days(1)) == dock
    assert audience.rule(AT - days(1)) is None


def test_each_is_selected_on_their_own_day(told):
    """Just after midnight in Monterrey it is still yesterday in Denver."""
    east, west = factory.hire("east", on=TODAY), factory.hire("west", on=TODAY)
    Person.objects.filter(pk=east.pk).update(time_zone="America/Monterrey")
    actions.set_audience(name="Some", rule=of("Dock hand"), at=AT.replace(hour=6, minute=30))
    assert told == [({"east"}, AT.replace(hour=6, minute=30))]
    assert west.employments.exists()


def test_people_are_found_by_set(told):
    audience = actions.set_audience(name="Some", rule=of("Dock hand"), at=AT)

    def count(rule):
        return len(queries(lambda: actions.set_audience_rule(audience=audience, rule=rule, at=AT)))

    factory.hire("1")
    one = count(of("Guard"))
    for number in range(2, 30):
        factory.hire(str(number))
    assert count(of("Dock hand")) == one
    assert len(told[-1][0]) == 29


def test_saying_the_same_in_another_order_is_no_new_version():
    first, second = (str(factory.position(title).uuid) for title in ("Dock hand", "Guard"))
    audience = actions.set_audience(name="Some", rule={"position": [first, second, first]}, at=AT)
    actions.set_audience_rule(audience=audience, rule={"and": [{"position": [second, first]}]}, at=AT)
    assert [version.rule for version in audience.versions.all()] == [{"and": [{"position": sorted([first, second])}]}]


UNKNOWN = "00000000-0000-0000-0000-00000000000a"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"anyone": True}, "The rule: This is not an audience rule."),
        (
            {"and": [{"sensitive": True}, {"not": {"facility": [UNKNOWN]}}]},
            f"Part 2 (Facility): Nothing is known by the identity “{UNKNOWN}”.",
        ),
    ],
)
def test_what_is_no_rule_makes_no_version(rule, words):
    with pytest.raises(ValidationError) as refused:
        actions.set_audience(name="Broken", rule=rule, at=AT)
    assert refused.value.messages == [words]
    assert not Audience.objects.exists()


def test_a_position_is_not_a_facility():
    with pytest.raises(ValidationError, match="Nothing is known"):
        actions.set_audience(name="Broken", rule={"facility": [str(factory.position().uuid)]}, at=AT)
