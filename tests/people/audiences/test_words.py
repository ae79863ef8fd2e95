"""How rules read, and how two versions differ."""

import pytest
from django.utils import translation

from learning.people.audiences import differences, naming, rules, words
from learning.people.models import Tag

from ...queries import queries
from .. import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids():
    """`name -> uuid` of what rules below mention."""
    rows = [
        factory.position("Driver"),
        factory.position("Gate guard"),
        factory.facility("LAREDO"),
        factory.employer("Otay Staffing"),
        Tag.objects.create(name="forklift"),
    ]
    return {str(row): str(row.uuid) for row in rows}


def with_ids(rule, ids):
    if isinstance(rule, dict):
        return {word: with_ids(value, ids) for word, value in rule.items()}
    if isinstance(rule, list):
        return [with_ids(value, ids) for value in rule]
    return ids.get(rule, rule)


BOTH = {"position": ["Driver", "Gate guard"]}
AT_LAREDO = {"facility": ["Laredo"]}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"and": []}, "Everybody who holds a position"),
        (
            {"and": [BOTH, AT_LAREDO, {"not": {"hired_before": "2024-05-01"}}]},
            "Driver or Gate guard, at Laredo, not hired before 1 May 2024",
        ),
        (
            {"or": [{"and": [BOTH, AT_LAREDO]}, {"tag": ["forklift"]}]},
            "(Driver or Gate guard, at Laredo); or tagged forklift",
        ),
        ({"or": [{"tag": ["forklift"]}, {"sensitive": True}]}, "Tagged forklift or in a sensitive position"),
        ({"and": [AT_LAREDO, {"or": [{"sensitive": False}, {"hired_within": 1}]}]},
         "At Laredo, (in a position that is not sensitive or hired within the last 1 day)"),
        (
            {"and": [{"and": [{"position": ["Driver"]}]}, {"and": [{"country": ["MX", "US"]}, {"hired_within": 30}]}]},
            "Driver, and also (at a facility in MX or US, hired within the last 30 days)",
        ),
        ({"not": {"and": [BOTH, AT_LAREDO]}}, "Not (Driver or Gate guard, at Laredo)"),
        ({"not": {"or": [{"tag": ["forklift"]}, {"hired_from": "2024-05-01"}]}},
         "Not (tagged forklift or hired on or after 1 May 2024)"),
        (
            {"and": [{"kind": ["temporary", "contractor"]}, {"employer": ["Otay Staffing"]}, {"role": ["it", "hr"]}]},
            "Employed as contractor or temporary, employed by Otay Staffing, "
            "trained as “Human resources” or “Information technology”",
        ),
        ({"tag": ["00000000-0000-0000-0000-000000000001"]}, "Tagged something unknown (00000000)"),
    ],
)  # fmt: skip
def test_the_rule_in_words(ids, rule, said):
    rule = with_ids(rule, ids)
    assert words.sentence(rule, naming.names([rule])) == said


def test_dates_read_as_the_language_writes_them(ids):
    with translation.override("es"):
        assert "1 de mayo de 2024" in words.sentence({"hired_before": "2024-05-01"}, {})


def test_comparing_says_what_was_added_and_what_was_removed(ids):
    old = with_ids({"and": [{"position": ["Driver"]}, AT_LAREDO]}, ids)
    new = with_ids({"and": [BOTH, AT_LAREDO, {"not": {"or": [{"tag": ["forklift"]}]}}]}, ids)
    lines = differences.compare(old, new, naming.names([old, new]))
    assert [(line.change, line.depth, line.words) for line in lines] == [
        ("same", 0, "All of these:"),
        ("removed", 1, "Driver"),
        ("added", 1, "Driver or Gate guard"),
        ("same", 1, "at Laredo"),
        ("added", 1, "None of these:"),
        ("added", 2, "tagged forklift"),
    ]


def test_names_are_looked_up_once_for_each_kind_of_row(ids):
    one = with_ids({"and": [BOTH, AT_LAREDO, {"employer": ["Otay Staffing"]}, {"tag": ["forklift"]}]}, ids)
    assert len(queries(lambda: naming.names([one] * 20))) == 4
    assert len(queries(lambda: naming.names([rules.EVERYBODY, {"sensitive": True}]))) == 0
