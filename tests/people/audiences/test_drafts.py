"""A rule on its way through a form: every rule comes back as it went, and the buttons change its shape."""

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings

from learning.people.audiences import drafts, rules
from learning.people.audiences.editor import RuleWidget

from . import forms
from .test_selection_property import conditions, trees

ONE = "00000000-0000-0000-0000-000000000001"
COUNTRY = {"country": ["MX"]}
CHOICES = {"country": ["MX", "US"], "role": ["hr", "it"], "tag": [ONE]}
RULE = {"and": [COUNTRY, {"not": {"or": [{"hired_within": 3}, {"sensitive": False}]}}]}


def posted(rule, **fields):
    return MultiValueDict(forms.posted(rule, **fields))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(trees(conditions(CHOICES)).filter(lambda made: not rules.problems(made)).map(rules.normal))
def test_a_rule_comes_back_as_it_went(rule):
    assert rules.normal(drafts.read(posted(rule), "rule")) == rule


@pytest.mark.parametrize(
    ("deed", "new", "expected", "place"),
    [
        ("look", "", RULE, None),
        ("add r", "facility", {"and": [*RULE["and"], {"facility": []}]}, "r.2"),
        ("add r", "sensitive", {"and": [*RULE["and"], {"sensitive": True}]}, "r.2"),
        ("add r", "hired_before", {"and": [*RULE["and"], {"hired_before": ""}]}, "r.2"),
        ("group r", "", {"and": [*RULE["and"], {"or": []}]}, "r.2"),
        ("remove r.0", "", {"and": [RULE["and"][1]]}, "r"),
        ("remove r.1", "", {"and": [COUNTRY]}, "r"),
        ("remove r.1.0", "", {"and": [COUNTRY, {"not": {"or": [{"sensitive": False}]}}]}, "r.1"),
    ],
)
def test_buttons(deed, new, expected, place):
    data = posted(RULE, rule__r__new=new)
    assert drafts.do(RULE, deed, data, "rule") == (expected, place)


def test_a_group_in_a_group_of_alternatives_asks_for_all():
    rule, place = drafts.do(RULE, "group r.1", posted(RULE), "rule")
    assert (rule["and"][1]["not"]["or"][-1], place) == ({"and": []}, "r.1.2")


@pytest.mark.parametrize(
    "deed",
    ["remove r", "remove r.9", "remove r.0.0", "add r.0", "add r.x", "add", "add r.1.0.7", "group q"],
)
def test_a_button_of_what_is_not_there(deed):
    with pytest.raises(drafts.NotHere):
        drafts.do(RULE, deed, posted(RULE, rule__r__new="tag"), "rule")


@pytest.mark.parametrize("word", ["", "salary", "and", "not"])
def test_a_condition_that_is_none_is_not_added(word):
    with pytest.raises(drafts.NotHere):
        drafts.do(RULE, "add r", posted(RULE, rule__r__new=word), "rule")


@pytest.mark.parametrize(
    ("posted", "rule"),
    [
        ("", {"and": []}),
        ("rule:part=r", {"and": []}),
        ("rule:part=r.0&rule:r.0:word=country", {"and": []}),
        ("rule:part=r&rule:r:word=group&rule:part=r.4.1&rule:r.4.1:word=country", {"and": []}),
        ("rule:part=r&rule:r:word=group&rule:part=r.0&rule:r.0:word=and", {"and": []}),
        ("rule:part=r&rule:r:word=group&rule:part=r.0&rule:r.0:word=hired_within&rule:r.0:value=%C2%B2",
         {"and": [{"hired_within": "²"}]}),
        ("rule:part=r&rule:r:word=group&rule:part=r.0&rule:r.0:word=sensitive", {"and": [{"sensitive": None}]}),
    ],
)  # fmt: skip
def test_what_a_browser_would_not_send(posted, rule):
    assert drafts.read(QueryDict(posted), "rule") == rule


def test_groups_in_groups_without_end_are_cut_off():
    places = [".".join(["r", *["0"] * depth]) for depth in range(300)]
    data = MultiValueDict({"rule:part": places, **{f"rule:{place}:word": ["group"] for place in places}})
    rule = drafts.read(data, "rule")
    assert [message for _path, _part, message in rules.problems(rule)] == [
        "Groups stand in one another more than 5 deep."
    ]
    assert str(rule).count("and") == rules.MAX_DEPTH + 2


@pytest.mark.django_db
def test_what_is_not_filled_in_yet_is_shown(django_assert_num_queries):
    draft = {"and": [{"tag": []}, {"hired_within": "many"}, {"or": []}]}
    with django_assert_num_queries(1):
        page = RuleWidget().render("rule", draft)
    assert 'value="many"' in page
    assert "There is none yet." in page
