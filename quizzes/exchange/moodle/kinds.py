"""Moodle's types of question, each as one of our kinds."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from .. import weighing
from ..weighing import WHOLE, Weighted
from .elements import decimal, is_true, said, words


def weight(answer):
    """In percent; 33.33333 stands for a third."""
    try:
        found = Decimal(answer.get("fraction") or 0)
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)


def weighted(question, element):
    return [
        Weighted(said(question, answer, usual="moodle"), weight(answer), said(question, answer.find("feedback")))
        for answer in element.iterfind("answer")
    ]


def multichoice(question, element):
    answers = weighted(question, element)
    if is_true(element.find("single"), usual=True):
        return weighing.single(question, answers)
    return weighing.several(question, answers)


def true_false(question, element):
    answers = {words(answer).lower(): answer for answer in element.iterfind("answer")}
    if set(answers) != {"true", "false"}:
        question.problems.append(_("True or false has two answers, “true” and “false”; it has others."))
        return question
    reasons = {name: said(question, answer.find("feedback")) for name, answer in answers.items()}
    return weighing.true_false(question, weight(answers["true"]) >= WHOLE, reasons["true"], reasons["false"])


def short_answer(question, element):
    return weighing.short(question, weighted(question, element), mind_case=is_true(element.find("usecase")))


def numerical(question, element):
    found = []
    for element_, answer in zip(element.iterfind("answer"), weighted(question, element), strict=True):
        try:
            value = Decimal(answer.text)
        except InvalidOperation:
            _no_number(question, answer)
        else:
            found.append((value, decimal(element_.find("tolerance")), answer))
    return weighing.numeric(question, found, unit=_unit(question, element)) if found else question


def _no_number(question, answer):
    if answer.text != "*":
        question.problems.append(_("“%(number)s” is not a number.") % {"number": answer.text})
    elif answer.feedback:
        question.note(
            _("The feedback on any other number is not carried: “%(feedback)s”.") % {"feedback": answer.feedback}
        )


def _unit(question, element):
    """The unit that the numbers are in; a number is typed without it here."""
    units = [
        (words(unit.find("unit_name")), decimal(unit.find("multiplier"), usual=1))
        for unit in element.iterfind("units/unit")
    ]
    own = next((name for name, times in units if times == 1), "")
    if others := [name for name, _times in units if name != own]:
        question.note(_("Other units are not carried: %(units)s.") % {"units": ", ".join(others)})
    return own


def matching(question, element):
    pairs = [(said(question, pair), words(pair.find("answer"))) for pair in element.iterfind("subquestion")]
    return weighing.matching(question, pairs)


def ordering(question, element):
    """Answers stand in the right order; where each says its place as a fraction, that counts."""
    answers = sorted(enumerate(element.iterfind("answer")), key=lambda row: (weight(row[1]), row[0]))
    rows = [{"text": weighing.one_line(said(question, answer))} for _place, answer in answers]
    if words(element.find("selecttype")).upper() not in ("", "0", "ALL"):
        question.note(_("Moodle asks for some of the items only; here all are put in order."))
    return question.become("ordering", items=rows, credit=weighing.EACH)


def essay(question, element):
    if words(element.find("responsetemplate")):
        question.note(_("The text that the answer begins with is not carried."))
    if decimal(element.find("attachments")) or decimal(element.find("attachmentsrequired")):
        question.note(_("An answer is text here: files cannot be handed in."))
    points = decimal(element.find("defaultgrade"), usual=1)
    return weighing.essay(question, said(question, element.find("graderinfo")), points)


def description(question, element):
    return question.leave_out(_("It is a text without a question: there is nothing to answer."))
