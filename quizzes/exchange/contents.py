"""What a question of ours is, as plain data, equal for equal questions: what a file is compared with."""

import hashlib

import rfc8785

from .found import Found
from .plain import lines, plain


def found_of(question):
    """A question as if a reader had found it."""
    kind, value = question.kind, question.answer[0].value
    return Found(
        where="",
        kind=kind.name,
        prompt=lines(question.prompt),
        value=plain(kind.block(), value),
        explanation=lines(question.explanation),
        language=question.locale.language_code,
        objective=question.objective.code if question.objective else "",
        criterion=question.criterion.number if question.criterion else "",
        difficulty=question.difficulty,
    )


def content_of(question):
    return found_of(question).content()


def fingerprint(content):
    """SHA-256 (hex) over the RFC 8785 form."""
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()
