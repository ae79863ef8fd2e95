"""What a question of ours is, as plain data, equal for equal questions: what a file is compared with."""

import hashlib

import rfc8785

from .found import Found
from .plain import lines, plain


def found_of(question):
    """A question as if a reader had found it."""
    kind, value = question.kind, question.answer[0].value
    beside = picture_beside(question)
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
        picture=beside["image"].pk if beside else "",
        picture_description=beside["description"] if beside else "",
    )


def picture_beside(question):
    """The value of the picture beside a question; None without, or with sound or film."""
    found = question.beside[0] if question.beside else None
    return found.value if found and found.block_type == "picture" and found.value["image"] else None


def content_of(question):
    return found_of(question).content()


def fingerprint(content):
    """SHA-256 (hex) over the RFC 8785 form."""
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()
