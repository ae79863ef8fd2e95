"""The columns, as the kinds of question have them."""

from functools import cache

from wagtail import blocks

from ...kinds import KINDS

QUESTION = ("id", "language", "kind", "question", "explanation", "objective", "criterion", "difficulty", "tags")
QUESTION += ("picture", "picture_description")
PART = "part"
# Where a row of a list is one text and no more.
TEXT = "text"


def leaves(block):
    """`{column: block}` of what one row of a block holds; a block within it has its own name before its columns."""
    if not isinstance(block, blocks.StructBlock):
        return {TEXT: block}
    found = {}
    for name, child in block.child_blocks.items():
        if isinstance(child, blocks.StructBlock):
            found |= {f"{name}.{column}": leaf for column, leaf in leaves(child).items()}
        elif not isinstance(child, blocks.ListBlock):
            found[name] = child
    return found


def lists(block):
    """`{part: block of one row}` of the lists in a block."""
    if not isinstance(block, blocks.StructBlock):
        return {}
    return {
        name: child.child_block for name, child in block.child_blocks.items() if isinstance(child, blocks.ListBlock)
    }


def get(data, column):
    """What stands in that column of the plain data of a row."""
    if not isinstance(data, dict):
        return data
    for name in column.split("."):
        data = data[name]
    return data


def put(data, column, value):
    *way, last = column.split(".")
    for name in way:
        data = data.setdefault(name, {})
    data[last] = value


def rows_of(block, part=""):
    """`(part, block)` of every sort of row that a question of that block has."""
    yield part, block
    for name, child in lists(block).items():
        yield from rows_of(child, name)


@cache
def all_columns():
    """Every column, in the order of the kinds."""
    found = dict.fromkeys((*QUESTION, PART, TEXT, "right", "match", "reason"))
    for kind in KINDS.values():
        for _part, block in rows_of(kind.block()):
            found |= dict.fromkeys(leaves(block))
    return tuple(found)
