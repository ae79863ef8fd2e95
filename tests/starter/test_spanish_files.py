"""The Spanish starter files beside the English: the same blocks, questions and answers, and one word per thing."""

import re

import pytest

from content.manuscript import parse
from content.starter_files import StarterFiles
from content.upkeep import identity

from .test_files import BANKS, FILES, PICTURES

SPANISH = StarterFiles(language="es")
NAMED = PICTURES | {f"question/{row['id']}": 1 for bank in BANKS.values() for row in bank}
MANUSCRIPTS = [path.relative_to(SPANISH.folder) for path in SPANISH.find("**/*.md")]
SPANISH_BANKS = [path.stem for path in SPANISH.find("banks/*.yaml")]
SPANISH_COURSES = [path.parent.name for path in SPANISH.find("courses/*/course.yaml")]
# What a file in another language says anew; all else it repeats.
WORDS = {
    *("prompt", "text", "reason", "reasons", "explanation", "description", "title", "summary", "about", "topics"),
    *("takers", "intro", "pass_message", "fail_message", "accepted", "unit", "guidance", "name", "to"),
    *("consequence", "debrief", "match", "example"),
}
FRAME = re.compile(r"</?(?:p|h2|h3|ul|ol|li|table|tr|td|th)\b|href=\"[^\"]*\"")


def shape(value):
    """A value without its words: ids, numbers, the frame of rich text, and whether there are words at all."""
    if isinstance(value, dict):
        return {name: shape(part) if name != "id" else part for name, part in value.items()}
    if isinstance(value, list):
        return [shape(part) for part in value]
    return (bool(value), FRAME.findall(value)) if isinstance(value, str) else value


def blocks(files, path):
    text = files.text(files.folder / path)
    found = parse(text.body, key=identity(str(path)), picture=NAMED.__getitem__, line=text.line)
    return text.head, [(block.type, shape(block.row)) for block in found]


def frame(data):
    """YAML without its words."""
    if isinstance(data, dict):
        return {
            name: frame(part) if name not in WORDS or isinstance(part, bool) else shape(part)
            for name, part in data.items()
        }
    return [frame(part) for part in data] if isinstance(data, list) else data


@pytest.mark.parametrize("path", MANUSCRIPTS, ids=str)
def test_a_text_has_the_same_blocks(path):
    head, english = blocks(FILES, path)
    head_there, spanish = blocks(SPANISH, path)

    assert spanish == english
    words = {"title", "summary"}
    assert {name: head_there[name] for name in head_there.keys() - words} == {
        name: head[name] for name in head.keys() - words
    }
    assert head.keys() == head_there.keys()


@pytest.mark.parametrize("name", SPANISH_BANKS)
def test_a_bank_asks_the_same_questions_with_the_same_answers(name):
    path = f"banks/{name}.yaml"
    english, spanish = (files.yaml(files.folder / path)["questions"] for files in (FILES, SPANISH))

    assert [row["id"] for row in spanish] == [row["id"] for row in english]
    assert [frame(row) for row in spanish] == [frame(row) for row in english]


@pytest.mark.parametrize("name", SPANISH_COURSES)
def test_a_course_says_the_same_about_itself(name):
    path = f"courses/{name}/course.yaml"
    english, spanish = (files.yaml(files.folder / path) for files in (FILES, SPANISH))
    # Of the English alone: where the course stands.
    english = {part: value for part, value in english.items() if part != "place"}

    assert frame({part: value for part, value in spanish.items() if part != "place"}) == frame(english)
    assert len(spanish["topics"]) == len(english["topics"])


@pytest.mark.parametrize("name", ["criteria.yaml", "site.yaml", "blanks.yaml"])
def test_what_stands_around_courses_is_the_same(name):
    english, spanish = (files.yaml(files.folder / name) for files in (FILES, SPANISH))

    assert outline(spanish) == outline(english)


def outline(data):
    """Names and lengths of YAML, with its ids, numbers and levels."""
    if isinstance(data, dict):
        same = ("id", "number", "level", "applies_to", "trains")
        return {name: part if name in same else outline(part) for name, part in data.items() if name != "site_name"}
    return [outline(part) for part in data] if isinstance(data, list) else type(data)
