"""The starter files that come with Gatehouse: that they hold together. No database."""

import re

import pytest
import yaml

from content.blanks import names_in
from content.manuscript import parse
from content.starter_files import StarterFiles
from content.upkeep import identity
from quizzes.kinds import BY_HAND

FILES = StarterFiles()
PICTURES = {path.stem: 1 for path in FILES.find("illustrations/*.svg")}
CRITERIA = [
    criterion
    for focus in FILES.yaml(FILES.folder / "criteria.yaml")["focus_areas"]
    for area in focus["areas"]
    for criterion in area["criteria"]
]
NUMBERS = {criterion["id"] for criterion in CRITERIA}
BANKS = {path.stem: FILES.yaml(path)["questions"] for path in FILES.find("banks/*.yaml")}
QUESTIONS = [question for bank in BANKS.values() for question in bank]
COURSES = {path.parent.name: FILES.yaml(path) for path in FILES.find("courses/*/course.yaml")}
PARTS = {"matching": "pairs", "ordering": "items", "blanks": "blanks", "hotspot": "spots"}
REFRESHERS = {name for name in COURSES if name.endswith("-refresher")}
OBJECTIVES = {row["id"]: row for name in COURSES.keys() - REFRESHERS for row in COURSES[name]["objectives"]}
NAMES = [row["name"] for row in FILES.yaml(FILES.folder / "blanks.yaml")["blanks"]]
LESSONS = [FILES.text(path) for path in FILES.find("courses/*/[0-9]*.md")]
GUIDES = [FILES.text(path) for path in FILES.find("guides/*.md")]


def blocks(text):
    return parse(text.body, key=identity(text.stem), picture=PICTURES.__getitem__, line=text.line)


def reasons(question):
    """Each sentence that is shown after an answer: one for each part of the question."""
    if question["kind"] == "true_false":
        return list(question["reasons"].values())
    if question["kind"] in ("number", "short_text"):
        return [question["reason"]]
    if question["kind"] == "categorise":
        return [item["reason"] for group in question["bins"] for item in group["items"]]
    if question["kind"] == "scenario":
        return [
            question["debrief"],
            *(choice["reason"] for screen in question["screens"] for choice in screen["choices"]),
        ]
    if question["kind"] in BY_HAND:
        parts = question.get("rubric") or question["checklist"]
        return [part["description"] for part in parts] + ([question["example"]] if "rubric" in question else [])
    return [part["reason"] for part in question[PARTS.get(question["kind"], "options")]]


def test_three_focus_areas_twelve_areas_and_102_criteria():
    focus_areas = FILES.yaml(FILES.folder / "criteria.yaml")["focus_areas"]
    areas = [area["number"] for focus in focus_areas for area in focus["areas"]]

    assert (len(focus_areas), areas) == (3, list(range(1, 13)))
    assert (len(NUMBERS), len(CRITERIA)) == (102, 102)
    assert [sum(row["level"] == level for row in CRITERIA) for level in ("must", "should")] == [66, 36]
    assert all(row["id"].split(".")[0].isdecimal() and row["applies_to"] and row["trains"] for row in CRITERIA)


@pytest.mark.parametrize("text", [*LESSONS, *GUIDES], ids=lambda text: text.stem)
def test_texts_name_what_there_is(text):
    links = re.findall(r"\]\(([^)]*)\)", text.body)

    assert set(text.head.get("criteria", [])) <= NUMBERS
    assert set(text.head.get("objectives", [])) <= set(OBJECTIVES)
    assert set(links) <= {f"/guides/{guide.stem}/" for guide in GUIDES}


@pytest.mark.parametrize("text", LESSONS, ids=lambda text: text.stem)
def test_a_lesson_has_more_than_text_and_ends_with_its_monday(text):
    types = [block.type for block in blocks(text)]

    assert (types.count("monday"), types[-1]) == (1, "monday")
    assert set(types) - {"text", "monday"}
    assert all(1 <= len(block.value["items"]) <= 4 for block in blocks(text) if block.type == "monday")


