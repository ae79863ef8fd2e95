"""The blocks of the kinds for what is not finished: an imported question, the preview of a draft."""

import copy
from functools import cache

from . import KINDS

# What an essay of another system says nothing of.
OF_MARKS = ("description", "example")


@cache
def block_of(kind):
    """The block of a kind that lets reasons be missing; not the one that the admin uses."""
    block = copy.deepcopy(KINDS[kind].block())
    _forgive(block, OF_MARKS if kind == "long_answer" else ())
    return block


def _forgive(block, also):
    for name, child in getattr(block, "child_blocks", {}).items():
        if name.startswith("reason") or name in also:
            child.field.required = False
        _forgive(child, also)
    if hasattr(block, "child_block"):
        _forgive(block.child_block, also)
