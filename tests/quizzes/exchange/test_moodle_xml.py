"""Moodle XML: each type that has a counterpart, what is listed of the others, and files that mean harm."""

import base64
import time

import pytest

from quizzes.exchange import reading
from quizzes.exchange.refused import Refused

from .ways import found, of_xml, options, sample, xml

TEXT = '<questiontext format="html"><text>Q?</text></questiontext>'


def test_every_type_becomes_what_it_is_here_or_is_left_out_in_words():
    questions = sample("every_type.xml")
    assert [question.problems for question in questions if question.problems] == []
    assert [(question.name, question.kind or question.left_out) for question in questions] == [
        ("Seal classes", "single_choice"),
        ("Seven points", "multiple_response"),
        ("Once", "true_false"),
        ("Name it", "short_text"),
        ("Pin", "number"),
        ("Marks", "matching"),
        ("Go or hold", "categorise"),
        ("Steps", "ordering"),
        ("Gaps", "blanks"),
        ("Drag", "blanks"),
        ("Cloze", "blanks"),
        ("Cloze of one text", "short_text"),
        (
            "Cloze of several kinds",
            "Its gaps are of several kinds (SHORTANSWER, NUMERICAL); here all gaps of a text are chosen from lists.",
        ),
        ("Essay", "long_answer"),
        ("Intro", "It is a text without a question: there is nothing to answer."),
        ("Formula", "Moodle's “calculated” has no counterpart here: nothing of it is carried."),
    ]


def test_a_choice_with_all_that_moodle_knows_of_it():
    question = sample("every_type.xml")[0]
    assert (question.where, question.source_id, question.category) == ("line 10", "seal-1", ["Seals", "VV\\TT and I/O"])
    assert question.explanation == "High security is marked H."
    assert options(question) == [
        ("H", True, "High security."),
        ("I", False, "Indicative only."),
        ("S & more", False, "Security, not high."),
    ]
    assert question.notes == [
        "The picture “seal.png” comes with it.",
        "The look of the text (bold, lists, tables …) is not carried; its words are.",
        "−25 % for “S & more” is not carried: it gives no point here.",
        "A penalty for trying again is not carried: a question is answered once here.",
        "The feedback for all right, partly right and wrong answers is not carried.",
    ]


def test_a_picture_in_the_text_stands_beside_the_question():
    question = sample("every_type.xml")[0]
    assert question.prompt == "Which seal meets ISO 17712?"
    assert (question.picture_file["name"], question.picture_file["description"]) == ("seal.png", "A bolt seal")
    assert base64.b64decode(question.picture_file["data"]).startswith(b"\x89PNG")


@pytest.mark.parametrize("data", ["bm8gcGljdHVyZQ==", "not base64!", base64.b64encode(b"<svg/>").decode()])
def test_what_is_no_picture_is_listed(data):
    question = of_xml(
        '<questiontext format="html"><text><![CDATA[Q?<img src="@@PLUGINFILE@@/a.svg">]]></text>'
        f'<file name="a.svg" encoding="base64">{data}</file></questiontext>'
        '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>',
        "truefalse",
    )
    assert question.picture_file == {}
    assert question.notes[0] == "The picture “a.svg” is not carried: add it here."


def test_an_essay_brings_what_its_marker_is_told():
    question = sample("every_type.xml")[13]
    assert question.value == {
        "rubric": [{"text": "Content", "description": "Names tampering.", "points": 1}],
        "example": "",
    }
    assert question.notes == [
        "An essay is marked by a rubric here: write it, and a good answer, before you publish the question."
    ]


def test_texts_numbers_and_their_small_print():
    text, number = sample("every_type.xml")[3:5]
    assert text.value == {
        "accepted": ["VVTT"],
        "mind_case": True,
        "mind_accents": True,
        "reason": "View, verify, tug, twist.",
    }
    assert "80 % for “VTT” is not carried: it gives no point here." in text.notes
    assert number.value == {"value": "18", "tolerance": "0.5", "unit": "mm", "reason": "So the standard says."}
    assert number.notes == ["Other units are not carried: cm."]


def test_pairs_orders_and_gaps_keep_what_belongs_together():
    marks, _groups, steps, gaps, dragged, cloze = sample("every_type.xml")[5:11]
    assert [(row["text"], row["match"]) for row in marks.value["pairs"]] == [("H", "High security"), ("S", "Security")]
    assert marks.value["strays"] == [{"text": "Secret"}]
    assert [row["text"] for row in steps.value["items"]] == ["View", "Verify", "Tug"]
    assert (gaps.prompt, gaps.value["text"]) == ("What does the standard ask for?", "A {1} seal of {2} security.")
    words = [[(word["text"], word["right"]) for word in gap["words"]] for gap in gaps.value["blanks"]]
    assert words == [[("bolt", True), ("strap", False)], [("high", True), ("low", False)]]
    assert (dragged.prompt, dragged.value["text"]) == ("Fill the gaps.", "The {1} jumps over the {2}.")
    assert cloze.value["text"] == "The pin is cut {1} the bolt of {2}."
    assert cloze.notes == [
        "50 % for “beside” is not carried: it gives no point here.",
        "The feedback on “below” is not carried: “Right”.",
    ]


