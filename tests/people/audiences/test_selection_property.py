"""Any rule, on any day: the database selects the people that a second, naive reading of the rule selects."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.people.audiences import rules, selection
from learning.people.models import Person

from . import company, naive

pytestmark = pytest.mark.django_db

DAYS = st.integers(-5, 2 * company.LENGTH).map(lambda days: company.BEGAN + datetime.timedelta(days=days))


@pytest.fixture
def people():
    return company.make()


def conditions(choices):
    listed = [
        st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(
            lambda value, word=word: {word: value}
        )
        for word, values in choices.items()
    ]
    return st.one_of(
        *listed,
        st.booleans().map(lambda value: {"sensitive": value}),
        DAYS.map(lambda day: {"hired_before": day.isoformat()}),
        DAYS.map(lambda day: {"hired_from": day.isoformat()}),
        st.integers(1, 90).map(lambda days: {"hired_within": days}),
    )


def negated(part):
    return {"not": part}


def trees(leaves):
    def with_group(parts):
        several = st.lists(parts | leaves, min_size=1, max_size=4)
        group = st.one_of(several.map(lambda value: {"and": value}), several.map(lambda value: {"or": value}))
        return st.one_of(group, group.map(negated))

    return st.recursive(leaves | leaves.map(negated), with_group, max_leaves=10)


def mixed(leaves):
    """Alternatives of every kind for one position and one employment: where a compiler goes wrong first."""
    alternatives = st.lists(leaves, min_size=2, max_size=3).map(lambda value: {"or": value})
    group = st.lists(leaves, min_size=2, max_size=2).map(lambda value: {"and": value})
    return st.lists(alternatives | group, min_size=2, max_size=3).map(lambda value: {"and": value})


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_database_selects_whom_a_naive_reading_selects(people, data):
    leaves = conditions(company.choices())
    rule = data.draw((trees(leaves) | mixed(leaves)).filter(lambda made: not rules.problems(made)), label="rule")
    on = data.draw(DAYS, label="on")
    selected = set(Person.objects.in_audience(rule, on).values_list("pk", flat=True))
    assert selected == naive.selected(rule, people, on)
    again = Person.objects.in_audience(rules.normal(rule), on, few=True)
    assert set(again.values_list("pk", flat=True)) == selected
    brought = selection.brought_by(rule, on)
    assert brought is None or brought.count() <= len(people) * 3
