"""Each kind of question: what it takes from a form, what it gives for an answer, what it tells the editor."""

import random
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.kinds import KINDS, Unreadable

from . import answers

OFFERED = {"options": [{"id": name, "text": name.upper()} for name in ("a", "b", "c")]}
ARRANGED = {"options": ["a", "b", "c"]}
subsets = st.sets(st.sampled_from(["a", "b", "c", "d"]), min_size=1)
seeds = st.integers(min_value=0, max_value=10_000)


def form(**fields):
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("_", "-"), value if isinstance(value, list) else [value])
    return data


def words(shown):
    """All that is shown, in the order in which it is stored; pairs have no order that one could read."""
    if "places" in shown:
        return {name: sorted(row["text"] for row in shown[name]) for name in ("items", "places")}
    return shown


def made(kind, **changes):
    """`(kind, shown, key, arranged)` of the example of a kind."""
    kind = KINDS[kind]
    value = answers.value(kind.name, **changes)
    shown, key = kind.shown(value), kind.key([value])
    return kind, shown, key, kind.arrange(shown, random.Random(3), shuffle=True)


@pytest.mark.parametrize(
    ("kind", "posted", "answer"),
    [
        ("single_choice", ["b"], ["b"]),
        ("single_choice", ["c", "a"], ["a"]),
        ("single_choice", ["x"], None),
        ("single_choice", [], None),
        ("multiple_response", ["c", "a"], ["a", "c"]),
        ("multiple_response", ["a", "a", "x"], ["a"]),
        ("multiple_response", [""], None),
        ("true_false", ["b"], ["b"]),
        ("true_false", ["a", "b"], ["a"]),
    ],
)
def test_an_answer_is_what_the_question_offers(kind, posted, answer):
    assert KINDS[kind].parse(form(answer=posted), OFFERED, ARRANGED) == answer


@pytest.mark.parametrize("kind", ["single_choice", "multiple_response", "true_false"])
@given(answer=subsets, key=subsets)
def test_a_point_is_given_for_exactly_the_right_options(kind, answer, key):
    assert KINDS[kind].credit(sorted(answer), sorted(key)) == int(answer == key)


@pytest.mark.parametrize(
    ("answer", "credit"),
    [(["a"], "0.33"), (["a", "b"], "0.66"), (["a", "b", "c"], "1.00"), (["a", "d"], "0.00"), (["d"], "0.00")],
)
def test_credit_for_each_right_option_is_taken_back_by_wrong_ones(answer, credit):
    kind = KINDS["multiple_response"]
    assert kind.credit(answer, {"right": ["a", "b", "c"], "each": True}) == Decimal(credit)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=seeds)
def test_the_solution_gets_the_whole_point_and_is_told_as_right(kind, seed):
    kind, shown, key, _arranged = made(kind)
    arranged = kind.arrange(shown, random.Random(seed), shuffle=True)
    solution = kind.solution(key)
    assert kind.credit(solution, key) == 1
    told = kind.tell(shown, arranged, solution, key, kind.reasons(answers.value(kind.name)))
    assert all(part["right"] for part in told.get("parts", told.get("told")))


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_that_was_saved_stands_in_the_form_and_comes_back_the_same(kind):
    kind, shown, key, arranged = made(kind)
    solution = kind.solution(key)
    posted = answers.posted(kind.name, kind.ask(shown, arranged, solution))
    assert kind.parse(posted, shown, arranged) == solution


@pytest.mark.parametrize("kind", KINDS)
def test_an_untouched_form_is_no_answer(kind):
    kind, shown, key, arranged = made(kind)
    posted = answers.posted(kind.name, kind.ask(shown, arranged, None))
    # An order always is one: it is an answer as soon as somebody saves it.
    expected = arranged["items"] if kind.name == "ordering" else None
    assert kind.parse(posted, shown, arranged) == expected
    assert kind.parse(form(), shown, arranged) is None


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_what_is_asked_depends_on_what_is_right(kind):
    """Two questions that differ only in what is right are asked in the same words and the same places."""
    kind = KINDS[kind]
    one, other = answers.value(kind.name), answers.turned(kind.name)
    assert kind.key([one]) != kind.key([other])
    assert words(kind.shown(one)) == words(kind.shown(other))


@pytest.mark.parametrize("kind", ["matching", "categorise"])
def test_credit_for_each_part_in_its_place(kind):
    kind, _shown, key, _arranged = made(kind, credit="each")
    items = list(key["places"])
    places = dict(key["places"])
    places[items[0]] = "nowhere"
    assert kind.credit(places, key) == Decimal("0.66")
    assert kind.credit(places, key | {"each": False}) == 0
    assert kind.credit({items[0]: key["places"][items[0]]}, key) == Decimal("0.33")


