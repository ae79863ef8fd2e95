"""What stands between ::: and :::, one function for each name: a part in, the value of a block out."""

import itertools
import re

from .text import (
    ManuscriptError,
    Part,
    cells_of,
    items_of,
    line_of,
    list_of,
    paragraph,
    paragraphs,
    prose,
    to_html,
    top,
)

SETTING = re.compile(r"(?P<name>[a-z]+):\s*(?P<value>.*?)\s*$")
PLACE = re.compile(r"\((?P<x>\d+), *(?P<y>\d+)\)\s*$")


def _named(part, name, find, what="picture"):
    """The id of what the manuscript names."""
    try:
        return find(name)
    except KeyError:
        raise ManuscriptError(part.line, f"there is no {what} “{name.removeprefix('question/')}”.") from None


def _figure(part, picture):
    image = _named(part, part.argument, picture)
    caption, points = [], []
    for token, inside in top(part.lines, part.first):
        if token.type == "paragraph_open" and not points:
            caption.append(paragraph(inside[1]))
        elif token.type == "ordered_list_open" and not points:
            points = [_point(item) for item in items_of(inside, part.first)]
        else:
            raise ManuscriptError(line_of(token, part.first), "a figure is a caption and then numbered points.")
    if not caption:
        raise ManuscriptError(part.line, "a figure begins with its caption.")
    return {"image": image, "caption": "".join(caption), "points": points}


def _annotated(part, picture):
    value = _figure(part, picture)
    if not value["points"]:
        raise ManuscriptError(part.line, "“annotated” has numbered points with their places.")
    for point in value["points"]:
        if "x" not in point:
            raise ManuscriptError(
                part.line, f"“{point['heading']}” has no place, such as (30, 45), before its heading."
            )
    return value


def _place(children):
    """`({"x", "y"}, rest)` of a point that begins with its place; `({}, children)` of any other."""
    found = children and children[0].type == "text" and PLACE.match(children[0].content)
    if not found:
        return {}, children
    rest = [child for child in children[1:] if child.type != "text" or child.content]
    return {name: int(number) for name, number in found.groupdict().items()}, rest


def _point(item):
    """ "**Heading** text" of one point, with its place before it on a picture that shows numbers."""
    place, item.children = _place(item.children)
    kinds = [child.type for child in item.children]
    if "strong_open" not in kinds[:2] or "strong_close" not in kinds:
        raise ManuscriptError(item.line, "a point begins with its heading in bold.")
    start, end = kinds.index("strong_open"), kinds.index("strong_close")
    heading = "".join(child.content for child in item.children[start + 1 : end])
    text = to_html(item.children[end + 1 :]).strip()
    if not text:
        raise ManuscriptError(item.line, "a point says something after its heading.")
    return place | {"heading": heading, "text": f"<p>{text}</p>"}


def _steps(part, picture):
    return {"title": part.argument, "items": list_of(part, "ordered_list_open", "numbered steps")}


def _checklist(part, picture):
    return {"title": part.argument, "items": list_of(part, "bullet_list_open", "points with a dash")}


def _monday(part, picture):
    return {"items": list_of(part, "bullet_list_open", "points with a dash")}


def _warning(part, picture):
    return {"title": part.argument, "text": paragraphs(part)}


def _term(part, picture):
    return {"term": part.argument, "definition": paragraphs(part)}


def _pair(part, picture):
    # Cut before parsing: to Markdown, "Do not:" right under a list would be more of its last point.
    cuts = {text.strip(): number for number, text in enumerate(part.lines) if text.strip() in ("Do:", "Do not:")}
    if list(cuts) != ["Do:", "Do not:"] or any(text.strip() for text in part.lines[: cuts["Do:"]]):
        raise ManuscriptError(part.line, "“pair” holds the points of “Do:” and then those of “Do not:”.")
    do, dont = cuts["Do:"], cuts["Do not:"]
    halves = {"do": (do, part.lines[do + 1 : dont]), "dont": (dont, part.lines[dont + 1 :])}
    return {
        name: list_of(Part(part.first + cut, "pair", "", lines), "bullet_list_open", "points with a dash")
        for name, (cut, lines) in halves.items()
    }


def _accordion(part, picture):
    tops = list(top(part.lines, part.first))
    if len(tops) != 1 or tops[0][0].type != "bullet_list_open":
        raise ManuscriptError(part.line, "“accordion” holds one list of points with a dash.")
    return {"items": [_point(item) for item in items_of(tops[0][1], part.first)]}


def _table(part, picture):
    head, *rows = cells_of(part)
    return {"caption": part.argument, "head": head, "rows": [{"cells": row} for row in rows]}


def _settings(part, needed):
    """`(settings, rest)`: the lines `name: value` on top, and a part that holds what comes after them."""
    settings = list(itertools.takewhile(bool, (SETTING.match(text) for text in part.lines)))
    found = {setting["name"]: setting["value"] for setting in settings}
    if missing := [name for name in needed if not found.get(name)]:
        raise ManuscriptError(part.line, f"“{part.name}” needs a line “{missing[0]}: …” at its top.")
    return found, Part(part.first + len(settings), "", "", part.lines[len(settings) :])


def _transcript(part, rest):
    html = prose(rest.lines, rest.line)
    if not html:
        raise ManuscriptError(part.line, f"“{part.name}” ends with a transcript, for those who cannot hear it.")
    return html


def _seconds(part, found):
    if not found["seconds"].isdecimal():
        raise ManuscriptError(part.line, "“seconds” is the length as a whole number, such as 70.")
    return int(found["seconds"])


def _video(part, picture):
    found, rest = _settings(part, ["title", "seconds", "captions"])
    return {
        "title": found["title"],
        "video": _named(part, part.argument, picture, "file"),
        "seconds": _seconds(part, found),
        "poster": _named(part, found["poster"], picture) if "poster" in found else None,
        "captions": _named(part, found["captions"], picture, "file"),
        "transcript": _transcript(part, rest),
    }


def _audio(part, picture):
    found, rest = _settings(part, ["title", "seconds"])
    return {
        "title": found["title"],
        "audio": _named(part, part.argument, picture, "file"),
        "seconds": _seconds(part, found),
        "transcript": _transcript(part, rest),
    }


def _document(part, picture):
    found, rest = _settings(part, ["title"])
    document = _named(part, part.argument, picture, "file")
    return {"title": found["title"], "document": document, "text": prose(rest.lines, rest.line)}


def _check(part, picture):
    if any(text.strip() for text in part.lines):
        raise ManuscriptError(part.line, "“check” names a question of a bank and holds nothing.")
    return {"question": _named(part, f"question/{part.argument}", picture, "question")}


# These stand alone: the others need words after their name.
WITHOUT_WORDS = ("pair", "monday", "accordion")
DIRECTIVES = {
    "annotated": _annotated,
    "accordion": _accordion,
    "table": _table,
    "video": _video,
    "audio": _audio,
    "document": _document,
    "check": _check,
    "figure": _figure,
    "steps": _steps,
    "pair": _pair,
    "warning": _warning,
    "term": _term,
    "monday": _monday,
    "checklist": _checklist,
}