@pytest.mark.parametrize(
    ("kind", "inner", "problem"),
    [
        ("numerical", TEXT + '<answer fraction="100"><text>much</text></answer>', "“much” is not a number."),
        ("truefalse", TEXT, "True or false has two answers, “true” and “false”; it has others."),
        (
            "ddwtos",
            "<questiontext><text>A [[3]].</text></questiontext>",
            "A place [[n]] in the text has no words that belong to it.",
        ),
        ("cloze", TEXT, "There is no gap in the text."),
        (
            "multichoice",
            '<answer fraction="100"><text>a</text></answer>',
            "It asks nothing: the question's text is missing.",
        ),
    ],
)
def test_what_is_broken_is_said(kind, inner, problem):
    assert of_xml(inner, kind).problems[0] == problem


def test_points_hints_and_files_that_nothing_shows_are_listed():
    question = of_xml(
        '<questiontext format="html"><text>Q?</text><file name="a.pdf" encoding="base64">eA==</file></questiontext>'
        "<defaultgrade>3</defaultgrade><hint><text>Think.</text></hint><hidden>1</hidden>"
        '<answer fraction="100"><text>true</text><feedback><text>a</text></feedback></answer>'
        '<answer fraction="0"><text>false</text><feedback><text>b</text></feedback></answer>',
        "truefalse",
    )
    assert question.notes == [
        "The file “a.pdf” is not carried.",
        "It is worth 3 points there; here each question is one.",
        "Hints are not carried.",
        "It is hidden in Moodle; here it comes in as a draft like the others.",
    ]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(10))
HARM = {
    "entities in entities": f"<!DOCTYPE quiz [{LAUGHS}]><quiz>&l9;</quiz>",
    "a long one, a million times": f'<!DOCTYPE q [<!ENTITY a "{"a" * 5_000_000}">]><quiz>{"&a;" * 1_700_000}</quiz>',
    "a file of the server": '<!DOCTYPE quiz [<!ENTITY f SYSTEM "file:///etc/passwd">]><quiz>&f;</quiz>',
    "a document from elsewhere": '<!DOCTYPE quiz SYSTEM "http://127.0.0.1:9/q.dtd"><quiz></quiz>',
    "an entity in an attribute": '<!DOCTYPE quiz [<!ENTITY % p "x">%p;]><quiz/>',
}


@pytest.mark.parametrize("harm", HARM)
def test_a_bomb_is_refused_within_a_second(harm):
    data = HARM[harm].encode()
    began = time.process_time()
    with pytest.raises(Refused) as refused:
        found(data, "bomb.xml")
    assert time.process_time() - began < 1
    assert str(refused.value) == (
        "The file declares a document type or entities, which no export of questions does: it is refused."
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<quiz>" + "<a>" * 3_000_000, "Line 1: no question holds so much; the file is refused."),
        ("<quiz><question>" + "<a/>" * 2_000_000, "Line 1: no question holds so much; the file is refused."),
        (xml("<question type='x'/>" * 400_000), "There are more than 2000 questions in the file: cut it into several."),
    ],
)
def test_ten_megabytes_of_elements_are_refused_within_a_second(text, words):
    began = time.process_time()
    with pytest.raises(Refused) as refused:
        found(text.encode(), "elements.xml")
    assert time.process_time() - began < 1
    assert str(refused.value) == words


def test_ten_honest_megabytes_are_read():
    picture = "QUJD" * 20_000
    question = (
        '<question type="truefalse"><questiontext format="html"><text><![CDATA[<p>Q %d?</p>]]></text>'
        f'<file name="p.png" encoding="base64">{picture}</file></questiontext>'
        '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>'
    )
    data = xml(*(question % number for number in range(125))).encode()
    assert len(data) > 10_000_000
    questions = found(data, "honest.xml")
    assert [row.prompt for row in questions] == [f"Q {number}?" for number in range(125)]
    assert {row.kind for row in questions} == {"true_false"}


def test_a_file_that_is_too_large_is_refused_by_its_size():
    with pytest.raises(Refused, match="The file has 20.0\xa0MB; a file of questions has at most 20.0\xa0MB."):
        reading.read(b"<quiz>" + b" " * reading.MAX_BYTES, "big.xml", "en")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<html><body/></html>", "This is XML, but not of Moodle's questions: it begins with <html>, not <quiz>."),
        ("<quiz><question></quiz>", "The XML is broken: mismatched tag: line 1, column 18. Export it again."),
        ("<quiz></quiz>", "There is no question in the file."),
        ("", "The file is empty."),
    ],
)
def test_what_is_no_file_of_questions_says_so(text, words):
    with pytest.raises(Refused) as refused:
        found(text, "q.xml")
    assert str(refused.value) == words