def test_places_are_named_by_number_and_never_by_their_ids():
    kind, shown, key, arranged = made("matching")
    asked = str(kind.ask(shown, arranged, None))
    assert [name for name in key["places"] if name in asked] == []


@pytest.mark.parametrize(
    ("move", "order"),
    [
        ("1:down", [1, 0, 2]),
        ("3:up", [0, 2, 1]),
        ("1:up", [0, 1, 2]),
        ("3:down", [0, 1, 2]),
        ("9:up", [0, 1, 2]),
        ("x:up", [0, 1, 2]),
        ("", [0, 1, 2]),
    ],
)
def test_an_arrow_moves_one_place(move, order):
    kind, shown, _key, arranged = made("ordering")
    posted = form(answer=["1", "2", "3"], answer_move=move)
    assert kind.moving(posted)
    assert kind.parse(posted, shown, arranged) == [arranged["items"][place] for place in order]


@pytest.mark.parametrize("posted", [["1", "2"], ["1", "1", "2"], ["1", "2", "9"], ["1", "2", "3", "3"]])
def test_an_order_that_lacks_or_repeats_something_is_no_answer(posted):
    kind, shown, _key, arranged = made("ordering")
    assert kind.parse(form(answer=posted), shown, arranged) is None


def test_credit_for_what_stands_in_its_place():
    kind, _shown, key, _arranged = made("ordering", credit="each")
    first, second, third = key["order"]
    assert kind.credit([first, third, second], key) == Decimal("0.33")
    assert kind.credit([first, third, second], key | {"each": False}) == 0


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("12", "12"), ("12,50", "12.5"), (" 1 200 ", "1200"), ("−3", "-3"), ("+0.10", "0.1"), ("-0", "0"), ("", None)],
)
def test_numbers_as_people_type_them(typed, answer):
    assert KINDS["number"].parse(form(answer=typed), {"unit": ""}, {}) == answer


@pytest.mark.parametrize("typed", ["twelve", "1.2.3", "1,234.5", "1e5", "12 mm", "NaN", "9" * 13, "٣", "--1"])
def test_what_is_no_number_is_said_in_words(typed):
    with pytest.raises(Unreadable, match="is not a number. Write it like 12 or 12.5."):
        KINDS["number"].parse(form(answer=typed), {"unit": ""}, {})


@pytest.mark.parametrize(
    ("answer", "right"), [("18", True), ("17.5", True), ("18.5", True), ("17.499999", False), ("18.500001", False)]
)
def test_a_number_may_be_off_by_the_tolerance_exactly(answer, right):
    assert KINDS["number"].credit(answer, {"value": "18", "tolerance": "0.5"}) == int(right)


@pytest.mark.parametrize(
    ("answer", "case", "accents", "right"),
    [
        ("Precinto", False, False, True),
        ("PRECINTO.", False, False, True),
        ("  precinto   ", False, False, True),
        ("andén", False, False, True),
        ("anden", False, False, True),
        ("anden", False, True, False),
        ("Andén", True, True, False),
        ("andén", True, True, True),
        ("precintos", False, False, False),
    ],
)
def test_a_short_text_forgives_what_it_says_it_forgives(answer, case, accents, right):
    key = {"accepted": ["precinto", "andén"], "mind_case": case, "mind_accents": accents}
    assert KINDS["short_text"].credit(answer, key) == int(right)


def test_what_is_accepted_in_one_language_is_accepted_in_all():
    kind = KINDS["short_text"]
    key = kind.key([answers.value("short_text", accepted=["seal"]), answers.value("short_text", accepted=["sello"])])
    assert [kind.credit(word, key) for word in ("seal", "Sello", "lock")] == [1, 1, 0]


@pytest.mark.parametrize(("kind", "changes", "field", "sentence"), answers.REFUSED)
def test_the_editor_is_told_what_makes_no_sense(kind, changes, field, sentence):
    block = KINDS[kind].block()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(answers.value(kind, **changes))
    error = refused.value.block_errors[field]
    # A list carries its sentence beside those of its items.
    assert list(getattr(error, "non_block_errors", error)) == [sentence]


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_each_kind_is_accepted(kind):
    block, value = KINDS[kind].block(), answers.value(kind)
    assert block.get_prep_value(block.clean(value)) == block.get_prep_value(value)


def test_true_and_false_are_said_in_the_language_of_the_page():
    kind = KINDS["true_false"]
    assert [str(kind.word(name, "")) for name in ("true", "false")] == ["True", "False"]
    value = {"answer": "false", "reason_true": "Because.", "reason_false": "Right."}
    assert kind.key([value]) == ["false"]
    assert kind.reasons(value) == {"true": "Because.", "false": "Right."}
    assert [row["id"] for row in kind.shown(value)["options"]] == ["true", "false"]
