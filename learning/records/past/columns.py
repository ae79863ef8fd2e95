"""The columns of a file of past training, and what one row says: pure. Only the first three must be there.

`completed_on` is the day at the facility; an instant, as our own export writes it in `completed_at`, gives its day.
Lists are joined by `; `. `valid_months` counts from that day; empty means what the course says today, if it is one of
ours and was checked, else for good.
"""

import datetime
import re
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.utils.translation import gettext as _

from learning.people.importing import cells
from learning.people.importing.cells import AskFormat, Wrong
from learning.people.importing.refused import Refused
from learning.people.names import folded

from ..models.words import Check, Method

REQUIRED = ("number", "course", "completed_on")
OPTIONAL = (
    *("method", "check", "score", "pass_mark", "topics", "criteria", "language", "minutes", "place", "instructor"),
    "valid_months",
)
COLUMNS = REQUIRED + OPTIONAL
ALSO = {
    "completed at": "completed_on",
    "staff number": "number",
    "employee number": "number",
    "date": "completed_on",
    "completion date": "completed_on",
    "training": "course",
    "topic": "course",
    "trainer": "instructor",
}
CRITERION = re.compile(r"\d{1,2}\.\d{1,2}")
LENGTHS = {"course": 255, "place": 200, "instructor": 200}
LISTS = ("topics", "criteria")
# What those who keep lists by hand call no check.
NONE = {"", "no", "-", "–"}


def places(headings):
    """`{column: place in a row}`. Raises Refused where a required one is missing or one is there twice."""
    found = {}
    for place, heading in enumerate(headings):
        words = folded(heading.replace("_", " "))
        column = ALSO.get(words, words.replace(" ", "_"))
        if column not in COLUMNS:
            continue
        if column in found:
            raise Refused(_("Two columns of the file mean `%(column)s`: keep one.") % {"column": column})
        found[column] = place
    if missing := [column for column in REQUIRED if column not in found]:
        raise Refused(
            _("The file has no column %(missing)s. It needs: %(required)s. It may have: %(optional)s.")
            % {
                "missing": ", ".join(missing),
                "required": ", ".join(REQUIRED),
                "optional": ", ".join(OPTIONAL),
            }
        )
    return found


def read(texts, *, date_format, today):
    """`(values, errors)` of a row, given as `{column: text}`; errors are `[(column, words)]`.

    Values are plain JSON: `completed_on` in ISO 8601, `score` as text, numbers whole, lists of texts.
    """
    values, errors = {}, []
    for column in COLUMNS:
        try:
            values[column] = _value(column, cells.clean(texts.get(column, "")), date_format, today)
        except Wrong as wrong:
            errors.append((column, str(wrong)))
        except AskFormat as text:
            words = _("%(text)s is two days: say above whether the day or the month comes first") % {"text": text}
            errors.append((column, words))
    return values, errors or _disagreements(values)


def _value(column, text, date_format, today):
    if column in REQUIRED and not text:
        raise Wrong(_("is empty"))
    if column == "completed_on":
        return _day(text, date_format, today)
    if column in ("method", "check"):
        return _word(column, text)
    if column in ("score", "pass_mark", "minutes", "valid_months"):
        return _number(column, text)
    if column in LISTS:
        return _list(column, text)
    if column == "language":
        return cells.language(column, text) or settings.LANGUAGE_CODE
    text = cells.number(column, text) if column == "number" else cells.words("", text[: LENGTHS[column] + 1])
    if column != "number" and len(text) > LENGTHS[column]:
        raise Wrong(_("is longer than %(limit)d signs") % {"limit": LENGTHS[column]})
    return text


def _day(text, date_format, today):
    # An instant of our own export: the local day comes first.
    day = cells.day("completed_on", text.partition("T")[0], date_format)
    if day > today:
        raise Wrong(_("%(text)s is in the future") % {"text": text})
    return day.isoformat()


def _word(column, text):
    kind = Method if column == "method" else Check
    if not text:
        return Method.CLASSROOM.value if kind is Method else Check.NONE.value
    found = {folded(words): choice.value for choice in kind for words in (choice.value, choice.value.replace("_", " "))}
    if kind is Check:
        found |= dict.fromkeys(NONE, Check.NONE.value)
    if (word := found.get(folded(text))) is None:
        raise Wrong(_("%(text)s is none of: %(known)s") % {"text": text, "known": ", ".join(kind.values)})
    return word


def _number(column, text):
    if not text:
        return None
    try:
        number = Decimal(text.removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        raise Wrong(_("%(text)s is not a number") % {"text": text})
    top = 100 if column in ("score", "pass_mark") else 100_000 if column == "minutes" else 1200
    if not 0 <= number <= top:
        raise Wrong(_("%(text)s is not between 0 and %(top)d") % {"text": text, "top": top})
    if column == "score":
        return str(number.quantize(Decimal("0.01")))
    if number != int(number) or (column == "valid_months" and not number):
        raise Wrong(_("%(text)s is not a whole number") % {"text": text})
    return int(number)


def _list(column, text):
    parts = [part for part in (piece.strip() for piece in text.split(";")) if part]
    if column == "criteria":
        for part in parts:
            if not CRITERION.fullmatch(part):
                raise Wrong(_("%(text)s is not a criterion; write one like 6.1, several with ;") % {"text": part})
    return parts


def _disagreements(values):
    quiz = values["check"] == Check.QUIZ
    if quiz and values["score"] is None:
        return [("score", _("a quiz has a score"))]
    if values["score"] is not None and not quiz:
        return [("check", _("there is a score, so the check was a quiz"))]
    if quiz and values["pass_mark"] is not None and Decimal(values["score"]) < values["pass_mark"]:
        return [("score", _("is below the pass mark: what was not passed is not recorded as training"))]
    return []


def day(values):
    return datetime.date.fromisoformat(values["completed_on"])


def noon(values, zone):
    """The instant that stands for the day, of which no hour is known; `zone` is a tzinfo."""
    return datetime.datetime.combine(day(values), datetime.time(12), zone).astimezone(datetime.UTC)
