"""What is a rule, and what is said of what is none."""

import uuid
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import ValidationError

from learning.people.audiences import rules
from learning.people.models import Employment
from learning.people.training_roles import TRAINING_ROLES

ONE = str(uuid.UUID(int=1))
LEAF = {"tag": [ONE]}
WITHIN = "Hired within the last … days"


def nested(depth):
    rule = LEAF
    for _group in range(depth):
        rule = {"and": [rule]}
    return rule


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (None, "The rule: This is not an audience rule."),
        ([], "The rule: This is not an audience rule."),
        ({}, "The rule: This is not an audience rule."),
        ({"and": 1}, "The rule: This is not an audience rule."),
        ({"position": [ONE], "facility": [ONE]}, "The rule: This is not an audience rule."),
        ({"and": [LEAF, {"salary": [1]}]}, "Part 2: This is not an audience rule."),
        ({"or": []}, "The rule: This group is empty; add a condition, or remove the group."),
        ({"and": [LEAF, {"or": []}]}, "Part 2: This group is empty; add a condition, or remove the group."),
        ({"and": [{"not": {"and": []}}]}, "Part 1: This group is empty; add a condition, or remove the group."),
        ({"not": {"not": LEAF}}, "The rule: “not” twice is no “not” at all; take both away."),
        ({"and": [{"facility": []}]}, "Part 1 (Facility): Choose at least one."),
        ({"and": [LEAF, {"or": [LEAF, {"tag": []}]}]}, "Part 2.2 (Tag): Choose at least one."),
        ({"and": [{"not": {"tag": []}}]}, "Part 1 (Tag): Choose at least one."),
        ({"and": [{"position": ["x"]}]}, "Part 1 (Position): “x” is not one of the choices."),
        ({"and": [{"position": [ONE.replace("-", "")]}]}, None),
        ({"and": [{"role": ["cook"]}]}, "Part 1 (Training role): “cook” is not one of the choices."),
        ({"and": [{"kind": ["slave"]}]}, "Part 1 (Kind of employment): “slave” is not one of the choices."),
        ({"and": [{"country": ["mx"]}]}, "Part 1 (Country of the facility): “mx” is not one of the choices."),
        ({"and": [{"country": [7]}]}, "Part 1 (Country of the facility): “7” is not one of the choices."),
        ({"and": [{"sensitive": 1}]}, "Part 1 (Sensitive position): Say yes or no."),
        ({"and": [{"hired_before": "soon"}]}, "Part 1 (Hired before): Enter a date."),
        ({"and": [{"hired_from": "20240501"}]}, "Part 1 (Hired on or after): Enter a date."),
        ({"and": [{"hired_before": 20240501}]}, "Part 1 (Hired before): Enter a date."),
        (
            {"and": [{"hired_within": True}]},
            "Part 1 (Hired within the last … days): Enter a number of days from 1 to 36500.",
        ),
        (
            {"and": [{"hired_within": 0}]},
            "Part 1 (Hired within the last … days): Enter a number of days from 1 to 36500.",
        ),
        (nested(6), "Part 1.1.1.1.1: Groups stand in one another more than 5 deep."),
        (nested(5000), "Part 1.1.1.1.1: Groups stand in one another more than 5 deep."),
        ({"or": [LEAF] * 101}, "The rule: There are more than 100 conditions."),
        ({"or": [{"country": ["US"] * 1500}] * 2}, "The rule: There are more than 2000 choices in all."),
    ],
)
def test_what_is_no_rule_is_refused_and_the_part_is_named(broken, words):
    with pytest.raises(ValidationError) as refused:
        rules.validate(broken)
    if words:
        assert refused.value.messages == [words]


def test_every_part_that_is_wrong_is_named():
    with pytest.raises(ValidationError) as refused:
        rules.validate({"and": [{"tag": []}, {"or": []}]})
    assert [message.split(":")[0] for message in refused.value.messages] == ["Part 1 (Tag)", "Part 2"]


@pytest.mark.parametrize(
    "rule", [{"and": []}, LEAF, {"not": LEAF}, {"or": [LEAF] * 100}, nested(5), {"not": {"and": []}}]
)
def test_what_is_a_rule(rule):
    assert rules.problems(rule) == []


@pytest.mark.parametrize(
    ("rule", "normal"),
    [
        ({"country": ["US", "MX", "US"]}, {"and": [{"country": ["MX", "US"]}]}),
        ({"not": {"country": ["US"]}}, {"and": [{"not": {"country": ["US"]}}]}),
        ({"not": {"or": [{"country": ["US"]}]}}, {"not": {"or": [{"country": ["US"]}]}}),
        ({"or": [{"hired_within": 3}, {"and": [{"kind": ["temporary", "employee"]}]}]}, None),
    ],
)
def test_one_way_to_write_it(rule, normal):
    if normal is None:
        normal = {"or": [{"hired_within": 3}, {"and": [{"kind": ["employee", "temporary"]}]}]}
    assert rules.normal(rule) == normal
    assert rules.normal(normal) == normal


def test_the_words_are_those_of_the_models_and_of_the_criteria():
    assert set(Employment.Kind.values) == rules.KINDS
    criteria = yaml.safe_load((Path(settings.BASE_DIR) / "content/starter/en/criteria.yaml").read_text())
    trained = {
        role
        for focus in criteria["focus_areas"]
        for area in focus["areas"]
        for one in area["criteria"]
        for role in one["trains"]
    }
    assert trained <= set(TRAINING_ROLES)
    assert set(rules.LABELS) == rules.HELD | rules.EMPLOYED | {"tag"}
