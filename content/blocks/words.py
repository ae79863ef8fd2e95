"""Blocks that are made of words."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

INLINE = ["bold", "italic", "link"]
PROSE = ["h2", "h3", *INLINE, "ol", "ul"]


def line(**kwargs):
    return blocks.RichTextBlock(features=INLINE, **kwargs)


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


class FoldBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = line(label=_("Text"))


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(FoldBlock(), label=_("Parts"), min_num=2, max_num=12)


class RowBlock(blocks.StructBlock):
    cells = blocks.ListBlock(line(), label=_("Cells"), min_num=2, max_num=5)


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("What the table shows"), max_length=160)
    head = blocks.ListBlock(blocks.CharBlock(max_length=60), label=_("Headings of the columns"), min_num=2, max_num=5)
    rows = blocks.ListBlock(RowBlock(), label=_("Rows"), min_num=1, max_num=40)

    def clean(self, value):
        value = super().clean(value)
        columns = len(value["head"])
        uneven = [number for number, row in enumerate(value["rows"], 1) if len(row["cells"]) != columns]
        if uneven:
            sentence = _("Row %(row)d has %(cells)d cells, and the table has %(columns)d headings.") % {
                "row": uneven[0],
                "cells": len(value["rows"][uneven[0] - 1]["cells"]),
                "columns": columns,
            }
            error = ListBlockValidationError(non_block_errors=[ValidationError(sentence)])
            raise StructBlockValidationError(block_errors={"rows": error})
        return value
