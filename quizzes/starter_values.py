"""From a question in a starter file to what its block stores: the names in the file are those of the block's parts."""

import uuid

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content.starter_files import need, pick_one
from content.upkeep import StarterError

from .kinds import KINDS

WORDS = (blocks.CharBlock, blocks.TextBlock)
PLAIN = (*WORDS, blocks.BooleanBlock, blocks.ChoiceBlock, blocks.IntegerBlock, blocks.DecimalBlock)


def child_id(key, name):
    return str(uuid.uuid5(key, name))


class Values:
    """The values of one question. `where` names it when something is wrong, `key` is its identity, and pictures go by
    their names in `{name: id}`."""

    def __init__(self, where, key, pictures):
        self.where, self.key, self.pictures = where, key, pictures

    def id(self, *path):
        return child_id(self.key, "/".join(path))

    def answer(self, kind, data):
        if kind == "true_false":
            right, reasons = need(data, ["answer", "reasons"], self.where)
            reason_true, reason_false = need(reasons, [True, False], self.where)
            return {"answer": str(right).lower(), "reason_true": reason_true, "reason_false": reason_false}
        if kind not in KINDS:
            raise StarterError(f"{self.where}: there is no kind of question {kind}.")
        return self._value(KINDS[kind].block(), data)

    def beside(self, data):
        value = {"image": self._picture(need(data, ["picture"], self.where)[0])}
        value["description"] = data.get("description", "")
        return {"type": "picture", "id": self.id("beside"), "value": value}

    def _value(self, block, data, *path):
        """A struct takes what it knows, the items of a list get ids, a picture goes by its name."""
        if isinstance(block, blocks.StructBlock):
            children = block.child_blocks
            need(data, [name for name, child in children.items() if is_needed(child)], self.where)
            said = {name: self._value(children[name], data[name], *path) for name in children if name in data}
            return defaults(block) | said
        if isinstance(block, blocks.ListBlock):
            return [self._item(block.child_block, row, *path, name) for name, row in _named(data)]
        if isinstance(block, ImageChooserBlock):
            return self._picture(data)
        # Decimals are kept as text, exact.
        return data if isinstance(block, (blocks.BooleanBlock, blocks.IntegerBlock)) else str(data)

    def _item(self, block, row, *path):
        return {"type": "item", "id": self.id(*path), "value": self._value(block, row, *path)}

    def _picture(self, name):
        return pick_one(self.pictures, name, self.where, "picture")


def defaults(block):
    """What the editor's form stores of a struct in which nothing was written; a translator's finds no words in None."""
    found = {name: child.get_default() for name, child in block.child_blocks.items() if isinstance(child, PLAIN)}
    return {
        name: value if isinstance(value, bool | int) else str(value or "")
        for name, value in found.items()
        if value is not None or isinstance(block.child_blocks[name], WORDS)
    }


def is_needed(block):
    if isinstance(block, blocks.ListBlock):
        return bool(block.meta.min_num)
    if isinstance(block, blocks.StructBlock):
        return any(is_needed(child) for child in block.child_blocks.values())
    return block.required and not block.get_default()


def _named(rows):
    """Each row with its words, not its place: another one before it does not make it another one."""
    for number, row in enumerate(rows, 1):
        yield (row.get("text", str(number)) if isinstance(row, dict) else row), row
