"""What people may write, and the rows that come of it. No database."""

import textwrap
import uuid

import pytest

from content.manuscript import ManuscriptError, parse, split

KEY = uuid.UUID(int=6)
PICTURES = {"bolt": 7, "bolt.mp4": 1, "bolt.vtt": 2, "bolt.mp3": 3, "log.pdf": 4}


def blocks(text, line=1):
    return parse(textwrap.dedent(text).lstrip("\n"), key=KEY, picture=PICTURES.__getitem__, line=line)


def values(text):
    """(type, value) of each block, lists without their ids."""
    return [(block.type, bare(block.value)) for block in blocks(text)]


def bare(value):
    if isinstance(value, dict):
        return {name: bare(part) for name, part in value.items()}
    if isinstance(value, list):
        return [bare(item["value"]) for item in value]
    return value


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\nparagraph.", "<p>One paragraph.</p>"),
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("**Bold**, *leaning*.", "<p><b>Bold</b>, <i>leaning</i>.</p>"),
        ("[A guide](/guides/a/)", '<p><a href="/guides/a/">A guide</a></p>'),
        ("## Head\n\n### Smaller", "<h2>Head</h2><h3>Smaller</h3>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ('Less < more & "quoted"', '<p>Less &lt; more &amp; "quoted"</p>'),
        ("<b>not HTML</b>", "<p>&lt;b&gt;not HTML&lt;/b&gt;</p>"),
        ("100 \\* 2", "<p>100 * 2</p>"),
    ],
)
def test_prose(text, html):
    assert values(text) == [("text", html)]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        (
            """
            ::: annotated bolt
            A bolt.

            1. (30, 45) **Pin** It locks.
            2. (0,100) **Barrel** It turns.
            :::
            """,
            (
                "annotated",
                {
                    "image": 7,
                    "caption": "<p>A bolt.</p>",
                    "points": [
                        {"x": 30, "y": 45, "heading": "Pin", "text": "<p>It locks.</p>"},
                        {"x": 0, "y": 100, "heading": "Barrel", "text": "<p>It turns.</p>"},
                    ],
                },
            ),
        ),
        (
            """
            ::: accordion
            - **At the gate** Look *twice*.
            - **At the dock** Look again.
            :::
            """,
            (
                "accordion",
                {
                    "items": [
                        {"heading": "At the gate", "text": "<p>Look <i>twice</i>.</p>"},
                        {"heading": "At the dock", "text": "<p>Look again.</p>"},
                    ]
                },
            ),
        ),
        (
            """
            ::: table Classes of seals
            | Class | Good for |
            |---|---|
            | H | **loaded** units |
            | I | nothing |
            :::
            """,
            (
                "table",
                {
                    "caption": "Classes of seals",
                    "head": ["Class", "Good for"],
                    "rows": [
                        {"cells": ["<p>H</p>", "<p><b>loaded</b> units</p>"]},
                        {"cells": ["<p>I</p>", "<p>nothing</p>"]},
                    ],
                },
            ),
        ),
        (
            """
            ::: video bolt.mp4
            title: A seal is checked
            seconds: 70
            captions: bolt.vtt
            poster: bolt

            Rosa looks.

            She pulls.
            :::
            """,
            (
                "video",
                {
                    "title": "A seal is checked",
                    "video": 1,
                    "seconds": 70,
                    "poster": 7,
                    "captions": 2,
                    "transcript": "<p>Rosa looks.</p><p>She pulls.</p>",
                },
            ),
        ),
        (
            """
            ::: audio bolt.mp3
            title: A call
            seconds: 5
            Hello.
            :::
            """,
            ("audio", {"title": "A call", "audio": 3, "seconds": 5, "transcript": "<p>Hello.</p>"}),
        ),
        (
            """
            ::: document log.pdf
            title: The seal log
            :::
            """,
            ("document", {"title": "The seal log", "document": 4, "text": ""}),
        ),
        (
            """
            ::: figure bolt
            A **bolt**.

            1. **Pin** It locks.
            2. **Seal: closed** [Read](/guides/a/) it.
            :::
            """,
            (
                "figure",
                {
                    "image": 7,
                    "caption": "<p>A <b>bolt</b>.</p>",
                    "points": [
                        {"heading": "Pin", "text": "<p>It locks.</p>"},
                        {"heading": "Seal: closed", "text": '<p><a href="/guides/a/">Read</a> it.</p>'},
                    ],
                },
            ),
        ),
        (
            "::: figure bolt\nOnly a caption.\n:::",
            ("figure", {"image": 7, "caption": "<p>Only a caption.</p>", "points": []}),
        ),
        (
            "::: steps Fit it\n1. **Read.** The number.\n2. Pull,\n   hard.\n:::",
            ("steps", {"title": "Fit it", "items": ["<p><b>Read.</b> The number.</p>", "<p>Pull, hard.</p>"]}),
        ),
        (
            "::: pair\nDo:\n- Look.\n- Read.\nDo not:\n- Guess.\n:::",
            ("pair", {"do": ["<p>Look.</p>", "<p>Read.</p>"], "dont": ["<p>Guess.</p>"]}),
        ),
        (
            '::: warning "I will seal it later"\nNo.\n\nIt stays.\n:::',
            ("warning", {"title": '"I will seal it later"', "text": "<p>No.</p><p>It stays.</p>"}),
        ),
        (
            "::: term Void seal\nNever used.\n:::",
            ("term", {"term": "Void seal", "definition": "<p>Never used.</p>"}),
        ),
        ("::: monday\n- Look.\n:::", ("monday", {"items": ["<p>Look.</p>"]})),
        (
            "::: checklist Bring\n- A lamp.\n- A pen.\n:::",
            ("checklist", {"title": "Bring", "items": ["<p>A lamp.</p>", "<p>A pen.</p>"]}),
        ),
    ],
    ids=lambda part: part[0] if isinstance(part, tuple) else "",
)
def test_each_directive(text, block):
    assert values(text) == [block]


