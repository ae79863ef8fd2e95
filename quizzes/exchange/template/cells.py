"""What one cell says: text, yes or no, a number, one of a few words. Each way, and back the same."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

# What a spreadsheet takes for the start of a formula, also behind a tab or a line break.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
YES, NO = "yes", "no"
YES_WORDS = {YES, "y", "true", "1", "x", "sí", "si", "verdadero"}
NO_WORDS = {NO, "n", "false", "0", "", "falso"}
MISTAKE = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")


class Wrong(Exception):
    """A cell that cannot be read; the words say why."""


def inert(cell):
    """A cell of CSV that no spreadsheet runs. An apostrophe that was there gets one more, as reading takes one away."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def as_written(cell):
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def written(block, data):
    """The cell of plain data (see `plain.py`)."""
    if isinstance(block, ImageChooserBlock):
        return hash_of(data)
    if isinstance(block, blocks.BooleanBlock):
        return YES if data else NO
    return str(data) if isinstance(block, blocks.IntegerBlock) else data


def read(block, cell):
    """Plain data of a cell. Raises Wrong."""
    if MISTAKE.fullmatch(cell):
        raise Wrong(_("“%(text)s” is a mistake in the spreadsheet.") % {"text": cell})
    words = " ".join(cell.split())
    if isinstance(block, blocks.BooleanBlock):
        return _yes_or_no(words)
    if isinstance(block, blocks.ChoiceBlock):
        return _choice(block, words)
    if isinstance(block, blocks.DecimalBlock | blocks.IntegerBlock):
        return _number(words, whole=isinstance(block, blocks.IntegerBlock))
    return picture(words) if isinstance(block, ImageChooserBlock) else cell


def hash_of(picture):
    """Pictures go by the hash of their file: it is the same in another academy, where their numbers are others."""
    found = get_image_model().objects.filter(pk=picture).first() if picture else None
    return found.get_file_hash() if found else ""


def picture(words):
    """The primary key of the picture whose file has that hash. Raises Wrong."""
    found = get_image_model().objects.filter(file_hash=words).order_by("pk").first() if words else None
    if words and not found:
        raise Wrong(_("“%(text)s”: there is no such picture here. Upload it first, then this file.") % {"text": words})
    return found.pk if found else ""


def _number(words, whole):
    try:
        number = Decimal(words.replace(",", "."))
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or (whole and number != int(number)):
        raise Wrong(_("“%(text)s”: write a number like 12 or 12.5.") % {"text": words})
    return int(number) if whole else words.replace(",", ".")


def _yes_or_no(words):
    if words.casefold() in YES_WORDS:
        return True
    if words.casefold() in NO_WORDS:
        return False
    raise Wrong(_("“%(text)s”: write yes or no.") % {"text": words})


def _choice(block, words):
    choices = choices_of(block)
    for value, label in choices.items():
        if words.casefold() in (value.casefold(), label.casefold()):
            return value
    if not words:
        return block.get_default() or ""
    raise Wrong(_("“%(text)s”: write one of %(choices)s.") % {"text": words, "choices": ", ".join(choices)})


def choices_of(block):
    return {str(value): str(label) for value, label in block.field.choices if value not in ("", None)}
