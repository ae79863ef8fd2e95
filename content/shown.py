"""From a stream of blocks to what the block templates show: plain rows, addresses of pictures, a list of contents."""

import re

from django.core.files.storage import default_storage
from django.db.models import prefetch_related_objects
from django.utils.html import strip_tags
from wagtail.images.models import AbstractImage
from wagtail.images.shortcuts import get_rendition_or_not_found

from .blocks.plain import chosen, plain_stream

# The form that pages and editions show of a photograph.
PICTURE = "max-1280x1280|format-webp"

# Words that somebody who works with their hands, and in a second language, reads in a minute.
WORDS_A_MINUTE = 150

HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
TITLED = ("steps", "checklist")


def rows(stream, keep=None):
    """The rows of a StreamField as it is now; for guides and previews. Lessons are read from an edition.

    `keep` gives the plain form of what blocks name, where a room above has blocks of its own.
    """
    images = [row for child in stream for row in chosen(child.value) if is_picture(row)]
    prefetch_related_objects(images, "renditions")
    return with_urls(plain_stream(stream, keep or library_row))


def is_picture(row):
    return isinstance(row, AbstractImage)


def library_row(row):
    """A picture, no larger than a page needs, or a file, both of the library; an edition keeps a copy instead."""
    if not is_picture(row):
        return described_file(row) | {"path": row.file.name, "url": row.url}
    rendition = row if row.is_svg() else get_rendition_or_not_found(row, PICTURE)
    return described_picture(row, rendition) | {"path": rendition.file.name}


def described_picture(image, rendition):
    """All but where it is. An SVG may state no size of its own or a fractional one; a page needs the proportion."""
    return {
        "width": round(rendition.width),
        "height": round(rendition.height),
        "title": image.title,
        "description": image.text_alternative,
    }


def described_file(document):
    """All but where it is; `kind` is the ending of its name, in small letters."""
    return {"title": document.title, "kind": document.file_extension.lower(), "bytes": document.get_file_size()}


def with_urls(rows):
    """Rows whose pictures and files have a `url` beside their `path`; the given rows stay as they are."""
    return [row | {"value": _with_url(row["value"])} for row in rows]


def _with_url(value):
    # An editor may have deleted the picture; then its place is empty and the words remain.
    if isinstance(value, list):
        return [_with_url(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "path" in value:
        return {"url": default_storage.url(value["path"])} | value
    return {name: _with_url(part) for name, part in value.items()}


def with_contents(rows):
    """(rows, contents): the rows with places to jump to, and `{"anchor", "title"}` for each heading."""
    contents = []
    marked = []
    for row in rows:
        if row["type"] == "text":
            row = row | {"value": _anchored(row, contents)}
        elif row["type"] in TITLED:
            row = row | {"anchor": f"p-{row['id']}"}
            contents.append({"anchor": row["anchor"], "title": row["value"]["title"]})
        marked.append(row)
    return marked, contents


def _anchored(row, contents):
    def mark(match):
        anchor = f"p-{row['id']}-{len(contents)}"
        contents.append({"anchor": anchor, "title": strip_tags(match[1])})
        return f'<h2 id="{anchor}">{match[1]}</h2>'

    return HEADING.sub(mark, row["value"])


def reading_minutes(rows):
    """How long it takes to read them, at least a minute."""
    words = sum(len(strip_tags(text).split()) for row in rows for text in _texts(row["value"]))
    return max(1, round(words / WORDS_A_MINUTE))


def _texts(value):
    """Every text somewhere in a plain value, but for what is said about files."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [] if "url" in value else [text for part in value.values() for text in _texts(part)]
    return [text for part in value for text in _texts(part)] if isinstance(value, list) else []
