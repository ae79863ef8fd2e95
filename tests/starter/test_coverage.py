"""What the starter content as a whole must do: teach and ask everything, give nothing away, stay readable."""

import re
from collections import Counter

import pytest

from content.starter_files import StarterFiles

from .test_files import (
    BANKS,
    COURSES,
    LESSONS,
    NUMBERS,
    PICTURES,
    QUESTIONS,
    REFRESHERS,
    blocks,
    lessons_of,
)

SPANISH = StarterFiles(language="es")
BANKS_ES = {path.stem: SPANISH.yaml(path)["questions"] for path in SPANISH.find("banks/*.yaml")}
LESSONS_ES = [SPANISH.text(path) for path in SPANISH.find("courses/*/[0-9]*.md")]
LANGUAGES = {"en": LESSONS, "es": LESSONS_ES}
EVERY_BANK = [
    pytest.param(banks[name], id=f"{name}-{code}")
    for code, banks in (("en", BANKS), ("es", BANKS_ES))
    for name in banks
]
# The longest sentence, and LIX: words in a sentence plus per cent of words over six letters. Below 35 reads like a
# story, 45 a newspaper; Spanish words are longer by the sixth part.
LIMITS = {"en": (32, 35), "es": (34, 40)}
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
RUN = 12
END = re.compile(r"[.?!][”»]?\.?$")


def texts(value):
    """Each piece of text in a block, without its tags."""
    if isinstance(value, str):
        return [re.sub(r"<[^>]+>", " ", piece) for piece in re.split(r"</(?:p|li|h2|h3)>", value)]
    if isinstance(value, dict):
        return [text for name, part in value.items() if name not in ("id", "type", "image") for text in texts(part)]
    return [text for part in value for text in texts(part)] if isinstance(value, list) else []


def sentences(lesson):
    """The words of each sentence that the learner reads."""
    pieces = (re.split(r"(?<=[.!?:])[\"”»)]?\s+", text) for block in blocks(lesson) for text in texts(block.value))
    return [words for piece in pieces for sentence in piece if (words := WORD.findall(sentence))]


def test_every_criterion_is_taught_by_a_lesson_and_asked_by_a_question():
    taught = {number for lesson in LESSONS for number in lesson.head["criteria"]}

    assert NUMBERS - taught == set()
    assert NUMBERS - {question["criterion"] for question in QUESTIONS} == set()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda text: text.stem)
def test_a_lesson_has_objectives_and_criteria_that_questions_ask(lesson):
    asked = {question["objective"] for question in QUESTIONS}

    assert lesson.head["objectives"] and lesson.head["criteria"]
    assert set(lesson.head["objectives"]) <= asked


@pytest.mark.parametrize("name", sorted(COURSES.keys() - REFRESHERS))
def test_each_objective_and_criterion_of_a_course_is_taught_by_a_lesson_of_it(name):
    heads = [lesson.head for lesson in lessons_of(name)]

    assert 4 <= len(heads) <= 6
    assert {code for head in heads for code in head["objectives"]} == {row["id"] for row in COURSES[name]["objectives"]}
    assert {number for head in heads for number in head["criteria"]} == set(COURSES[name]["criteria"])


@pytest.mark.parametrize("bank", BANKS)
def test_a_bank_is_large_of_many_kinds_and_not_all_of_one_difficulty(bank):
    kinds = Counter(question["kind"] for question in BANKS[bank])
    difficulties = Counter(question["difficulty"] for question in BANKS[bank])

    assert sum(kinds.values()) >= 25
    assert len(kinds) >= 7
    assert max(kinds.values()) <= sum(kinds.values()) * 3 / 5
    assert set(difficulties) == {1, 2, 3}
    assert min(difficulties.values()) >= 4


@pytest.mark.parametrize("bank", EVERY_BANK)
def test_neither_place_nor_length_gives_the_answer_away(bank):
    choices = [question["options"] for question in bank if question["kind"] == "single_choice"]
    places = Counter(next(place for place, row in enumerate(options) if row["right"]) for options in choices)
    longest = [options for options in choices if max(options, key=lambda row: len(row["text"]))["right"]]
    truths = Counter(question["answer"] for question in bank if question["kind"] == "true_false")

    assert max(places.values()) <= len(choices) / 2
    assert len(longest) <= len(choices) / 3
    assert min(truths[True], truths[False]) * 3 >= sum(truths.values())


