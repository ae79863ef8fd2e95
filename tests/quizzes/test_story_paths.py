"""Stories with choices: what a way through one earns, and what a page shows of it."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.kinds import KINDS

from . import answers
from .answers import form, made

PATHS = {
    ("Call", "Wait"): "1.00",
    ("Call", "Give up", "Report"): "1.00",
    ("Call", "Give up"): "0.66",
    ("Call",): "0.66",
    ("Drive",): "0.00",
    ("Drive", "Report"): "0.33",
}


@pytest.mark.parametrize(("words", "credit"), PATHS.items())
def test_a_way_through_the_story_earns_its_points_of_those_of_the_best(words, credit):
    kind, shown, key, arranged = made("scenario")
    path = story_path(shown, words)
    assert kind.credit(path, key) == Decimal(credit)
    assert kind.complete(path, arranged) == (words[-1] in ("Wait", "Report"))


def story_path(shown, words):
    """Ids of the choices with these words, from the beginning."""
    screens, here, path = {row["id"]: row for row in shown["screens"]}, shown["screens"][0], []
    for word in words:
        way = next(way for way in here["choices"] if way["text"] == word)
        path.append(way["id"])
        here = screens.get(way["to"])
    return path


@settings(deadline=None)
@given(data=st.data())
def test_no_way_through_any_story_earns_more_than_the_best_and_one_earns_it(data):
    number = data.draw(st.integers(2, 6))
    points = st.integers(0, 10)
    screens = [
        {
            "name": str(place),
            "text": f"At {place}",
            "choices": answers._ways(
                str(place),
                # One choice leads to the next screen, so that each is reached; the other may leave some out.
                ("on", data.draw(points), str(place + 1) if place + 1 < number else ""),
                ("by", data.draw(points), str(data.draw(st.integers(place + 1, number))).replace(str(number), "")),
            ),
        }
        for place in range(number)
    ]
    kind = KINDS["scenario"]
    value = kind.block().to_python({"screens": answers._items(screens, "screens"), "debrief": "."})
    shown, key = kind.shown(value), kind.key([value])
    if not key["best"]:
        return
    earned = [sum(key["points"][way] for way in path) for path in all_ways(shown)]
    assert max(earned) == key["best"] == sum(key["points"][way] for way in key["path"])
    assert kind.credit(key["path"], key) == 1


def all_ways(shown):
    screens = {row["id"]: row for row in shown["screens"]}

    def ways(screen):
        for way in screen["choices"]:
            if way["to"]:
                yield from ([way["id"], *rest] for rest in ways(screens[way["to"]]))
            else:
                yield [way["id"]]

    return list(ways(shown["screens"][0]))


def test_a_page_holds_of_a_story_what_was_reached_and_nothing_else():
    kind, shown, key, arranged = made("scenario")
    first = str(kind.ask(shown, arranged, None))
    assert [words for words in ("The numbers differ.", "Call", "Drive") if words not in first] == []
    assert [words for words in ("After Call.", "Nobody answers.", "Boxes", "Wait") if words in first] == []
    second = str(kind.ask(shown, arranged, story_path(shown, ["Call"])))
    assert [words for words in ("After Call.", "Nobody answers.", "Wait") if words not in second] == []
    assert [words for words in ("After Drive.", "Boxes", "After Wait.") if words in second] == []


@pytest.mark.parametrize(
    ("path", "pressed", "words"),
    [
        ((), "Call", ["Call"]),
        (("Call",), "Wait", ["Call", "Wait"]),
        (("Call",), "Report", ["Call"]),
        (("Call",), None, ["Call"]),
        ((), None, None),
        ((), "Wait", None),
        (("Call", "Wait"), "Give up", ["Call", "Wait"]),
    ],
)
def test_a_choice_is_one_of_the_screen_that_the_story_is_at(path, pressed, words):
    kind, shown, _key, arranged = made("scenario")
    ids = {way["text"]: way["id"] for screen in shown["screens"] for way in screen["choices"]}
    posted = form(answer_path=",".join(story_path(shown, path))) if path else form(answer_path="")
    if pressed:
        posted["answer"] = ids[pressed]
    assert kind.parse(posted, shown, arranged) == (words and story_path(shown, words))
    assert kind.moving(posted) == bool(pressed)


@pytest.mark.parametrize("path", ["x", "Wait", "Call,Call", "Call,Wait,Wait"])
def test_a_way_that_the_story_does_not_have_is_no_answer(path):
    kind, shown, _key, arranged = made("scenario")
    ids = {way["text"]: way["id"] for screen in shown["screens"] for way in screen["choices"]}
    posted = form(answer_path=",".join(ids.get(word, word) for word in path.split(",")))
    assert kind.parse(posted, shown, arranged) is None
