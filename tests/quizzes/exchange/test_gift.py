"""GIFT: each form that Moodle documents, and what of it is not carried."""

import pytest

from .ways import found, one, options, sample

REASON = "A reason is missing for an answer: write it before you publish the question."


def test_every_documented_form_is_read_and_only_what_asks_nothing_is_left_out():
    questions = sample("documented.gift")
    assert [question.problems for question in questions if question.problems] == []
    kinds = [question.kind for question in questions]
    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
        "single_choice": 11,
        "short_text": 6,
        "true_false": 3,
        "matching": 3,
        "number": 6,
        "multiple_response": 2,
        "long_answer": 1,
        "": 1,
    }
    assert [(question.where, question.prompt) for question in questions if question.left_out] == [
        ("line 140", "You can use your pencil and paper for these next math questions."),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("cp1252"),
    ],
)
def test_a_file_says_the_same_in_every_encoding_and_with_every_line_end(change):
    text = "Dag Hammarskjöld was born in {\n~Malmö\n=Jönköping#Sí\n}\n\n// over\nA line that\ngoes on.{T}\n"
    assert [row.content() for row in found(change(text))] == [row.content() for row in found(text)]


def test_a_missing_word_is_asked_where_it_is_missing():
    question = one("Grant is {~buried#no =entombed#yes} in Grant's tomb.")
    assert question.prompt == "Grant is _____ in Grant's tomb."
    assert options(question) == [("buried", False, "no"), ("entombed", True, "yes")]


def test_signs_that_are_escaped_mean_themselves():
    question = one(r"::A\: b\=c::Is \{x\} \~ \# 5\\3?\nNext line {=\=1#\#a ~\~2#b\=c \:}")
    assert (question.name, question.prompt) == ("A: b=c", "Is {x} ~ # 5\\3?\nNext line")
    assert options(question) == [("=1", True, "#a"), ("~2", False, "b=c :")]


def test_general_feedback_is_the_explanation_and_true_false_has_its_reasons_where_they_belong():
    question = one("[html]<p>Look at &lt;it&gt; &eacute;</p>{FALSE#wrong#right####All <i>of</i> it}")
    assert (question.prompt, question.explanation) == ("Look at <it> é", "All of it")
    assert question.value == {"answer": "false", "reason_true": "wrong", "reason_false": "right"}
    assert question.notes == ["The look of the text (bold, lists, tables …) is not carried; its words are."]


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("[plain]2 <b>x</b> &amp;{T}", "2 <b>x</b> &amp;"),
        ("[markdown]A *b* `c`{T}", "A b c"),
        ("[html]A<br>b{T}", "A\nb"),
        ("[moodle]Is 2 < 3 and <seal no>?{T}", "Is 2 < 3 and <seal no>?"),
        ("x<sup>2</sup> and H<sub>2</sub>O{T}", "x² and H₂O"),
        ("<script>alert(1)</script>Safe{T}", "Safe"),
        ("See <a href='https://x.example/a'>this</a>{T}", "See this (https://x.example/a)"),
    ],
)
def test_each_format_comes_in_as_plain_words(text, prompt):
    assert one(text).prompt == prompt


def test_weights_of_several_answers_become_credit_for_each():
    ours = one("Two? {~%-50%a#1 ~%50%b#2 ~%50%c#3 ~%-50%d#4}")
    assert (ours.kind, ours.value["credit"], ours.notes) == ("multiple_response", "each", [])
    assert options(ours) == [("a", False, "1"), ("b", True, "2"), ("c", True, "3"), ("d", False, "4")]
    theirs = one("Two? {~%-100%a#1 ~%70%b#2 ~%30%c#3}")
    assert [row["right"] for row in theirs.value["options"]] == [False, True, True]
    assert theirs.notes == [
        "The weights −100 %, 70 %, 30 % are not carried: here each right answer gives the same part of the point, "
        "and a wrong one takes as much back."
    ]


