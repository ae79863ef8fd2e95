"""What the block of a kind holds, as plain data without ids: text, yes or no, lists and dicts. One form for each thing,
so that equal content is equal data: lines end in one way, a number has no zeros at its end.
"""

import uuid
from decimal import Decimal

from wagtail import blocks


def plain(block, value):
    """Plain data of a block's value."""
    if isinstance(block, blocks.StructBlock):
        return {name: plain(child, value.get(name)) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [plain(block.child_block, row) for row in value]
    if isinstance(block, blocks.BooleanBlock):
        return bool(value)
    if isinstance(block, blocks.DecimalBlock):
        return number(value)
    return lines(block.get_prep_value(value))


def completed(block, data):
    """The same of data that a reader made, which leaves out what it does not know."""
    if isinstance(block, blocks.StructBlock):
        return {name: completed(child, data.get(name, _default(child))) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [completed(block.child_block, row) for row in data or []]
    if isinstance(block, blocks.BooleanBlock):
        return bool(data)
    return number(data) if isinstance(block, blocks.DecimalBlock) else lines(data)


def _default(block):
    return [] if isinstance(block, blocks.ListBlock) else {} if isinstance(block, blocks.StructBlock) else _own(block)


def _own(block):
    default = block.get_default()
    return "" if default is None else default


def raw(block, data, key, path=""):
    """What a StreamField stores of plain data; ids of rows follow from `key` (uuid) and the place."""
    if isinstance(block, blocks.StructBlock):
        return {name: raw(child, data[name], key, f"{path}/{name}") for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [
            {"type": "item", "id": str(uuid.uuid5(key, there)), "value": raw(block.child_block, row, key, there)}
            for there, row in ((f"{path}/{place}", row) for place, row in enumerate(data))
        ]
    if isinstance(block, blocks.DecimalBlock):
        return data or None
    return data


def lines(value):
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else "" if value is None else value


def number(value):
    """A number as text without exponent and without zeros at the end; what is none stays as it is written."""
    if value in (None, ""):
        return ""
    try:
        text = format(Decimal(str(value)).normalize(), "f")
    except ArithmeticError:
        return str(value)
    return "0" if text == "-0" else text
