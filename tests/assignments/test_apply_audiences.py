"""The sweep with audiences of every kind: who owes what, from when it is due, and by how many queries."""

from datetime import date

import pytest

from learning.assignments.actions import apply_requirements, apply_to_people
from learning.assignments.models import Assignment
from learning.people.audiences import actions as audiences
from learning.people.models import Audience, Employment, PositionHeld, Tag

from ..queries import queries
from . import factory
from .factory import AT, TODAY, days

pytestmark = pytest.mark.django_db

NOTHING = {"assigned": 0, "satisfied": 0, "withdrawn": 0, "restored": 0}


def require(rule):
    audience, _new = Audience.objects.get_or_create(name="Some")
    audiences.set_audience_rule(audience=audience, rule=rule, at=AT - days(1))
    factory.requirement(factory.course(), audience=audience)
    return audience


def of(title):
    return {"position": [str(factory.position(title).uuid)]}


def due():
    return dict(Assignment.objects.order_by("person__number").values_list("person__number", "due_on"))


@pytest.mark.parametrize(
    ("rule", "due_on"),
    [
        (lambda: {"and": []}, date(2026, 7, 1)),
        (lambda: {"and": [of("Driver")]}, date(2026, 12, 20)),
        (lambda: {"and": [{"kind": ["employee"]}, {"role": ["drivers"]}]}, date(2026, 12, 20)),
        (lambda: {"and": [{"kind": ["employee"]}]}, date(2026, 3, 3)),
        (lambda: {"and": [{"not": of("Guard")}]}, date(2026, 3, 3)),
        (lambda: {"or": [of("Guard"), {"kind": ["employee"]}]}, date(2026, 3, 3)),
    ],
)
def test_due_counts_from_the_position_that_brought_somebody_in_else_from_the_hire(rule, due_on):
    who = factory.person("1")
    factory.employ(who, date(2026, 2, 1))
    factory.place(who, "Clerk", date(2026, 6, 1))
    held = factory.place(who, "Driver", date(2026, 11, 20))
    held.position.roles = ["drivers"]
    held.position.save()
    require(rule())
    apply_requirements(on=TODAY, at=AT)
    assert due() == {"1": due_on}


def test_somebody_without_a_position_owes_what_a_rule_about_employments_says():
    factory.employ(factory.person("1"), date(2026, 11, 1))
    require({"and": [{"kind": ["employee"]}]})
    assert apply_requirements(on=TODAY, at=AT) == NOTHING | {"assigned": 1}
    assert due() == {"1": date(2026, 12, 1)}
    assert apply_requirements(on=TODAY, at=AT) == NOTHING


def test_people_leave_and_come_back_by_any_condition():
    who, other = factory.hire("1"), factory.hire("2")
    tag = Tag.objects.create(name="forklift")
    who.tags.add(tag)
    other.tags.add(tag)
    require({"and": [{"tag": [str(tag.uuid)]}, {"not": {"hired_within": 5}}]})
    assert apply_requirements(on=TODAY, at=AT) == NOTHING | {"assigned": 2}
    who.tags.clear()
    apply_to_people(person_ids=[who.pk], at=AT)
    assert list(Assignment.objects.open().values_list("person__number", flat=True)) == ["2"]
    who.tags.add(tag)
    apply_to_people(person_ids=[who.pk], at=AT)
    assert Assignment.objects.open().count() == 2
    assert apply_requirements(on=TODAY, at=AT) == NOTHING


def test_a_relative_rule_lets_people_go_as_days_pass():
    factory.hire("1", on=TODAY - days(3))
    require({"and": [{"hired_within": 5}]})
    assert apply_requirements(on=TODAY, at=AT)["assigned"] == 1
    assert apply_requirements(on=TODAY + days(1), at=AT) == NOTHING
    assert apply_requirements(on=TODAY + days(2), at=AT) == NOTHING | {"withdrawn": 1}


def test_a_changed_rule_is_swept_at_once():
    factory.hire("1")
    factory.hire("2", title="Guard")
    audience = require({"and": [of("Dock hand")]})
    apply_requirements(on=TODAY, at=AT)
    audiences.set_audience_rule(audience=audience, rule={"and": [of("Guard")]}, at=AT)
    assert list(Assignment.objects.open().values_list("person__number", flat=True)) == ["2"]


def test_one_query_for_each_question_however_many_people_and_conditions():
    tag = Tag.objects.create(name="forklift")
    require({"and": [{"or": [of("Dock hand"), {"tag": [str(tag.uuid)]}]}, {"not": {"role": ["it"]}}]})

    def count(people):
        return len(queries(lambda: apply_requirements(on=TODAY, at=AT, people=people)))

    who = factory.hire("1")
    apply_requirements(on=TODAY, at=AT)
    one, everybody = count([who.pk]), count(None)
    assert one == everybody
    factory.person("not hired")
    for number in range(2, 20):
        factory.hire(str(number))
    apply_requirements(on=TODAY, at=AT)
    assert (count([who.pk]), count(None)) == (one, everybody)
    assert (Employment.objects.count(), PositionHeld.objects.count()) == (19, 19)
