"""The plain form of a block: what an edition stores. Strings, numbers, lists and dicts, rich text as HTML."""

import re

from django.db.models import Model
from wagtail import blocks
from wagtail.rich_text import expand_db_html

# The editor's own marks, new at each writing: with them the same words would never have the same hash.
BOOKKEEPING = re.compile(r'(<[^>]*) data-block-key="[^"]*"')


def plain(value, keep):
    """The plain form of a block's value; `keep(row)` gives that of a picture, a file or whatever else is chosen."""
    if isinstance(value, blocks.StructValue):
        return {name: plain(part, keep) for name, part in value.items()}
    if isinstance(value, blocks.list_block.ListValue):
        return [plain(part, keep) for part in value]
    if hasattr(value, "source"):
        return BOOKKEEPING.sub(r"\1", expand_db_html(value.source))
    if isinstance(value, Model):
        return keep(value)
    return value


def plain_stream(stream, keep):
    """A StreamField as rows of id, type and plain value. The ids are equal in all languages."""
    return [{"id": child.id, "type": child.block_type, "value": plain(child.value, keep)} for child in stream]


def chosen(value):
    """Every row (picture, file, question …) that an editor chose somewhere in a block's value."""
    if isinstance(value, Model):
        yield value
    elif isinstance(value, blocks.StructValue):
        for part in value.values():
            yield from chosen(part)
    elif isinstance(value, blocks.list_block.ListValue):
        for part in value:
            yield from chosen(part)
