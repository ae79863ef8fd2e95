"""Blocks that show a picture."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from .words import line


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


class PlacedPointBlock(blocks.StructBlock):
    x = blocks.IntegerBlock(label=_("From the left, %"), min_value=0, max_value=100)
    y = blocks.IntegerBlock(label=_("From the top, %"), min_value=0, max_value=100)
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    text = line(label=_("Text"))


class AnnotatedBlock(blocks.StructBlock):
    """The page draws the numbers, so that one picture serves all languages and each number opens its words."""

    image = ImageChooserBlock(label=_("Picture"), help_text=_("Without numbers in it; they are drawn on top."))
    caption = line(label=_("Caption"))
    points = blocks.ListBlock(PlacedPointBlock(), label=_("Points to open"), min_num=1, max_num=7)