def test_a_part_for_a_wrong_answer_is_listed():
    question = one("Q?{~%25%a#x =b#y ~%-10%c#z}")
    assert question.kind == "single_choice"
    assert question.notes == [
        "25 % for “a” is not carried: it gives no point here.",
        "−10 % for “c” is not carried: it gives no point here.",
    ]


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ("#1822#why", {"value": "1822", "tolerance": "0"}),
        ("#3.1415:0.0005#why", {"value": "3.1415", "tolerance": "0.0005"}),
        ("#3.141..3.142#why", {"value": "3.1415", "tolerance": "0.0005"}),
        ("# =-5:1#why =-4..-2#why", {"value": "-4", "tolerance": "2"}),
        ("#1e2#why", {"value": "100", "tolerance": "0"}),
    ],
)
def test_numbers_with_their_tolerances_and_ranges(answers, value):
    question = one(f"Q?{{{answers}}}")
    assert (question.kind, question.value) == ("number", value | {"unit": "", "reason": "why"})
    assert (question.notes, question.problems) == ([], [])


def test_several_numbers_become_a_text_and_several_ranges_are_left_out():
    question = one("Q?{#=5#why =10#why}")
    assert (question.kind, question.value["accepted"]) == ("short_text", ["5", "10"])
    assert question.notes == ["Several numbers are right, so it is asked as a short text."]
    assert one("Q?{#=5:1 =10:1}").left_out == "Several ranges of numbers are right; a number has one here."


def test_partial_credit_and_feedback_of_numbers_are_listed():
    question = one("Q?{#=1822:0#Correct =%50%1822:2#Near ~#Far off}")
    assert question.value["reason"] == "Correct"
    assert question.notes == [
        "The feedback on any other number is not carried: “Far off”.",
        "50 % for “1822:2” is not carried: it gives no point here.",
        "The feedback on “1822:2” is not carried: “Near”.",
    ]


def test_matching_with_a_shared_answer_becomes_groups():
    question = one("Where?{=pin -> hold =seal -> go =number -> hold}")
    assert question.kind == "categorise"
    assert [(row["text"], [item["text"] for item in row["items"]]) for row in question.value["bins"]] == [
        ("hold", ["pin", "number"]),
        ("go", ["seal"]),
    ]


def test_categories_ids_and_tags_in_comments():
    text = "$CATEGORY: $course$/top/Seals/I//O\n\n// [id:seal\\]1] [tag:seals]\nQ?{T#a#b}\n\n$CATEGORY: Gate\nR?{F#a#b}"
    first, second = found(text)
    assert (first.category, first.source_id, second.category) == (["Seals", "I/O"], "seal]1", ["Gate"])
    assert (first.tags, first.notes) == (["seals"], [])
    assert (first.where, second.where) == ("line 4", "line 7")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "Q {~a =b",
            "A { of the answers has no }, or the other way round. "
            "An empty line ends a question; write \\{ for the sign.",
        ),
        ("Q {=a} and {=b}", "It has answers in two places; a question of GIFT has them in one."),
        ("Q {=a -> b =c}", "“c”: a pair is written as =this -> belongs to this."),
        ("Q {#about 5}", "“about 5” is not a number: write 12, 12:0.5 or 11.5..12.5."),
        ("{=a#x ~b#y}", "It asks nothing: the question's text is missing."),
        ("Q {=a#x ~A #y}", "Answers: Two answers say the same."),
        ("Q {~a#x ~b#y}", "Answers: Mark at least one answer as right."),
        ("Q {=a#x}", None),
        ("Q " + "x" * 600 + "{T}", "The question has 602 signs; it may have 600."),
        (
            "Q {=a#x ~b#y ~All of the above#z}",
            "Answers: Answers are shuffled, so none can point at others (“all of the above”). Name what it means.",
        ),
        (
            "Q {=" + "a" * 301 + "#x ~b#y}",
            "Answers 1, Answer: Ensure this value has at most 300 characters (it has 301).",
        ),
    ],
)
def test_what_is_broken_is_said_with_its_line(text, problem):
    question = found("First?{T#a#b}\n\n" + text)[1]
    assert question.where == "line 3"
    assert question.problems == ([problem] if problem else [])


def test_a_question_with_two_whole_answers_is_left_out_in_words():
    question = one("Q {=a#x =b#y ~c#z}")
    assert question.left_out == (
        "2 answers give the whole point, each alone; a single choice has one right answer here."
    )


def test_missing_reasons_are_told_once_and_do_not_stop_it():
    assert one("Q?{=a ~b}").notes == [REASON]
    assert one("Q?{=a#x ~b#y}").notes == []
