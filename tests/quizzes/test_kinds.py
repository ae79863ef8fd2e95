"""Each kind of question: what it takes from a form, what it gives points for, what it tells the editor."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import KINDS

SHOWN = {"options": [{"id": name, "text": name.upper()} for name in ("a", "b", "c")]}
subsets = st.sets(st.sampled_from(["a", "b", "c", "d"]))


def form(*answers):
    data = QueryDict(mutable=True)
    data.setlist("answer", answers)
    return data


@pytest.mark.parametrize(
    ("kind", "posted", "answer"),
    [
        ("single_choice", ["b"], ["b"]),
        ("single_choice", ["c", "a"], ["a"]),
        ("single_choice", ["x"], []),
        ("single_choice", [], []),
        ("multiple_response", ["c", "a"], ["a", "c"]),
        ("multiple_response", ["a", "a", "x"], ["a"]),
        ("multiple_response", [""], []),
        ("true_false", ["b"], ["b"]),
        ("true_false", ["a", "b"], ["a"]),
    ],
)
def test_an_answer_is_what_the_question_offers(kind, posted, answer):
    assert KINDS[kind].parse(form(*posted), SHOWN) == answer


@pytest.mark.parametrize("kind", KINDS)
@given(answer=subsets, key=subsets)
def test_a_point_is_given_for_exactly_the_right_options(kind, answer, key):
    assert KINDS[kind].points(sorted(answer), sorted(key)) == int(answer == key)


@pytest.mark.parametrize(
    ("kind", "right", "total", "problem"),
    [
        ("single_choice", 1, 3, None),
        ("single_choice", 0, 3, "Mark exactly one answer as right."),
        ("single_choice", 2, 3, "Mark exactly one answer as right."),
        ("multiple_response", 1, 3, None),
        ("multiple_response", 2, 3, None),
        ("multiple_response", 0, 3, "Mark at least one answer as right."),
        ("multiple_response", 3, 3, "At least one answer must be wrong."),
    ],
)
def test_the_editor_is_told_what_makes_no_sense(kind, right, total, problem):
    found = KINDS[kind].problem(right, total)
    assert (found and str(found)) == problem


def test_true_and_false_are_said_in_the_language_of_the_page():
    kind = KINDS["true_false"]
    assert [str(kind.word(name, "")) for name in ("true", "false")] == ["True", "False"]
    value = {"answer": "false", "reason_true": "Because.", "reason_false": "Right."}
    assert kind.key(value) == ["false"]
    assert kind.reasons(value) == {"true": "Because.", "false": "Right."}
    assert [row["id"] for row in kind.shown(value)["options"]] == ["true", "false"]
