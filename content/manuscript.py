"""A lesson or guide as people write it, turned into rows for a StreamField. Pure: text in, plain data out.

A manuscript is Markdown between directives, after a head of YAML:

    ---
    title: What a seal does
    ---
    Prose with **bold**, *italic*, [links](/guides/), lists, ## and ### headings.

    ::: warning The class H seals have run out
    Tell your supervisor.
    :::

Directives: `figure <picture>` (caption, then numbered points "1. **Heading** text"), `steps <title>` (numbered),
`pair` ("Do:" and "Do not:", each with points), `warning <title>`, `term <word>`, `monday` (points) and
`checklist <title>` (points). A directive holds no other directive.

Ids are made of the manuscript's key and a block's place among its like, so that the same text always has the same
ids, in every language and on every installation.
"""

import re
import uuid
from collections import Counter
from dataclasses import dataclass
from html import escape

import yaml
from markdown_it import MarkdownIt

FENCE = re.compile(r"^:::\s*(?P<name>[a-z]*)\s*(?P<argument>.*?)\s*$")
PROSE_TAGS = {"p", "h2", "h3", "ol", "ul", "li"}
# The tags that Wagtail's editor stores, so that saving there unchanged changes nothing.
INLINE_TAGS = {"strong": "b", "em": "i", "a": "a"}

markdown = MarkdownIt("commonmark", {"html": False})


class ManuscriptError(ValueError):
    """What is wrong, in one sentence, and on which line of the file."""

    def __init__(self, line, says):
        self.line, self.says = line, says
        super().__init__(f"line {line}: {says}")


@dataclass
class Block:
    """One block of the StreamField and the line it begins on."""

    line: int
    type: str
    value: object
    id: str = ""

    @property
    def row(self):
        return {"type": self.type, "id": self.id, "value": self.value}


def split(text):
    """`(head, body, line of the body's first line)`; the head is the YAML at the top as a dict."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---":
        raise ManuscriptError(1, "the file begins with a head between two lines of ---.")
    try:
        end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "---")
    except StopIteration:
        raise ManuscriptError(1, "the head has no end; close it with a line of ---.") from None
    try:
        head = yaml.safe_load("\n".join(lines[1:end]))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ManuscriptError(mark.line + 2, f"the head is not valid YAML ({error.problem}).") from None
    if not isinstance(head, dict):
        raise ManuscriptError(2, "the head is a list of lines such as `title: What a seal does`.")
    return head, "\n".join(lines[end + 1 :]), end + 2


def parse(body, *, key, picture, line=1):
    """The blocks of a body. `key` is its identity (UUID); `picture(name)` gives a picture's id or raises KeyError."""
    blocks = [_block(part, picture) for part in _parts(body.splitlines(), line)]
    seen = Counter()
    for block in blocks:
        seen[block.type] += 1
        block.id = str(uuid.uuid5(key, f"{block.type}/{seen[block.type]}"))
        block.value = _with_ids(block.value, uuid.UUID(block.id))
    return blocks


@dataclass
class _Part:
    """Lines that belong together: prose (no name) or the inside of one directive."""

    line: int
    name: str
    argument: str
    lines: list

    @property
    def first(self):
        """The line that the text begins on: a directive's own line comes before it."""
        return self.line + bool(self.name)


def _parts(lines, first):
    parts, part = [], _Part(first, "", "", [])
    for number, text in enumerate(lines, first):
        fence = FENCE.match(text)
        if not fence:
            part.lines.append(text)
            continue
        name, argument = fence["name"], fence["argument"]
        if part.name and (name or argument):
            raise ManuscriptError(number, f"“{part.name}” from line {part.line} is still open; close it with :::.")
        if not part.name and not name:
            raise ManuscriptError(number, "this ::: closes nothing.")
        parts.append(part)
        part = _Part(number, name, argument, []) if name else _Part(number + 1, "", "", [])
    if part.name:
        raise ManuscriptError(part.line, f"“{part.name}” is never closed; end it with a line of :::.")
    parts.append(part)
    return [part for part in parts if part.name or any(text.strip() for text in part.lines)]


def _block(part, picture):
    if not part.name:
        blank = next(number for number, text in enumerate(part.lines) if text.strip())
        return Block(part.line + blank, "text", _prose(part.lines, part.line))
    if part.name not in DIRECTIVES:
        known = ", ".join(sorted(DIRECTIVES))
        raise ManuscriptError(part.line, f"“{part.name}” is not a directive; there are {known}.")
    if part.name in ("pair", "monday"):
        if part.argument:
            raise ManuscriptError(part.line, f"“{part.name}” takes nothing after its name.")
    elif not part.argument:
        raise ManuscriptError(part.line, f"“{part.name}” needs words after its name.")
    return Block(part.line, part.name, DIRECTIVES[part.name](part, picture))


def _figure(part, picture):
    try:
        image = picture(part.argument)
    except KeyError:
        raise ManuscriptError(part.line, f"there is no picture “{part.argument}”.") from None
    caption, points = [], []
    for token, inside in _top(part.lines, part.first):
        if token.type == "paragraph_open" and not points:
            caption.append(_paragraph(inside[1]))
        elif token.type == "ordered_list_open" and not points:
            points = [_point(item) for item in _items(inside, part.first)]
        else:
            raise ManuscriptError(_line(token, part.first), "a figure is a caption and then numbered points.")
    if not caption:
        raise ManuscriptError(part.line, "a figure begins with its caption.")
    return {"image": image, "caption": "".join(caption), "points": points}