@pytest.mark.parametrize("text", GUIDES, ids=lambda text: text.stem)
def test_a_guide_shows_something_and_says_when_it_is_reviewed(text):
    assert {"figure", "checklist"} <= {block.type for block in blocks(text)}
    assert {"title", "summary", "author", "criteria", "review_by"} <= set(text.head)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_a_question_has_a_right_answer_and_reasons(question):
    if question["kind"] == "true_false":
        assert (type(question["answer"]), set(question["reasons"])) == (bool, {True, False})
    if "options" in question:
        right = sum(option["right"] for option in question["options"])
        wanted = {1} if question["kind"] == "single_choice" else set(range(1, len(question["options"])))
        assert right in wanted
    assert all(reason.strip() for reason in reasons(question))
    assert question["objective"] in OBJECTIVES
    assert question["criterion"] in NUMBERS


def lessons_of(name):
    return [text for text in LESSONS if f"/{name}/" in text.file]


@pytest.mark.parametrize("name", sorted(COURSES.keys() - REFRESHERS))
def test_a_course_is_whole(name):
    course = COURSES[name]
    bank = BANKS[course["quiz"]["bank"]]
    lessons = lessons_of(name)
    figures = {block.type for text in lessons for block in blocks(text)}

    assert len(bank) >= 20
    assert {row["criterion"] for row in course["objectives"]} <= set(course["criteria"]) <= NUMBERS
    assert {question["objective"] for question in bank} == {row["id"] for row in course["objectives"]}
    assert len(lessons) >= 5
    assert "figure" in figures


@pytest.mark.parametrize("name", sorted(REFRESHERS))
def test_a_refresher_is_short_and_of_its_course(name):
    refresher, course = COURSES[name], COURSES[name.removesuffix("-refresher")]
    minutes = refresher["quiz"]["minutes"] + sum(text.head["minutes"] for text in lessons_of(name))

    assert 8 <= minutes <= 10
    assert refresher["title"] == f"{course['title']}: refresher"
    assert (refresher["area"], refresher["quiz"]["bank"]) == (course["area"], course["quiz"]["bank"])
    assert set(refresher["criteria"]) <= set(course["criteria"])
    assert set(refresher["objectives"]) <= {row["id"] for row in course["objectives"]}
    assert list(refresher["quiz"]["draw"]) == refresher["objectives"]
    assert sum(refresher["quiz"]["draw"].values()) == 5


def test_ids_are_used_once():
    ids = [question["id"] for question in QUESTIONS]

    assert len(ids) == len(set(ids))
    assert len(OBJECTIVES) == sum(len(COURSES[name]["objectives"]) for name in COURSES.keys() - REFRESHERS)


def test_every_picture_is_shown_somewhere_and_has_words_that_fit():
    shown = {name for text in [*LESSONS, *GUIDES] for name in re.findall(r"^::: figure (\S+)", text.body, re.MULTILINE)}
    texts = [path.read_text() for path in FILES.find("illustrations/*.svg")]

    assert shown == set(PICTURES)
    assert all(len(re.search(r"<desc[^>]*>(.*?)</desc>", text, re.DOTALL)[1]) <= 255 for text in texts)
    assert not any("<script" in text or "http://" in text.replace("http://www.w3.org", "") for text in texts)


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_company_blank_is_declared_and_used(language):
    folder = FILES.folder.parent / language
    declared = yaml.safe_load((folder / "blanks.yaml").read_text())["blanks"]
    named = {path.stem: names_in(path.read_text()) for path in folder.glob("courses/*/[0-9]*.md")}

    assert [row["name"] for row in declared] == NAMES
    assert set().union(*named.values()) == set(NAMES)
    assert len(set(NAMES)) == len(NAMES)
    assert all(row["fallback"].strip() and row["help"].strip() for row in declared)
    assert not [path for path in folder.rglob("*.yaml") if path.stem != "blanks" and "{{" in path.read_text()]


@pytest.mark.parametrize("name", sorted(REFRESHERS))
def test_a_refresher_has_room_for_what_happened_here(name):
    (lesson,) = lessons_of(name)
    part = lesson.body.split("## What happened here")[1].split(":::")[0]

    assert len(names_in(part)) == 1
    assert names_in(part) == names_in(lesson.body)


def test_yaml_has_no_key_twice():
    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader, node):
        keys = [loader.construct_object(key) for key, _value in node.value]
        assert len(keys) == len(set(keys)), (node.start_mark, keys)
        return loader.construct_mapping(node, deep=True)

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    for path in FILES.find("**/*.yaml"):
        yaml.load(path.read_text(), Strict)