@pytest.mark.parametrize("bank", EVERY_BANK)
def test_no_full_stop_tells_the_right_option(bank):
    told = []
    for question in (row for row in bank if row["kind"] in ("single_choice", "multiple_response")):
        ends = {
            right: {END.search(row["text"]) is None for row in question["options"] if row["right"] is right}
            for right in (True, False)
        }
        if ends[True].isdisjoint(ends[False]):
            told.append(question["id"])

    assert told == []


def worth(question):
    """`{name of a screen: the most that can be earned from there}`; a story never goes back."""
    best = {"": 0}
    for screen in reversed(question["screens"]):
        best[screen["name"]] = max(choice["points"] + best[choice.get("to", "")] for choice in screen["choices"])
    return best


def decisions(bank):
    """The choices of each screen in the stories of a bank, with what each leads to at best."""
    for story in [question for question in bank if question["kind"] == "scenario"]:
        best = worth(story)
        for screen in story["screens"]:
            yield [(choice["text"], choice["points"] + best[choice.get("to", "")]) for choice in screen["choices"]]


@pytest.mark.parametrize("bank", BANKS)
def test_each_area_tells_two_stories_with_several_ways(bank):
    stories = [question for question in BANKS[bank] if question["kind"] == "scenario"]

    assert len(stories) >= (1 if bank == "security-awareness" else 2)
    for story in stories:
        assert 3 <= len(story["screens"]) <= 5
        assert all(2 <= len(screen["choices"]) <= 4 for screen in story["screens"])
        assert all(choice["consequence"] for screen in story["screens"] for choice in screen["choices"])
        # A mistake that is put right leads on, and still counts as one.
        assert len({choice.get("to") for screen in story["screens"] for choice in screen["choices"]}) >= 3


@pytest.mark.parametrize("bank", EVERY_BANK)
def test_the_better_choice_of_a_story_is_neither_the_first_nor_the_longest(bank):
    places, longest = Counter(), 0
    for choices in decisions(bank):
        values = [value for _text, value in choices]
        best = values.index(max(values))
        places[best] += 1
        longest += best == max(range(len(choices)), key=lambda place: len(choices[place][0]))

        assert values.count(max(values)) == 1
    assert max(places.values()) <= places.total() / 2
    assert longest <= places.total() / 2


def test_pictures_skills_and_long_answers_are_asked_too():
    kinds = Counter(question["kind"] for question in QUESTIONS)

    assert kinds["hotspot"] >= 6
    assert kinds["observed_skill"] >= 4
    assert kinds["long_answer"] >= 4


def test_every_picture_is_described_in_both_languages():
    """The English description is the `<desc>` of the drawing itself."""
    words = SPANISH.yaml(SPANISH.folder / "illustrations.yaml")

    assert set(words) == set(PICTURES)
    assert [name for name, said in words.items() if not 20 <= len(said["description"]) <= 500] == []


@pytest.mark.parametrize(
    ("code", "lesson"),
    [pytest.param(code, lesson, id=lesson.file) for code, lessons in LANGUAGES.items() for lesson in lessons],
)
def test_a_lesson_is_short_and_easy_to_read(code, lesson):
    read = sentences(lesson)
    words = [word for sentence in read for word in sentence]
    lix = len(words) / len(read) + 100 * sum(len(word) > 6 for word in words) / len(words)
    longest, hardest = LIMITS[code]

    assert 4 <= lesson.head["minutes"] <= 8
    assert 60 <= len(words) / lesson.head["minutes"] <= 160
    assert max(map(len, read)) <= longest
    assert lix <= hardest


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_lessons_share_a_run_of_words(code):
    seen, shared = {}, []
    for lesson in LANGUAGES[code]:
        words = [word.casefold() for sentence in sentences(lesson) for word in sentence]
        for run in {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}:
            if seen.setdefault(run, lesson.file) != lesson.file:
                shared.append((seen[run], lesson.file, " ".join(run)))

    assert shared == []
