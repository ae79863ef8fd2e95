"""Formatted text of other systems as plain text, and what of it was lost on the way."""

import re
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

BLOCKS = {"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"}
UNSEEN = {"script", "style", "head", "title", "template", "noscript"}
# The look of words; what is a paragraph or a line stays one.
LOOKS = {"b", "strong", "i", "em", "u", "s", "del", "mark", "font", "code", "pre", "blockquote"}
LOOKS |= {"ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
MEDIA = {"audio", "video", "iframe", "object", "embed", "source", "canvas", "svg", "math"}
# Anything else between angle brackets is text: somebody wrote “<seal number>”.
KNOWN = BLOCKS | UNSEEN | LOOKS | MEDIA
KNOWN |= {"a", "abbr", "b", "big", "body", "caption", "center", "cite", "col", "colgroup", "dd", "dfn", "dl", "dt"}
KNOWN |= {"figcaption", "figure", "hr", "html", "img", "kbd", "link", "main", "meta", "nav", "q", "samp", "section"}
KNOWN |= {"article", "header", "footer", "small", "span", "strike", "sub", "sup", "tbody", "td", "tfoot", "th", "thead"}
KNOWN |= {"tt", "var", "wbr", "track", "param", "address", "aside", "details", "summary", "annotation"}
# Many times what a question may have; a reader of mark-up must not be kept busy.
LIMIT = 50_000
INLINE = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=\s]*")
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


class _Text(HTMLParser):
    def __init__(self, breaks):
        super().__init__(convert_charrefs=True)
        self._breaks = breaks
        self.pieces, self.lost = [], []
        self._unseen = 0
        self._signs = []
        self._links = []

    def handle_starttag(self, tag, attributes):
        if tag not in KNOWN:
            return self.handle_data(self.get_starttag_text())
        attributes = {name: value or "" for name, value in attributes}
        if tag in UNSEEN:
            self._unseen += 1
        if tag in BLOCKS:
            self.pieces.append("\n")
        if tag == "li":
            self.pieces.append("• ")
        elif tag in ("td", "th"):
            self.pieces.append(" ")
        elif tag == "img":
            self._picture(attributes)
        elif tag == "a":
            self._links.append(attributes.get("href", ""))
        elif tag in ("sup", "sub"):
            self._signs.append(RAISED if tag == "sup" else LOWERED)
        self._lose(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag in KNOWN and tag not in ("br", "img"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in KNOWN:
            return self.handle_data(f"</{tag}>")
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag in BLOCKS:
            self.pieces.append("\n")
        elif tag in ("sup", "sub") and self._signs:
            self._signs.pop()
        elif tag == "a" and self._links:
            link = self._links.pop()
            if link.startswith(("http://", "https://", "mailto:")):
                self.pieces.append(f" ({link})")

    def handle_data(self, data):
        if self._unseen:
            return
        if not self._breaks:
            data = re.sub(r"[\r\n]+", " ", data)
        self.pieces.append(data.translate(self._signs[-1]) if self._signs else data)

    def _picture(self, attributes):
        name = attributes.get("src", "").rpartition("/")[2][:80]
        self._say(_("The picture “%(name)s” is not carried: add it here.") % {"name": name or "?"})
        if attributes.get("alt"):
            self.pieces.append(f" [{attributes['alt']}] ")

    def _lose(self, tag):
        if tag in LOOKS:
            self._say(_("The look of the text (bold, lists, tables …) is not carried; its words are."))
        elif tag in MEDIA:
            self._say(_("Sound, film or drawing in the text (“%(tag)s”) is not carried.") % {"tag": tag})
        elif tag == "script":
            self._say(_("A script in the text is not carried."))

    def _say(self, words):
        if words not in self.lost:
            self.lost.append(words)


def of_html(text, breaks=False):
    """`(text, sentences on what was lost)`. A line break of the source is a space, unless it `breaks`."""
    parser = _Text(breaks)
    parser.feed(text)
    parser.close()
    return _tidied("".join(parser.pieces)), parser.lost


def of_markdown(text):
    return of_html(MarkdownIt("commonmark").render(text))


def of_plain(text):
    return "\n".join(line.strip() for line in text.strip().splitlines()), []


def _tidied(text):
    """Without the white space of the mark-up: no empty lines, single spaces."""
    rows = [re.sub(r"[ \t\u00a0]+", " ", row).strip() for row in text.splitlines()]
    return "\n".join(row for row in rows if row)


def of_moodle(text):
    return of_html(text, breaks=True)


READERS = {"html": of_html, "markdown": of_markdown, "plain": of_plain, "moodle": of_moodle}


def take(found, text, form):
    """The text in that format (html, markdown, plain or moodle) as plain text; the question notes what was lost."""
    text = INLINE.sub("data:", text)
    if len(text) > LIMIT:
        found.problems.append(_("A text of it has more than %(limit)d signs.") % {"limit": LIMIT})
        return ""
    text, lost = READERS[form](text)
    for words in lost:
        found.note(words)
    return text
