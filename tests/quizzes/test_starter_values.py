"""Every kind of question in a starter file: written in plain words, stored as its editor would have left it."""

import uuid

import pytest

from content.upkeep import StarterError
from quizzes.kinds import KINDS
from quizzes.starter_values import Values

from . import answers

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
