"""A lesson or guide as people write it, turned into rows for a StreamField. Pure: text in, plain data out.

A manuscript is Markdown between directives, after a head of YAML:

    ---
    title: What a seal does
    ---
    Prose with **bold**, *italic*, [links](/guides/), lists, ## and ### headings.

    ::: warning The class H seals have run out
    Tell your supervisor.
    :::

Directives: `figure <picture>` (caption, then numbered points "1. **Heading** text"), `annotated <picture>` (the same,
each point with its place from left and top in percent: "1. (30, 45) **Heading** text"), `steps <title>` (numbered),
`pair` ("Do:" and "Do not:", each with points), `warning <title>`, `term <word>`, `monday` (points),
`checklist <title>` (points), `accordion` (points "- **Heading** text"), `table <what it shows>` (a table of Markdown),
`video <file>` (lines `title: …`, `seconds: …`, `captions: <file>`, perhaps `poster: <picture>`, then the transcript),
`audio <file>` (the same without captions and poster), `document <file>` (`title: …`, then what it is for) and, in
lessons, `check <question of a bank>` (empty).
A directive holds no other directive.

Ids are made of the manuscript's key and a block's place among its like, so that the same text always has the same
ids, in every language and on every installation.
"""

import re
import uuid
from collections import Counter
from dataclasses import dataclass

import yaml

from .directives import DIRECTIVES, WITHOUT_WORDS
from .text import ManuscriptError, Part, prose

__all__ = ["Block", "ManuscriptError", "parse", "split"]

FENCE = re.compile(r"^:::\s*(?P<name>[a-z]*)\s*(?P<argument>.*?)\s*$")


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
    """The blocks of a body. `key` is its identity (UUID); `picture(name)` gives the id of a picture ("seal") or
    a file ("seal.mp4") or a question ("question/seal-class"), or raises KeyError.
    """
    blocks = [_block(part, picture) for part in _parts(body.splitlines(), line)]
    seen = Counter()
    for block in blocks:
        seen[block.type] += 1
        block.id = str(uuid.uuid5(key, f"{block.type}/{seen[block.type]}"))
        block.value = _with_ids(block.value, uuid.UUID(block.id))
    return blocks


def _parts(lines, first):
    parts, part = [], Part(first, "", "", [])
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
        part = Part(number, name, argument, []) if name else Part(number + 1, "", "", [])
    if part.name:
        raise ManuscriptError(part.line, f"“{part.name}” is never closed; end it with a line of :::.")
    parts.append(part)
    return [part for part in parts if part.name or any(text.strip() for text in part.lines)]


def _block(part, picture):
    if not part.name:
        blank = next(number for number, text in enumerate(part.lines) if text.strip())
        return Block(part.line + blank, "text", prose(part.lines, part.line))
    if part.name not in DIRECTIVES:
        known = ", ".join(sorted(DIRECTIVES))
        raise ManuscriptError(part.line, f"“{part.name}” is not a directive; there are {known}.")
    if part.name in WITHOUT_WORDS:
        if part.argument:
            raise ManuscriptError(part.line, f"“{part.name}” takes nothing after its name.")
    elif not part.argument:
        raise ManuscriptError(part.line, f"“{part.name}” needs words after its name.")
    return Block(part.line, part.name, DIRECTIVES[part.name](part, picture))


def _with_ids(value, block):
    """Lists inside a block as Wagtail stores them: each item with an id of its own."""
    if not isinstance(value, dict):
        return value
    return {
        name: [
            {"type": "item", "id": str(inside), "value": _with_ids(item, inside)}
            for number, item in enumerate(part, 1)
            for inside in [uuid.uuid5(block, f"{name}/{number}")]
        ]
        if isinstance(part, list)
        else part
        for name, part in value.items()
    }