def test_prose_and_directives_keep_their_order_and_their_lines():
    found = blocks("Before.\n\n::: monday\n- Look.\n:::\n\n\nAfter.\n", line=5)

    assert [(block.type, block.line) for block in found] == [("text", 5), ("monday", 7), ("text", 12)]


def test_ids_are_the_same_each_time_and_do_not_move_when_another_kind_of_block_is_put_before():
    text = "Prose.\n\n::: monday\n- Look.\n- Ask.\n:::\n"
    before = blocks(text)
    after = blocks("::: term Seal\nSteel.\n:::\n\n" + text)

    assert [block.row for block in blocks(text)] == [block.row for block in before]
    assert [block.row for block in after[1:]] == [block.row for block in before]
    assert before[0].id == str(uuid.uuid5(KEY, "text/1"))
    items = before[1].value["items"]
    assert [item["id"] for item in items] == [
        str(uuid.uuid5(uuid.UUID(before[1].id), name)) for name in ("items/1", "items/2")
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("One.\n\n::: monday\n- Look.", 3, "“monday” is never closed; end it with a line of :::."),
        ("::: monday\n- a\n::: term X\n", 3, "“monday” from line 1 is still open; close it with :::."),
        ("One.\n:::\n", 2, "this ::: closes nothing."),
        (
            "::: note X\nText.\n:::",
            1,
            "“note” is not a directive; there are accordion, annotated, audio, check, checklist, document, figure, "
            "monday, pair, steps, table, term, video, warning.",
        ),
        ("::: steps\n1. a\n2. b\n:::", 1, "“steps” needs words after its name."),
        ("::: monday today\n- a\n:::", 1, "“monday” takes nothing after its name."),
        ("One.\n::: figure bolts\nA bolt.\n:::", 2, "there is no picture “bolts”."),
        ("::: figure bolt\n1. **Pin** It locks.\n:::", 1, "a figure begins with its caption."),
        (
            "::: figure bolt\nA bolt.\n\n1. **Pin** Locks.\n2. Barrel\n:::",
            5,
            "a point begins with its heading in bold.",
        ),
        ("::: figure bolt\nA bolt.\n\n1. **Pin**\n:::", 4, "a point says something after its heading."),
        ("::: figure bolt\nA bolt.\n\n- **Pin** It\n:::", 4, "a figure is a caption and then numbered points."),
        ("::: steps Fit\n- a\n- b\n:::", 1, "“steps” holds one list of numbered steps."),
        ("::: monday\nLook.\n\n- Ask.\n:::", 1, "“monday” holds one list of points with a dash."),
        ("::: monday\n- a\n  - b\n:::", 2, "a point here is one paragraph, without lists or paragraphs inside."),
        ("::: monday\n- a\n-\n:::", 2, "a point of this list is empty."),
        ("::: pair\nDo not:\n- a\nDo:\n- b\n:::", 1, "“pair” holds the points of “Do:” and then those of “Do not:”."),
        ("::: pair\nDo:\nDo not:\n- b\n:::", 2, "“pair” holds one list of points with a dash."),
        ("::: warning W\n- a\n:::", 2, "“warning” holds paragraphs only."),
        ("::: term T\n\n:::", 1, "“term” is empty."),
        (
            "::: annotated bolt\nA bolt.\n\n1. **Pin** It\n:::",
            1,
            "“Pin” has no place, such as (30, 45), before its heading.",
        ),
        ("::: annotated bolt\nA bolt.\n:::", 1, "“annotated” has numbered points with their places."),
        ("::: accordion\n1. **A** b\n:::", 1, "“accordion” holds one list of points with a dash."),
        ("::: table T\nNo table.\n:::", 2, "“table” holds one table and nothing else."),
        ("::: table T\n| A | B |\n|--|--|\n:::", 1, "“table” holds a line of headings, a line of dashes, and rows."),
        ("::: video bolt.mp4\ntitle: A\nseconds: 9\n\nSaid.\n:::", 1, "“video” needs a line “captions: …” at its top."),
        (
            "::: audio bolt.mp3\ntitle: A\nseconds: 9\n:::",
            1,
            "“audio” ends with a transcript, for those who cannot hear it.",
        ),
        ("::: audio x.mp3\ntitle: A\nseconds: 9\n\nSaid.\n:::", 1, "there is no file “x.mp3”."),
        (
            "::: audio bolt.mp3\ntitle: A\nseconds: 1:10\n\nA.\n:::",
            1,
            "“seconds” is the length as a whole number, such as 70.",
        ),
        ("One.\n\n# Too big", 3, "only paragraphs, lists and headings of ## and ### are possible here."),
        ("One.\n\n> Quoted.", 3, "only paragraphs, lists and headings of ## and ### are possible here."),
        ("One.\n\nA `word`.", 3, "only bold, italic and links are possible in a line."),
        ("![Bolt](bolt.svg)", 1, "only bold, italic and links are possible in a line."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, says):
    with pytest.raises(ManuscriptError) as error:
        blocks(text)

    assert (error.value.line, error.value.says) == (line, says)


def test_head_and_body():
    assert split("---\ntitle: A\ncriteria: ['6.10']\n---\nText.\n") == (
        {"title": "A", "criteria": ["6.10"]},
        "Text.",
        5,
    )


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("Text.", 1, "the file begins with a head between two lines of ---."),
        ("---\ntitle: A\n", 1, "the head has no end; close it with a line of ---."),
        ("---\ntitle: Custody: who\n---\n", 2, "the head is not valid YAML (mapping values are not allowed here)."),
        ("---\n- a\n---\n", 2, "the head is a list of lines such as `title: What a seal does`."),
    ],
)
def test_a_broken_head(text, line, says):
    with pytest.raises(ManuscriptError) as error:
        split(text)

    assert (error.value.line, error.value.says) == (line, says)
