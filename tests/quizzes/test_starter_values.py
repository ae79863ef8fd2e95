"""Every kind of question in a starter file: written in plain words, stored as its editor would have left it."""

import uuid

import pytest

from content.upkeep import Report, StarterError
from quizzes.kinds import KINDS
from quizzes.starter import load_quizzes
from quizzes.starter_values import Values

from . import answers, factory

pytestmark = pytest.mark.django_db

KEY = uuid.UUID(int=7)


def values():
    return Values("seals.yaml, one", KEY, {"trailer": answers.RAW["hotspot"]()["picture"]["image"]})


def plain(stored):
    """What a block stores, without the ids of its items."""
    if isinstance(stored, list):
        return [plain(row["value"]) for row in stored]
    if isinstance(stored, dict):
        return {name: plain(value) for name, value in stored.items()}
    return stored


def in_a_file(kind):
    """The example of a kind as a starter file would say it."""
    data = plain(answers.RAW[kind]())
    if kind == "true_false":
        return {"answer": True, "reasons": {True: data["reason_true"], False: data["reason_false"]}}
    return data | {"picture": data["picture"] | {"image": "trailer"}} if kind == "hotspot" else data


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_says_the_same_as_the_form(kind):
    block = KINDS[kind].block()
    stored = values().answer(kind, in_a_file(kind))
    assert stored == values().answer(kind, in_a_file(kind))
    loaded = block.clean(block.to_python(stored))
    assert plain(block.get_prep_value(loaded)) == plain(block.get_prep_value(answers.value(kind)))


def test_a_picture_stands_beside_a_question_by_its_name():
    stored = values().beside({"picture": "trailer", "description": "From behind."})
    picture = answers.RAW["hotspot"]()["picture"]["image"]
    assert (stored["type"], stored["value"]) == ("picture", {"image": picture, "description": "From behind."})


@pytest.mark.parametrize(
    ("kind", "change"),
    [("hotspot", {"picture": {"image": "no such"}}), ("scenario", {"screens": None}), ("observed_skill", {})],
)
def test_what_a_file_lacks_is_said_in_words(kind, change):
    data = in_a_file(kind) | change
    data.pop("checklist", None)
    data = {name: value for name, value in data.items() if value is not None}
    with pytest.raises(StarterError, match="^seals.yaml, one"):
        values().answer(kind, data)


def quiz_of(**said):
    data = {"title": "Quiz", "bank": "seals", "draw": 3, "minutes": 5} | said
    report = Report()
    loaded = load_quizzes([("seals.yaml", "seals", data)], report, banks={"seals": factory.bank()}, words={})
    return loaded["seals"].draws


def test_a_draw_says_how_many_of_it_are_of_a_kind():
    (draw,) = quiz_of(kind="scenario", of_kind=1, unseen_first=True)
    said = {name: draw.value[name] for name in ("count", "kind", "of_kind", "unseen_first", "by_key_only")}
    assert said == {"count": 3, "kind": "scenario", "of_kind": 1, "unseen_first": True, "by_key_only": True}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "scenario", "of_kind": 4}, "That is more than are drawn."),
        ({"kind": "scenario"}, "Say both the kind and how many of it, or neither."),
        ({"kind": "riddle", "of_kind": 1}, "riddle"),
        ({"draw": {"seal-fit": 2}, "kind": "scenario", "of_kind": 1}, "kind, of_kind: only a draw from the whole bank"),
    ],
)
def test_a_draw_that_contradicts_itself_is_refused(said, words):
    with pytest.raises(StarterError, match=words):
        quiz_of(**said)
