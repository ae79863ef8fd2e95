"""From the text of a file to its questions: comments, categories, names, and where the answers begin."""

import re

from django.utils.translation import gettext as _

from ..found import Found, Read
from ..naming import category
from ..texts import take
from .answers import ask
from .escapes import aside, back

FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
BRACKETED = re.compile(r"\[(id|tag):((?:\\.|[^\\\]])*)\]")
CATEGORY = "$CATEGORY:"


def read(text):
    """The questions in the text of a file."""
    read, shelf = Read(), []
    for number, lines in _blocks(text):
        lines = list(enumerate(lines, number))
        for place, line in [row for row in lines if row[1].startswith(CATEGORY)]:
            shelf = category(line.removeprefix(CATEGORY))
            lines.remove((place, line))
        question = _question(lines)
        if question:
            question.category = shelf
            read.add(question)
    return read


def _blocks(text):
    """`(number of the first line, lines)` between empty lines."""
    lines, first = [], 0
    for number, line in enumerate(text.splitlines(), 1):
        if line := line.strip():
            first = first or number
            lines.append(line)
        elif lines:
            yield first, lines
            lines, first = [], 0
    if lines:
        yield first, lines


def _question(lines):
    """`lines` with their numbers; None when nothing but comments is there."""
    remarks = [line for _number, line in lines if line.startswith("//")]
    lines = [row for row in lines if not row[1].startswith("//")]
    if not lines:
        return None
    question = Found(where=_("line %(number)d") % {"number": lines[0][0]})
    _remark(question, remarks)
    question.name, text = _named(aside("\n".join(line for _number, line in lines)))
    return _asked(question, text)


def _remark(question, remarks):
    for kind, words in BRACKETED.findall("\n".join(remarks)):
        words = re.sub(r"\\(.)", r"\1", words).strip()
        if kind == "id" and not question.source_id:
            question.source_id = words[:200]
        elif kind == "tag":
            question.tag(words)


def _named(text):
    """`(name, the rest)` of a text that may begin with ::a name::."""
    if not text.startswith("::") or (end := text.find("::", 2)) < 0:
        return "", text
    return " ".join(back(text[2:end]).split()), text[end + 2 :].strip()


def _asked(question, text):
    start, end = text.find("{"), text.find("}")
    form, text_only = _format(text)
    if start < 0 and end < 0:
        question.prompt = _plain(question, text_only, form)
        return question.leave_out(_("It is a text without a question: there is nothing to answer."))
    if start < 0 or end < start:
        question.prompt = _plain(question, text_only.replace("{", " "), form)
        question.problems.append(
            _(
                "A { of the answers has no }, or the other way round. "
                "An empty line ends a question; write \\{ for the sign."
            )
        )
        return question
    answers, after = text[start + 1 : end].strip(), text[end + 1 :]
    if "{" in after:
        question.problems.append(_("It has answers in two places; a question of GIFT has them in one."))
    # A sentence that goes on behind the answers has a word missing.
    form, words = _format(text[:start] + (f"_____{after}" if after else ""))
    question.prompt = _plain(question, words.strip(), form)
    answers, general = _general(answers)
    general_form, general = _format(general, form)
    question.explanation = _plain(question, general, general_form)
    return ask(question, answers, lambda words: _formatted(question, words, form))


def _general(answers):
    """The feedback for everybody stands behind the last ####."""
    before, mark, after = answers.rpartition("####")
    return (before.strip(), after.strip()) if mark else (answers, "")


def _format(text, usual="moodle"):
    found = FORMAT.match(text)
    return (found[1].lower(), text[found.end() :]) if found else (usual, text)


def _formatted(question, words, usual):
    form, words = _format(words, usual)
    return _plain(question, words, form)


def _plain(question, words, form):
    # A line that goes on below is one line: only \n breaks it. Markdown lives by its lines.
    words = words if form == "markdown" else re.sub(r"\s*\n\s*", " ", words)
    return take(question, back(words), form)
