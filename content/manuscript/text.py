"""Markdown as far as a manuscript uses it: tokens in, HTML as Wagtail's editor stores it out."""

from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt

PROSE_TAGS = {"p", "h2", "h3", "ol", "ul", "li"}
# The tags that Wagtail's editor stores, so that saving there unchanged changes nothing.
INLINE_TAGS = {"strong": "b", "em": "i", "a": "a"}

markdown = MarkdownIt("commonmark", {"html": False})
tables = MarkdownIt("commonmark", {"html": False}).enable("table")


class ManuscriptError(ValueError):
    """What is wrong, in one sentence, and on which line of the file."""

    def __init__(self, line, says):
        self.line, self.says = line, says
        super().__init__(f"line {line}: {says}")


@dataclass
class Part:
    """Lines that belong together: prose (no name) or the inside of one directive."""

    line: int
    name: str
    argument: str
    lines: list

    @property
    def first(self):
        """The line that the text begins on: a directive's own line comes before it."""
        return self.line + bool(self.name)


def line_of(token, first):
    return first + (token.map[0] if token.map else 0)


def top(lines, first):
    """Each top-level element as its opening token and all of its tokens."""
    inside = []
    for token in markdown.parse("\n".join(lines)):
        if token.type != "inline" and token.tag not in PROSE_TAGS:
            raise ManuscriptError(
                line_of(token, first), "only paragraphs, lists and headings of ## and ### are possible here."
            )
        token.meta["line"] = line_of(token, first)
        inside.append(token)
        if token.level == 0 and token.nesting <= 0 and token.type != "inline":
            yield inside[0], inside
            inside = []


def list_of(part, kind, words):
    tops = list(top(part.lines, part.first))
    if len(tops) != 1 or tops[0][0].type != kind:
        raise ManuscriptError(part.line, f"“{part.name}” holds one list of {words}.")
    return [f"<p>{to_html(item.children)}</p>" for item in items_of(tops[0][1], part.first)]


@dataclass
class Item:
    line: int
    children: list


def items_of(tokens, first):
    """The items of a list that has one paragraph in each."""
    items, opened = [], 0
    for token in tokens[1:]:
        if token.type == "list_item_open" and token.level == 1:
            opened = line_of(token, first)
            items.append(None)
        elif token.type.endswith("list_open") or (token.type == "inline" and items[-1]):
            raise ManuscriptError(opened, "a point here is one paragraph, without lists or paragraphs inside.")
        elif token.type == "inline":
            items[-1] = Item(opened, checked(token))
    if not all(items):
        raise ManuscriptError(line_of(tokens[0], first), "a point of this list is empty.")
    return items


def cells_of(part):
    """The rows of the one table of a part: the headings as text, the others as lists of HTML."""
    rows = []
    for token in tables.parse("\n".join(part.lines)):
        if not rows and token.type != "table_open" or token.type == "paragraph_open":
            raise ManuscriptError(line_of(token, part.first), f"“{part.name}” holds one table and nothing else.")
        if token.type in ("table_open", "tr_open"):
            rows.append([])
        elif token.type == "inline":
            token.meta["line"] = line_of(token, part.first)
            rows[-1].append(token.content if len(rows) == 2 else paragraph(token))
    if len(rows) < 3:
        raise ManuscriptError(part.line, f"“{part.name}” holds a line of headings, a line of dashes, and rows.")
    return rows[1:]


def paragraphs(part):
    html = []
    for token, inside in top(part.lines, part.first):
        if token.type != "paragraph_open":
            raise ManuscriptError(line_of(token, part.first), f"“{part.name}” holds paragraphs only.")
        html.append(paragraph(inside[1]))
    if not html:
        raise ManuscriptError(part.line, f"“{part.name}” is empty.")
    return "".join(html)


def paragraph(inline):
    return f"<p>{to_html(checked(inline))}</p>"


def prose(lines, first):
    html = []
    for _token, inside in top(lines, first):
        for token in inside:
            if token.type == "inline":
                html.append(to_html(checked(token)))
            elif not token.hidden:
                html.append(f"<{'/' if token.nesting < 0 else ''}{token.tag}>")
    return "".join(html)


def checked(inline):
    """The parts of a line, if each is among what the editor can show."""
    for child in inline.children:
        if child.type not in ("text", "text_special", "softbreak") and child.tag not in INLINE_TAGS:
            raise ManuscriptError(inline.meta["line"], "only bold, italic and links are possible in a line.")
    return inline.children


def to_html(children):
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
