"""The other way round: rows of a StreamField as the manuscript that says them. Pure: plain data in, text out.

`rows` are as `blocks.plain_stream` gives them, with the names of pictures, files and questions in the place of rows.
What is read again gives the same blocks; ids are made anew by their places.
"""

import re

import yaml
from bs4 import BeautifulSoup, NavigableString

# What Markdown would take for a mark inside a line, and at the beginning of one.
MARKS = re.compile(r"([\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;))")
AT_BEGIN = re.compile(r"^(#{1,6} |[-+] |:::|---|>|\d+[.)] )", re.MULTILINE)
INLINE = {"b": "**", "strong": "**", "i": "*", "em": "*"}


def written(head, rows):
    """The whole file: the head as YAML, then the blocks."""
    said = yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=110)
    return f"---\n{said}---\n" + "\n".join(_block(row) for row in rows)


def _block(row):
    name, value = row["type"], row["value"]
    if name == "text":
        return prose(value) + "\n"
    argument, lines = WRITERS[name](value)
    return "\n".join([f"::: {name} {argument}".rstrip(), *lines, ":::", ""])


def prose(html):
    """Paragraphs, headings and lists of rich text as Markdown."""
    parts = []
    for tag in BeautifulSoup(html, "html.parser").children:
        if isinstance(tag, NavigableString):
            continue
        if tag.name in ("ul", "ol"):
            parts.append("\n".join(_list(tag)))
        elif words := _inline(tag):
            parts.append({"h2": "## ", "h3": "### "}.get(tag.name, "") + words)
    return "\n\n".join(parts)


def _list(tag, indent=""):
    for number, item in enumerate(tag.find_all("li", recursive=False), 1):
        mark = f"{number}. " if tag.name == "ol" else "- "
        inner = [child for child in item.children if getattr(child, "name", None) in ("ul", "ol")]
        for child in inner:
            child.extract()
        yield f"{indent}{mark}{_inline(item)}"
        for child in inner:
            yield from _list(child, indent + " " * len(mark))


def _inline(tag):
    text = "".join(_piece(child) for child in tag.children).strip()
    return AT_BEGIN.sub(lambda found: "\\" + found[0] if not found[0][0].isdigit() else _numbered(found[0]), text)


def _numbered(text):
    return re.sub(r"([.)])", r"\\\1", text)


def _piece(node):
    if isinstance(node, NavigableString):
        return MARKS.sub(r"\\\1", re.sub(r"\s+", " ", node))
    inside = "".join(_piece(child) for child in node.children)
    if node.name == "a":
        return f"[{inside}]({node['href']})"
    mark = INLINE.get(node.name, "")
    return f"{mark}{inside}{mark}" if inside.strip() else inside


def line(html):
    """Rich text that is one paragraph."""
    return " ".join(paragraphs(html))


def paragraphs(html):
    tags = BeautifulSoup(html, "html.parser")
    return [words for tag in tags.find_all("p") or [tags] if (words := _inline(tag))]


def _with_gaps(parts):
    return "\n\n".join(parts).split("\n")


def _point(point):
    place = f"({point['x']}, {point['y']}) " if "x" in point else ""
    return f"{place}**{point['heading']}** {line(point['text'])}"


def _numbered_lines(parts):
    return [f"{number}. {part}" for number, part in enumerate(parts, 1)]


def _bullets(parts):
    return [f"- {part}" for part in parts]


def _figure(value):
    lines = _with_gaps(paragraphs(value["caption"]))
    points = _numbered_lines(_point(point) for point in value["points"])
    return value["image"], [*lines, "", *points] if points else lines


def _pair(value):
    halves = [_bullets(line(item) for item in value[name]) for name in ("do", "dont")]
    return "", ["Do:", "", *halves[0], "", "Do not:", "", *halves[1]]


def _table(value):
    rows = [value["head"], *([line(cell) for cell in row["cells"]] for row in value["rows"])]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return value["caption"], [lines[0], "|" + " --- |" * len(value["head"]), *lines[1:]]


def _settings(value, names):
    return [f"{name}: {value[name]}" for name in names if value.get(name)]


def _video(value):
    return value["video"], [*_settings(value, ("title", "seconds", "captions", "poster")), "", *_prose(value)]


def _audio(value):
    return value["audio"], [*_settings(value, ("title", "seconds")), "", *_prose(value)]


def _prose(value):
    return prose(value["transcript"]).split("\n")


def _document(value):
    return value["document"], [*_settings(value, ("title",)), "", *prose(value["text"]).split("\n")]


WRITERS = {
    "figure": _figure,
    "annotated": _figure,
    "steps": lambda value: (value["title"], _numbered_lines(line(item) for item in value["items"])),
    "checklist": lambda value: (value["title"], _bullets(line(item) for item in value["items"])),
    "monday": lambda value: ("", _bullets(line(item) for item in value["items"])),
    "warning": lambda value: (value["title"], _with_gaps(paragraphs(value["text"]))),
    "term": lambda value: (value["term"], _with_gaps(paragraphs(value["definition"]))),
    "pair": _pair,
    "accordion": lambda value: ("", _bullets(_point(point) for point in value["items"])),
    "table": _table,
    "video": _video,
    "audio": _audio,
    "document": _document,
    "check": lambda value: (value["question"], []),
}
