"""Each kind of question: what it takes from a form, what it gives for an answer, what it tells the editor."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.kinds import BY_HAND, KINDS, Unreadable

from . import answers
from .answers import form, made

# Pictures are rows of the database.
pytestmark = pytest.mark.django_db

OFFERED = {"options": [{"id": name, "text": name.upper()} for name in ("a", "b", "c")]}
ARRANGED = {"options": ["a", "b", "c"]}
BY_MACHINE = [name for name in KINDS if name not in BY_HAND]
subsets = st.sets(st.sampled_from(["a", "b", "c", "d"]), min_size=1)
seeds = st.integers(min_value=0, max_value=10_000)


def words(shown):
    """All that is shown, in the order in which it is stored; pairs have no order that one could read."""
    if "items" in shown and "places" in shown:
        return {name: sorted(row["text"] for row in shown[name]) for name in ("items", "places")}
    return shown


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


@pytest.mark.parametrize("kind", BY_MACHINE)
@settings(deadline=None)
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
    key = kind.key([answers.value("short_text", accepted=answers.accepted(word)) for word in ("seal", "sello")])
    assert [kind.credit(word, key) for word in ("seal", "Sello", "lock")] == [1, 1, 0]


def test_gaps_are_told_by_number_without_the_braces_of_editors():
    kind, shown, key, arranged = made("blanks")
    told = kind.tell(shown, arranged, None, key, {})
    assert told["text"] == "A (1) seal of (2) security."
    assert [part["text"] for part in told["parts"]] == ["(1)", "(2)"]


def option_problem(*texts):
    value = answers.value("single_choice", **answers._options(texts[:1], texts))
    return str(KINDS["single_choice"].block().problems(value).get("options", ""))


@pytest.mark.parametrize(
    "other",
    ["View", " view ", "VIEW.", "Vi\u200bew", "Vi\u00adew", "\u00a0View\u2003"],
)
def test_options_that_read_the_same_are_refused(other):
    assert option_problem("View", other) == "Two answers say the same."
    assert option_problem("Café", "Cafe\u0301") == "Two answers say the same."


@pytest.mark.parametrize("other", ["Views", "View it", "-View", "Viéw", "View!"])
def test_options_that_read_differently_are_not(other):
    assert option_problem("View", other) == ""


@pytest.mark.parametrize(
    "text",
    [
        "All of the above",
        "All the above.",
        "NONE OF THE ABOVE",
        "None of these",
        "Both answers",
        "The options above",
        "A and B",
        "Both A and C",
        "a, b",
        "Todas las anteriores",
        "Todo lo anterior",
        "Ninguna de las respuestas anteriores",
        "Ninguno de estos",
        "A y B",
    ],
)
def test_an_option_that_points_at_others_is_refused(text):
    assert option_problem("View", "Tug", text).startswith("Answers are shuffled, so none can point at others")


@pytest.mark.parametrize(
    "text", ["Above the hinge", "A bolt seal", "All of them", "H and S", "Gates A and B", "Anterior"]
)
def test_an_option_that_says_what_it_means_is_not(text):
    assert option_problem("View", "Tug", text) == ""


@given(points=st.lists(st.tuples(st.integers(1, 10), st.integers(0, 10)), min_size=1, max_size=8))
def test_points_by_a_rubric_are_summed_exactly_and_rounded_down(points):
    key = {"parts": [{"id": str(number), "points": most} for number, (most, _got) in enumerate(points)]}
    given = {str(number): min(most, got) for number, (most, got) in enumerate(points)}
    credit = KINDS["long_answer"].credit_for(given, key)
    exact = Fraction(sum(given.values()), sum(most for most, _got in points))
    assert 0 <= exact - Fraction(credit) < Fraction(1, 100)
    assert (credit == 1) == (exact == 1)


@pytest.mark.parametrize("given", [{}, {"a": 1}, {"a": 1, "b": 3}, {"a": -1, "b": 1}, {"a": 1, "b": 1, "c": 1}])
def test_points_of_another_rubric_are_refused(given):
    with pytest.raises(ValueError):
        KINDS["long_answer"].credit_for(given, {"parts": [{"id": "a", "points": 1}, {"id": "b", "points": 2}]})


def test_a_long_answer_keeps_its_lines_and_has_an_end():
    kind = KINDS["long_answer"]
    assert kind.parse(form(answer=" One.\r\n\r\nTwo. "), {}, {}) == "One.\n\nTwo."
    assert kind.parse(form(answer="x" * 5000), {}, {}) == "x" * 5000
    with pytest.raises(Unreadable, match="That is longer than 5000 signs. Please say it in fewer words."):
        kind.parse(form(answer="x" * 5001), {}, {})


@pytest.mark.parametrize(("done", "each", "credit"), [(2, False, 1), (1, False, 0), (1, True, "0.50"), (0, True, 0)])
def test_a_checklist_is_worth_its_point_as_a_whole_or_for_each_part(done, each, credit):
    kind, _shown, key, _arranged = made("observed_skill")
    given = {part["id"]: int(place < done) for place, part in enumerate(key["parts"])}
    assert kind.credit_for(given, key | {"each": each}) == Decimal(credit)


def spot_key(each=True, **spots):
    return {"spots": spots or {"a": [10, 20, 20, 30], "b": [60, 20, 20, 30]}, "each": each}


@pytest.mark.parametrize(
    ("points", "places", "credit"),
    [
        ([[200, 300]], [], "0.50"),
        ([[100, 200], [800, 500]], [], "1.00"),
        ([[99, 300]], [], "0.00"),
        ([[200, 300], [210, 310]], [], "0.50"),
        ([[200, 300], [999, 999]], [], "0.00"),
        ([[200, 300], [700, 300], [999, 999]], [], "0.50"),
        ([], ["a", "b"], "1.00"),
        ([], ["a", "decoy"], "0.00"),
        ([[200, 300]], ["a"], "0.50"),
        ([[200, 300]], ["b"], "1.00"),
        ([[1, 1]], ["decoy"], "0.00"),
    ],
)
def test_what_is_marked_wrongly_takes_back_what_was_found(points, places, credit):
    answer = {"points": points, "places": places}
    assert KINDS["hotspot"].credit(answer, spot_key()) == Decimal(credit)
    assert KINDS["hotspot"].credit(answer, spot_key(each=False)) == (Decimal(credit) == 1)


@given(
    points=st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), max_size=30),
    places=st.sets(st.sampled_from(["a", "b", "x", "y"])),
)
def test_marking_is_worth_exactly_what_was_found_less_what_was_wrong(points, places):
    hits = [
        {"a" if x <= 300 else "b"} if 200 <= y <= 500 and (100 <= x <= 300 or 600 <= x <= 800) else set()
        for x, y in points
    ]
    found = set().union(*hits, places & {"a", "b"})
    wrong = hits.count(set()) + len(places - {"a", "b"})
    answer = {"points": [list(point) for point in points], "places": sorted(places)}
    assert KINDS["hotspot"].credit(answer, spot_key()) == Decimal(max(0, len(found) - wrong)) / 2


@pytest.mark.parametrize(
    ("points", "places", "picked"),
    [
        ([[200, 300], [210, 310], [999, 999]], [], ["a"]),
        ([[200, 300]], ["a", "b", "decoy"], ["a", "b", "decoy"]),
        ([[1, 1]], [], []),
    ],
)
def test_a_place_counts_as_chosen_once_however_it_was_marked(points, places, picked):
    shown = {"places": [{"id": name, "text": name} for name in ("a", "b", "decoy")]}
    kind = KINDS["hotspot"]
    assert [row["id"] for row in kind.offered(shown, spot_key()) if row["right"]] == ["a", "b"]
    assert kind.picked({"points": points, "places": places}, spot_key()) == picked


@pytest.mark.parametrize(
    ("posted", "points"),
    [
        ({"answer-mark-240.x": "120", "answer-mark-240.y": "60"}, [[500, 500]]),
        ({"answer-mark-600.x": "600", "answer-mark-600.y": "0"}, [[1000, 0]]),
        ({"answer-mark-600.x": "601", "answer-mark-600.y": "0"}, None),
        ({"answer-mark-240.x": "0", "answer-mark-240.y": "0"}, None),
        ({"answer-mark-100.x": "50", "answer-mark-100.y": "50"}, None),
        ({"answer-mark-240.x": "-5", "answer-mark-240.y": "5"}, None),
        ({"answer-point": ["5,6", "7,8", "1001,0", "x", "1,2,3", "-1,2"]}, [[5, 6], [7, 8]]),
        ({"answer-point": ["5,6", "7,8"], "answer-drop": "1"}, [[7, 8]]),
        ({"answer-point": ["5,6", "7,8"], "answer-drop": "3"}, [[5, 6], [7, 8]]),
        ({"answer-point": ["5,6"], "answer-mark-240.x": "24", "answer-mark-240.y": "12"}, [[5, 6], [100, 100]]),
        ({"answer-point": ["5,6"] * 40}, [[5, 6]] * 30),
    ],
)
def test_marks_as_a_browser_sends_them(posted, points):
    kind, shown, _key, arranged = made("hotspot")
    data = QueryDict(mutable=True)
    for name, value in posted.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    assert kind.parse(data, shown, arranged) == (points and {"points": points, "places": []})
    assert kind.moving(data) == any("mark-240" in name or "mark-600" in name or "drop" in name for name in posted)


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
