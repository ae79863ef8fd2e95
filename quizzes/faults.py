"""What Wagtail finds wrong with a block's value, in sentences for people."""

from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError


def sentences(block, error, place=""):
    """Each with its place: "Answers 2, Answer: This field is required."; `block` is the one that raised the error."""
    if isinstance(error, StructBlockValidationError):
        found = []
        for name, inner in error.block_errors.items():
            child = block.child_blocks[name]
            found += sentences(child, inner, _placed(place, str(child.label)))
        return found + _said(place, error.non_block_errors)
    if isinstance(error, ListBlockValidationError):
        rows = error.block_errors
        rows = rows.items() if isinstance(rows, dict) else enumerate(rows)
        found = _said(place, error.non_block_errors)
        for number, inner in rows:
            if inner:
                found += sentences(block.child_block, inner, f"{place} {number + 1}".strip())
        return found
    return _said(place, [error])


def of_stream(stream):
    """What is wrong with a StreamField's value, in sentences; none when it may be published."""
    try:
        stream.stream_block.clean(stream)
    except StreamBlockValidationError as error:
        found = _said("", error.non_block_errors)
        for place, inner in error.block_errors.items():
            found += sentences(stream[place].block, inner)
        return found
    return []


def _placed(before, label):
    return f"{before}, {label}" if before else label


def _said(place, errors):
    # Wagtail has them as a list, or as one of forms, which gives its texts instead.
    words = [sentence for error in getattr(errors, "data", errors) for sentence in error.messages]
    return [f"{place}: {sentence}" if place else sentence for sentence in words]
