"""From the elements of a file to its questions."""

from django.utils.translation import gettext as _

from ..found import Found, Read
from ..naming import category
from . import gaps, kinds, pictures
from .elements import decimal, said, words
from .parsing import questions

READERS = {
    "multichoice": kinds.multichoice,
    "truefalse": kinds.true_false,
    "shortanswer": kinds.short_answer,
    "numerical": kinds.numerical,
    "matching": kinds.matching,
    "match": kinds.matching,
    "ddmatch": kinds.matching,
    "ordering": kinds.ordering,
    "essay": kinds.essay,
    "description": kinds.description,
    "cloze": gaps.cloze,
    "multianswer": gaps.cloze,
    "ddwtos": gaps.dragged,
    "gapselect": gaps.selected,
}


def read(data):
    """The questions in the bytes of a file. Raises Refused."""
    read, shelf = Read(), []
    for line, element in questions(data):
        kind = element.get("type", "")
        if kind == "category":
            shelf = category(words(element.find("category")))
            continue
        question = _question(line, element, kind)
        question.category = shelf
        read.add(question)
    return read


def _question(line, element, kind):
    question = Found(where=_("line %(number)d") % {"number": line})
    question.name = " ".join(words(element.find("name")).split())
    question.source_id = words(element.find("idnumber"))[:200]
    if kind not in READERS:
        question.prompt = said(question, element.find("questiontext"))
        return question.leave_out(
            _("Moodle's “%(kind)s” has no counterpart here: nothing of it is carried.") % {"kind": kind or "?"}
        )
    pictures.take(question, element.find("questiontext"))
    question.prompt = said(question, element.find("questiontext"))
    question.explanation = said(question, element.find("generalfeedback"))
    READERS[kind](question, element)
    if not question.left_out:
        _note_the_rest(question, element)
    return question


def _note_the_rest(question, element):
    """What every type of question may have, and none of ours has."""
    grade = decimal(element.find("defaultgrade"), usual=1)
    if grade != 1:
        question.note(_("It is worth %(points)s points there; here each question is one.") % {"points": f"{grade:g}"})
    penalty = decimal(element.find("penalty"))
    if penalty and question.kind != "true_false":
        question.note(_("A penalty for trying again is not carried: a question is answered once here."))
    if element.find("hint") is not None:
        question.note(_("Hints are not carried."))
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        if said(question, element.find(name)):
            question.note(_("The feedback for all right, partly right and wrong answers is not carried."))
    for tag in element.iterfind("tags/tag"):
        question.tag(words(tag))
    if words(element.find("hidden")) == "1":
        question.note(_("It is hidden in Moodle; here it comes in as a draft like the others."))
