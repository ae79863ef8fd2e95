"""From a stream of blocks to what the block templates show: plain rows, addresses of pictures, a list of contents."""

import re

from django.core.files.storage import default_storage
from django.db.models import prefetch_related_objects
from django.utils.html import strip_tags
from wagtail.images.shortcuts import get_rendition_or_not_found

from .blocks import plain_stream

HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
TITLED = ("steps", "checklist")


def rows(stream):
    """The rows of a StreamField as it is now; for guides and previews. Lessons are read from an edition."""
    images = [child.value["image"] for child in stream if child.block_type == "figure" and child.value["image"]]
    prefetch_related_objects(images, "renditions")
    return with_urls(plain_stream(stream, library_picture))


def library_picture(image):
    """A picture of the library, no larger than a page needs; an edition keeps a copy instead."""
    rendition = image if image.is_svg() else get_rendition_or_not_found(image, "max-1280x1280|format-webp")
    return {
        "path": rendition.file.name,
        "width": round(rendition.width),
        "height": round(rendition.height),
        "title": image.title,
        "description": image.description,
    }


def with_urls(rows):
    """Rows whose pictures have a `url` beside their `path`; the given rows stay as they are."""
    return [row | {"value": _with_url(row["value"])} for row in rows]


def _with_url(value):
    # An editor may have deleted the picture; then its place is empty and the words remain.
    if isinstance(value, dict) and value.get("image"):
        image = value["image"]
        return value | {"image": image | {"url": default_storage.url(image["path"])}}
    return value


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
