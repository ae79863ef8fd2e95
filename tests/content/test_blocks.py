"""One template for each block shows a guide's live value and an edition's plain row alike."""

import re

import pytest
from django.template.loader import render_to_string
from wagtail.blocks.struct_block import StructBlockValidationError

from content import blocks, shown
from content.models import GuidePage

from . import factory

pytestmark = pytest.mark.django_db

SPOKEN = {"content_language": "en"}
TEXT = "<h2>The check</h2><p>Look <b>twice</b>.</p>"
PIECES = {
    "text": [f'<div class="prose">{TEXT}</div>'],
    "steps": [
        "<h2>At the gate</h2>",
        '<ol class="howto"><li><div><p>Stop.</p></div></li><li><div><p>Look &amp; read.</p></div></li></ol>',
    ],
    "pair": [
        "</svg>Do</p><ul><li><p>Check.</p></li></ul></div>",
        "</svg>Do not</p><ul><li><p>Guess.</p></li></ul></div>",
    ],
    "warning": [
        '<div class="warn" role="note"><div><p class="warn__head">&lt;Stop&gt;</p><p>Hold the unit.</p></div></div>'
    ],
    "term": ["<dfn>VVTT</dfn>", "<div><p>View, verify, tug, twist.</p></div></details>"],
    "accordion": [
        '<details class="gloss"><summary><span>At the gate</span>',
        "</summary><div><p>Look.</p></div></details>",
    ],
    "checklist": ["<h2>Before</h2>", '<ul class="ticks"><li><div><p>Papers.</p></div></li></ul></section>'],
    "monday": ["What you do on Monday</h2><ul><li><div><p>Read the log.</p></div></li></ul></section>"],
}
VALUES = {
    "text": TEXT,
    "steps": {"title": "At the gate", "items": ["<p>Stop.</p>", "<p>Look &amp; read.</p>"]},
    "pair": {"do": ["<p>Check.</p>"], "dont": ["<p>Guess.</p>"]},
    "warning": {"title": "<Stop>", "text": "<p>Hold the unit.</p>"},
    "term": {"term": "VVTT", "definition": "<p>View, verify, tug, twist.</p>"},
    "accordion": {"items": [{"heading": "At the gate", "text": "<p>Look.</p>"}]},
    "checklist": {"title": "Before", "items": ["<p>Papers.</p>"]},
    "monday": {"items": ["<p>Read the log.</p>"]},
}


def live(kind, value):
    """The block as a StreamField holds it."""
    definition = dict(blocks.LESSON + blocks.GUIDE)[kind]
    return definition.to_python(value)


def as_wagtail_shows(kind, value):
    definition = dict(blocks.LESSON + blocks.GUIDE)[kind]
    return one_line(definition.render(live(kind, value), {"row": {"id": "1"}}))


def as_edition_shows(kind, value):
    row = {"id": "1", "type": kind, "value": blocks.plain(live(kind, value), shown.library_row)}
    return one_line(render_to_string("content/blocks/stream.html", {"blocks": shown.with_urls([row])} | SPOKEN))


def one_line(html):
    return re.sub(r"\s*\n\s*", "", html)


@pytest.mark.parametrize("kind", VALUES)
def test_a_block_from_either_source(kind):
    shown_by_wagtail = as_wagtail_shows(kind, VALUES[kind])
    assert as_edition_shows(kind, VALUES[kind]) == shown_by_wagtail
    assert [piece for piece in PIECES[kind] if piece not in shown_by_wagtail] == []


def test_a_drawing_is_shown_as_it_is_with_its_words():
    picture = factory.drawing()
    value = {"image": picture.pk, "caption": "<p>Where.</p>", "points": [{"heading": "View", "text": "<p>Look.</p>"}]}
    html = as_edition_shows("figure", value)
    image = (
        f'<a class="figure__zoom" href="{picture.file.url}" data-zoom><img src="{picture.file.url}" '
        'alt="A bolt seal in a hasp." width="400" height="200" loading="lazy">'
    )
    points = '<ol class="points"><li><div><strong class="points__head">View</strong><p>Look.</p></div></li></ol>'
    assert f'<div class="figure__art">{image}' in html
    assert f"</a></div>{points}</div><figcaption><p>Where.</p></figcaption>" in html
    assert as_wagtail_shows("figure", value) == html


def test_a_photograph_is_no_larger_than_a_page_needs():
    picture = factory.photograph()
    plain = blocks.plain(live("figure", {"image": picture.pk, "caption": "", "points": []}), shown.library_row)
    assert {name: plain["image"][name] for name in ("width", "height", "title", "description")} == {
        "width": 1280,
        "height": 640,
        "title": "A trailer",
        "description": "A trailer at a dock.",
    }
    assert plain["image"]["path"].endswith(".webp")


def test_a_deleted_picture_leaves_its_words():
    picture = factory.drawing()
    value = {"image": picture.pk, "caption": "<p>Where.</p>", "points": []}
    page = factory.guide(body=[("figure", value)])
    picture.delete()
    rows = shown.rows(GuidePage.objects.get(pk=page.pk).body)
    assert rows[0]["value"]["image"] is None
    html = one_line(render_to_string("content/blocks/stream.html", {"blocks": rows}))
    assert html == (
        '<figure class="figure block wide"><div class="figure__in"></div>'
        "<figcaption><p>Where.</p></figcaption></figure>"
    )


