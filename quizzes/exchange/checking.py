"""A found question against the rules that its editor would meet.

Reasons may be missing, and what a mark goes by, as other systems ask for none: a draft is saved without them, and
publishing asks for them.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .. import faults
from ..kinds import KINDS
from ..kinds.forgiving import block_of
from ..models import Question
from .plain import completed, raw

PROMPT = Question._meta.get_field("prompt").max_length
LANGUAGES = dict(settings.LANGUAGES)


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
        found.problems += faults.sentences(block, error)
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
