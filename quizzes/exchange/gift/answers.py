"""What stands between the braces, and which of our kinds it is."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from .. import weighing
from ..weighing import WHOLE, Weighted
from .escapes import back

WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]*)?)%")
TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")


def ask(question, answers, plain):
    """Make a question of its answers; `plain` turns a piece of text into plain text."""
    if not answers:
        return weighing.essay(question)
    if answers.startswith("#"):
        return _numeric(question, answers[1:].strip(), plain)
    if "~" in answers:
        return _choice(question, answers, plain)
    if "=" in answers and "->" in answers:
        return _matching(question, answers, plain)
    if answers.partition("#")[0].strip() in TRUE + FALSE:
        return _true_false(question, answers, plain)
    return _short(question, answers, plain)


def _cut(answers, sign):
    return [piece for piece in map(str.strip, answers.split(sign)) if piece]


def _weighted(piece, plain, usual):
    """An answer with its weight before it (%50%) and its feedback behind it (#…)."""
    weight, found = usual, WEIGHT.match(piece)
    if found:
        weight, piece = Decimal(found[1]), piece[found.end() :]
    text, _mark, feedback = piece.partition("#")
    return Weighted(plain(text.strip()), weight, plain(feedback.strip()))


def _choice(question, answers, plain):
    single = "=" in answers
    found = []
    for piece in _cut(answers.replace("=", "~="), "~"):
        right = piece.startswith("=")
        found.append(_weighted(piece[1:] if right else piece, plain, WHOLE if right else Decimal(0)))
    return weighing.single(question, found) if single else weighing.several(question, found)


def _matching(question, answers, plain):
    pairs = []
    for piece in _cut(answers, "="):
        text, arrow, match = piece.partition("->")
        if not arrow:
            question.problems.append(
                _("“%(piece)s”: a pair is written as =this -> belongs to this.") % {"piece": back(piece)}
            )
            continue
        pairs.append((plain(text.strip()), back(match.strip())))
    return weighing.matching(question, pairs)


def _true_false(question, answers, plain):
    answer, wrong, right = (*answers.split("#", 2), "", "")[:3]
    is_true = answer.strip() in TRUE
    wrong, right = plain(wrong.strip()), plain(right.strip())
    return weighing.true_false(question, is_true, right if is_true else wrong, wrong if is_true else right)


def _short(question, answers, plain):
    found = [_weighted(piece, plain, WHOLE) for piece in _cut(answers, "=")]
    return weighing.short(question, found, mind_case=False)


def _numeric(question, answers, plain):
    answers, mark, wrong = answers.partition("~")
    if mark and wrong.partition("#")[2].strip():
        question.note(
            _("The feedback on any other number is not carried: “%(feedback)s”.")
            % {"feedback": plain(wrong.partition("#")[2].strip())}
        )
    found = []
    for piece in _cut(answers, "="):
        answer = _weighted(piece, plain, WHOLE)
        span = _span(answer.text)
        if span:
            found.append((*span, answer))
        elif answer.text == "*":
            question.note(_("The answer “*” for any number is not carried."))
        else:
            question.problems.append(
                _("“%(number)s” is not a number: write 12, 12:0.5 or 11.5..12.5.") % {"number": answer.text}
            )
    return weighing.numeric(question, found) if found or not question.problems else question


def _span(text):
    """`(value, tolerance)` of 12, 12:0.5 or 11.5..12.5; None for what is no number."""
    try:
        if ".." in text:
            low, high = (Decimal(part.strip()) for part in text.split("..", 1))
            return (low + high) / 2, abs(high - low) / 2
        value, _colon, off = text.partition(":")
        value, off = Decimal(value.strip()), Decimal(off.strip() or 0)
        return (value, off) if value.is_finite() and off.is_finite() else None
    except InvalidOperation:
        return None
