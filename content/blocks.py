"""The blocks that lessons and guides share. Each is shown by `content/blocks/<name>.html` and has a plain form.

The plain form (`plain`) is what an edition stores: strings, numbers, lists and dicts, rich text as HTML.
"""

import re

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import expand_db_html

INLINE = ["bold", "italic", "link"]
PROSE = ["h2", "h3", *INLINE, "ol", "ul"]
# The editor's own marks, new at each writing: with them the same words would never have the same hash.
BOOKKEEPING = re.compile(r'(<[^>]*) data-block-key="[^"]*"')


def line(**kwargs):
    return blocks.RichTextBlock(features=INLINE, **kwargs)


class PointBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    text = line(label=_("Text"))


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    caption = line(label=_("Caption"))
    points = blocks.ListBlock(
        PointBlock(),
        label=_("Numbered points"),
        default=[],
        max_num=7,
        help_text=_("The numbers match those in the picture."),
    )


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    items = blocks.ListBlock(line(), label=_("Steps"), min_num=2)


class PairBlock(blocks.StructBlock):
    do = blocks.ListBlock(line(), label=_("Do"), min_num=1)
    dont = blocks.ListBlock(line(), label=_("Do not"), min_num=1)


class WarningBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = line(label=_("Text"))


class TermBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("Word"), max_length=80)
    definition = line(label=_("What it means"))


class MondayBlock(blocks.StructBlock):
    items = blocks.ListBlock(line(), label=_("What you do on Monday"), min_num=1, max_num=4)


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    items = blocks.ListBlock(line(), label=_("Boxes to tick"), min_num=1)


def _block(cls, name, icon, label, **kwargs):
    return (name, cls(template=f"content/blocks/{name}.html", icon=icon, label=label, **kwargs))


SHARED = [
    _block(blocks.RichTextBlock, "text", "pilcrow", _("Text"), features=PROSE),
    _block(FigureBlock, "figure", "image", _("Picture")),
    _block(StepsBlock, "steps", "list-ol", _("Steps")),
    _block(PairBlock, "pair", "check", _("Do and do not")),
    _block(WarningBlock, "warning", "warning", _("Warning")),
    _block(TermBlock, "term", "help", _("Word to know")),
]
LESSON = [*SHARED, _block(MondayBlock, "monday", "calendar-check", _("What you do on Monday"))]
GUIDE = [*SHARED, _block(ChecklistBlock, "checklist", "tasks", _("Checklist"))]


def plain(value, picture):
    """The plain form of a block's value; `picture(image)` gives that of an image."""
    if isinstance(value, blocks.StructValue):
        return {name: plain(part, picture) for name, part in value.items()}
    if isinstance(value, blocks.list_block.ListValue):
        return [plain(part, picture) for part in value]
    if hasattr(value, "source"):
        return BOOKKEEPING.sub(r"\1", expand_db_html(value.source))
    if hasattr(value, "get_rendition"):
        return picture(value)
    return value


def plain_stream(stream, picture):
    """A StreamField as rows of id, type and plain value. The ids are equal in all languages."""
    return [{"id": child.id, "type": child.block_type, "value": plain(child.value, picture)} for child in stream]