def _point(item):
    """ "**Heading** text" of one numbered point."""
    kinds = [child.type for child in item.children]
    if "strong_open" not in kinds[:2] or "strong_close" not in kinds:
        raise ManuscriptError(item.line, "a point begins with its heading in bold.")
    start, end = kinds.index("strong_open"), kinds.index("strong_close")
    heading = "".join(child.content for child in item.children[start + 1 : end])
    text = _html(item.children[end + 1 :]).strip()
    if not text:
        raise ManuscriptError(item.line, "a point says something after its heading.")
    return {"heading": heading, "text": f"<p>{text}</p>"}


def _steps(part, picture):
    return {"title": part.argument, "items": _list(part, "ordered_list_open", "numbered steps")}


def _checklist(part, picture):
    return {"title": part.argument, "items": _list(part, "bullet_list_open", "points with a dash")}


def _monday(part, picture):
    return {"items": _list(part, "bullet_list_open", "points with a dash")}


def _warning(part, picture):
    return {"title": part.argument, "text": _paragraphs(part)}


def _term(part, picture):
    return {"term": part.argument, "definition": _paragraphs(part)}


def _pair(part, picture):
    # Cut before parsing: to Markdown, "Do not:" right under a list would be more of its last point.
    cuts = {text.strip(): number for number, text in enumerate(part.lines) if text.strip() in ("Do:", "Do not:")}
    if list(cuts) != ["Do:", "Do not:"] or any(text.strip() for text in part.lines[: cuts["Do:"]]):
        raise ManuscriptError(part.line, "“pair” holds the points of “Do:” and then those of “Do not:”.")
    do, dont = cuts["Do:"], cuts["Do not:"]
    halves = {"do": (do, part.lines[do + 1 : dont]), "dont": (dont, part.lines[dont + 1 :])}
    return {
        name: _list(_Part(part.first + cut, "pair", "", lines), "bullet_list_open", "points with a dash")
        for name, (cut, lines) in halves.items()
    }


DIRECTIVES = {
    "figure": _figure,
    "steps": _steps,
    "pair": _pair,
    "warning": _warning,
    "term": _term,
    "monday": _monday,
    "checklist": _checklist,
}


def _line(token, first):
    return first + (token.map[0] if token.map else 0)


def _top(lines, first):
    """Each top-level element as its opening token and all of its tokens."""
    inside = []
    for token in markdown.parse("\n".join(lines)):
        if token.type != "inline" and token.tag not in PROSE_TAGS:
            raise ManuscriptError(
                _line(token, first), "only paragraphs, lists and headings of ## and ### are possible here."
            )
        token.meta["line"] = _line(token, first)
        inside.append(token)
        if token.level == 0 and token.nesting <= 0 and token.type != "inline":
            yield inside[0], inside
            inside = []


def _list(part, kind, words):
    tops = list(_top(part.lines, part.first))
    if len(tops) != 1 or tops[0][0].type != kind:
        raise ManuscriptError(part.line, f"“{part.name}” holds one list of {words}.")
    return [f"<p>{_html(item.children)}</p>" for item in _items(tops[0][1], part.first)]


@dataclass
class _Item:
    line: int
    children: list


def _items(tokens, first):
    """The items of a list that has one paragraph in each."""
    items, opened = [], 0
    for token in tokens[1:]:
        if token.type == "list_item_open" and token.level == 1:
            opened = _line(token, first)
            items.append(None)
        elif token.type.endswith("list_open") or (token.type == "inline" and items[-1]):
            raise ManuscriptError(opened, "a point here is one paragraph, without lists or paragraphs inside.")
        elif token.type == "inline":
            items[-1] = _Item(opened, _checked(token))
    if not all(items):
        raise ManuscriptError(_line(tokens[0], first), "a point of this list is empty.")
    return items


def _paragraphs(part):
    html = []
    for token, inside in _top(part.lines, part.first):
        if token.type != "paragraph_open":
            raise ManuscriptError(_line(token, part.first), f"“{part.name}” holds paragraphs only.")
        html.append(_paragraph(inside[1]))
    if not html:
        raise ManuscriptError(part.line, f"“{part.name}” is empty.")
    return "".join(html)


def _paragraph(inline):
    return f"<p>{_html(_checked(inline))}</p>"


def _prose(lines, first):
    html = []
    for _token, inside in _top(lines, first):
        for token in inside:
            if token.type == "inline":
                html.append(_html(_checked(token)))
            elif not token.hidden:
                html.append(f"<{'/' if token.nesting < 0 else ''}{token.tag}>")
    return "".join(html)


def _checked(inline):
    """The parts of a line, if each is among what the editor can show."""
    for child in inline.children:
        if child.type not in ("text", "text_special", "softbreak") and child.tag not in INLINE_TAGS:
            raise ManuscriptError(inline.meta["line"], "only bold, italic and links are possible in a line.")
    return inline.children


def _html(children):
    html = []
    for child in children:
        if child.type == "softbreak":
            html.append(" ")
        elif child.tag:
            name = INLINE_TAGS[child.tag]
            href = f' href="{escape(child.attrs["href"])}"' if child.type == "link_open" else ""
            html.append(f"<{'/' if child.nesting < 0 else ''}{name}{href}>")
        else:
            html.append(escape(child.content, quote=False))
    return "".join(html)


def _with_ids(value, block):
    """Lists inside a block as Wagtail stores them: each item with an id of its own."""
    if not isinstance(value, dict):
        return value
    return {
        name: [
            {"type": "item", "id": str(uuid.uuid5(block, f"{name}/{number}")), "value": item}
            for number, item in enumerate(part, 1)
        ]
        if isinstance(part, list)
        else part
        for name, part in value.items()
    }
