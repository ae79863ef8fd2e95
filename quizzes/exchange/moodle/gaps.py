"""Texts with gaps: words to choose or drag, and the gaps that Moodle writes into the text itself (cloze)."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from .. import weighing
from ..weighing import WHOLE, Weighted
from .elements import words

PLACE = re.compile(r"\[\[(\d+)\]\]")
# {2:MULTICHOICE:=right#feedback~wrong~%50%half}; a brace in it is written \}.
CLOZE = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]*)?)%")
CHOICES = re.compile(r"(MULTICHOICE|MC)(_?[VHS]+)?")
TEXTS = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
NUMBERS = ("NUMERICAL", "NM")


def dragged(question, element):
    return _placed(question, element, "dragbox")


def selected(question, element):
    return _placed(question, element, "selectoption")


def _placed(question, element, name):
    """A place [[2]] is for the second of the words; to choose from are those of the same group."""
    offered = [(words(box), words(box.find("group")) or "1") for box in element.iterfind(name)]
    used = [int(number) for number in PLACE.findall(question.prompt)]
    if not used or not all(1 <= number <= len(offered) for number in used):
        question.problems.append(_("A place [[n]] in the text has no words that belong to it."))
        return question
    gaps = []
    for number in used:
        right, group = offered[number - 1]
        gaps.append([(text, text == right) for text in dict.fromkeys(text for text, of in offered if of == group)])
    text = _numbered(PLACE.split(question.prompt)[::2])
    return _with_gaps(question, text, gaps)


def _numbered(pieces):
    return "".join(f"{piece}{{{number}}}" for number, piece in enumerate(pieces[:-1], 1)) + pieces[-1]


def _with_gaps(question, text, gaps):
    """What stands in lines of its own before the first gap is the question."""
    before, _newline, _rest = text.partition("{1}")
    lead, newline, _same_line = before.rpartition("\n")
    question.prompt = lead.strip() if newline and lead.strip() else _("Fill the gaps.")
    return weighing.blanks(question, text[len(lead) :].strip() if newline else text, gaps)


def cloze(question, element):
    parts = CLOZE.findall(question.prompt)
    if not parts:
        question.problems.append(_("There is no gap in the text."))
        return question
    kinds = [kind for _points, kind, _answers in parts]
    answers = [_answers(question, text) for _points, _kind, text in parts]
    if all(CHOICES.fullmatch(kind) for kind in kinds):
        return _choices(question, answers)
    if len(parts) > 1 or kinds[0] not in TEXTS + NUMBERS:
        return question.leave_out(
            _("Its gaps are of several kinds (%(kinds)s); here all gaps of a text are chosen from lists.")
            % {"kinds": ", ".join(dict.fromkeys(kinds))}
        )
    question.prompt = CLOZE.sub("_____", question.prompt)
    if kinds[0] in TEXTS:
        return weighing.short(question, answers[0], mind_case=kinds[0].endswith("C"))
    return _number(question, answers[0])


def _answers(question, text):
    found = []
    for piece in re.split(r"(?<!\\)~", text):
        piece = piece.strip()
        weight = WHOLE if piece.startswith("=") else Decimal(0)
        piece = piece.removeprefix("=")
        if given := WEIGHT.match(piece):
            weight, piece = Decimal(given[1]), piece[given.end() :]
        answer, _mark, feedback = re.sub(r"\\#", "\0", piece).partition("#")
        if answer.strip():
            found.append(Weighted(_unescaped(answer), weight, _unescaped(feedback)))
    return found


def _unescaped(text):
    return re.sub(r"\\(.)", r"\1", text.replace("\0", "#")).strip()


def _choices(question, answers):
    for gap in answers:
        weighing.note_parts(question, gap)
        for answer in gap:
            if answer.feedback:
                question.note(
                    _("The feedback on “%(answer)s” is not carried: “%(feedback)s”.")
                    % {"answer": answer.text, "feedback": answer.feedback}
                )
    text = _numbered(CLOZE.split(question.prompt)[::4])
    return _with_gaps(question, text, [[(row.text, row.weight >= WHOLE) for row in gap] for gap in answers])


def _number(question, answers):
    found = []
    for answer in answers:
        value, _colon, off = answer.text.partition(":")
        try:
            found.append((Decimal(value.strip()), Decimal(off.strip() or 0), answer))
        except ArithmeticError:
            question.problems.append(_("“%(number)s” is not a number.") % {"number": answer.text})
    return weighing.numeric(question, found) if found else question
