"""A found question against the rules that its editor would meet.

Reasons may be missing, and what a mark goes by, as other systems ask for none: a draft is saved without them, and
publishing asks for them.
"""

import copy
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from ..kinds import KINDS
from ..models import Question
from .plain import completed, raw

PROMPT = Question._meta.get_field("prompt").max_length
LANGUAGES = dict(settings.LANGUAGES)
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


def check(found, key):
    """Complete the value of a found question and add what is wrong with it to its problems; `key` is a uuid."""
    if found.left_out or not found.kind:
        return
    # What a reader could not make out needs no second complaint about its parts.
    readable = not found.problems
    if not found.prompt.strip():
        found.problems.append(_("It asks nothing: the question's text is missing."))
    elif len(found.prompt) > PROMPT:
        found.problems.append(
            _("The question has %(size)d signs; it may have %(limit)d.") % {"size": len(found.prompt), "limit": PROMPT}
        )
    if found.language not in LANGUAGES:
        found.problems.append(_("There is no language “%(code)s” here.") % {"code": found.language})
    block = block_of(found.kind)
    found.value = completed(block, found.value)
    if not readable:
        return
    try:
        block.clean(block.to_python(raw(block, found.value, key)))
    except ValidationError as error:
        found.problems += _sentences(block, error)
    if not found.problems and _lacks_reasons(KINDS[found.kind].block(), found.value):
        found.note(_("A reason is missing for an answer: write it before you publish the question."))


def _lacks_reasons(block, data):
    if hasattr(block, "child_block"):
        return any(_lacks_reasons(block.child_block, row) for row in data)
    children = getattr(block, "child_blocks", {})
    return any(
        child.required and not data[name] if name.startswith("reason") else _lacks_reasons(child, data[name])
        for name, child in children.items()
    )


def _sentences(block, error, place=""):
    """What Wagtail says of a value, each with its place in words: "Answers 2, Answer: This field is required."."""
    if isinstance(error, StructBlockValidationError):
        found = []
        for name, inner in error.block_errors.items():
            child = block.child_blocks[name]
            found += _sentences(child, inner, _placed(place, str(child.label)))
        return found + _said(place, error.non_block_errors)
    if isinstance(error, ListBlockValidationError):
        rows = error.block_errors
        rows = rows.items() if isinstance(rows, dict) else enumerate(rows)
        found = _said(place, error.non_block_errors)
        for number, inner in rows:
            if inner:
                found += _sentences(block.child_block, inner, f"{place} {number + 1}".strip())
        return found
    return _said(place, [error])


def _placed(before, label):
    return f"{before}, {label}" if before else label


def _said(place, errors):
    # Wagtail has them as a list, or as one of forms, which gives its texts instead.
    words = [sentence for error in getattr(errors, "data", errors) for sentence in error.messages]
    return [f"{place}: {sentence}" if place else sentence for sentence in words]