def test_the_plain_form_is_without_the_editors_marks():
    value = (
        '<p data-block-key="a1b2">Look <b>twice</b>.</p><ul data-block-key="c"><li data-block-key="d3">One</li></ul>'
    )
    assert blocks.plain(live("text", value), None) == "<p>Look <b>twice</b>.</p><ul><li>One</li></ul>"


def test_contents_lead_to_headings_and_titled_blocks():
    rows = [
        {"id": "a", "type": "text", "value": "<p>First.</p><h2 data-block-key='x'>One <b>two</b></h2><h3>No</h3>"},
        {"id": "b", "type": "steps", "value": {"title": "At the gate", "items": []}},
        {"id": "c", "type": "pair", "value": {"do": [], "dont": []}},
        {"id": "d", "type": "text", "value": "<h2>Last</h2>"},
    ]
    marked, contents = shown.with_contents(rows)
    assert contents == [
        {"anchor": "p-a-0", "title": "One two"},
        {"anchor": "p-b", "title": "At the gate"},
        {"anchor": "p-d-2", "title": "Last"},
    ]
    assert marked[0]["value"] == '<p>First.</p><h2 id="p-a-0">One <b>two</b></h2><h3>No</h3>'
    assert '<section class="stack" aria-labelledby="p-b"><h2 id="p-b">At the gate</h2>' in render_to_string(
        "content/blocks/stream.html", {"blocks": marked}
    )
    assert rows[1].keys() == {"id", "type", "value"}


def test_each_number_of_a_picture_opens_its_words():
    points = [{"x": 30, "y": 45, "heading": "Pin", "text": "<p>It locks.</p>"}]
    picture = factory.drawing()
    html = as_edition_shows("annotated", {"image": picture.pk, "caption": "<p>A seal.</p>", "points": points})
    assert '<a href="#p-1-1" aria-label="1: Pin"><svg x="30%" y="45%" overflow="visible">' in html
    assert '<details><summary><strong class="points__head">Pin</strong>' in html
    assert '</summary><div id="p-1-1"><p>It locks.</p></div></details>' in html
    assert f'<img src="{picture.file.url}" alt="A bolt seal in a hasp." width="400" height="200"' in html


def test_a_table_names_each_cell_for_a_narrow_screen():
    value = {"caption": "Classes", "head": ["Class", "Use"], "rows": [{"cells": ["<p>H</p>", "<p>Loaded</p>"]}]}
    html = as_edition_shows("table", value)
    assert (
        '<caption>Classes</caption><thead><tr><th scope="col">Class</th><th scope="col">Use</th></tr></thead>' in html
    )
    assert '<tr><th scope="row"><p>H</p></th><td data-label="Use"><p>Loaded</p></td></tr>' in html


def video(**other):
    chosen = {"video": factory.file().pk, "captions": factory.file("seal.vtt").pk, "poster": None}
    return chosen | {"title": "A seal is checked", "seconds": 70, "transcript": "<p>Rosa looks.</p>"} | other


def test_a_video_says_its_size_and_loads_nothing_before_it_is_asked_for():
    html = as_edition_shows("video", video())
    assert '<video controls preload="none" playsinline' in html
    assert "1:10 min, 12\xa0bytes, with captions. It loads when you press play." in html
    assert '<track kind="captions"' in html
    assert "<p>Rosa looks.</p>" in html


def test_a_document_says_its_kind_and_size():
    value = {"title": "The seal log", "document": factory.file("log.pdf").pk, "text": "<p>Print it.</p>"}
    html = as_edition_shows("document", value)
    assert 'download="The seal log.pdf">' in html
    assert "PDF, 8\xa0bytes</p><p>Print it.</p></div>" in html


def problems(kind, value):
    """What an editor is told, by the name of the field."""
    definition = dict(blocks.LESSON)[kind]
    with pytest.raises(StructBlockValidationError) as told:
        definition.clean(definition.to_python(value))
    return {name: first(error) for name, error in told.value.block_errors.items()}


def first(error):
    return (error.non_block_errors.as_data()[0] if hasattr(error, "non_block_errors") else error).messages[0]


@pytest.mark.parametrize(
    ("name", "data", "field", "says"),
    [
        ("log.pdf", None, "video", "This is a file of the kind “pdf”; here goes one of: mp4, webm."),
        ("seal.mp4", b"%PDF-1.7 in disguise", "video", "The file is named .mp4, but it is no such file inside."),
        ("seal.vtt", b"1\n00:00 --> 00:01", "captions", "The file is named .vtt, but it is no such file inside."),
        (
            "seal.vtt",
            b"WEBVTT\n",
            "captions",
            "There is no caption in this file. Each begins with a line such as 00:01.000 --> 00:04.000.",
        ),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, data, field, says):
    assert problems("video", video(**{field: factory.file(name, data).pk})) == {field: says}


def test_a_video_without_captions_is_refused():
    assert problems("video", video(captions=None)) == {"captions": "This field is required."}


def test_a_table_with_an_uneven_row_is_refused():
    rows = [{"cells": ["<p>a</p>", "<p>b</p>"]}, {"cells": ["<p>a</p>", "<p>b</p>", "<p>c</p>"]}]
    told = problems("table", {"caption": "T", "head": ["A", "B"], "rows": rows})
    assert told == {"rows": "Row 2 has 3 cells, and the table has 2 headings."}
