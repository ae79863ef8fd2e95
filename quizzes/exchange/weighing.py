"""Answers with weights, as other systems have them, as questions of our kinds."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ..kinds.kind import ALL, EACH
from .plain import number

WHOLE = Decimal(100)
HALF = Decimal("0.5")


@dataclass
class Weighted:
    """An answer that gives `weight` percent of the points, which may be negative."""

    text: str
    weight: Decimal
    feedback: str = ""


def percent(weight):
    return f"{number(round(weight, 2))} %".replace("-", "−")


def single(found, answers):
    """One answer may be chosen."""
    whole = [answer for answer in answers if answer.weight >= WHOLE]
    if len(whole) > 1:
        return found.leave_out(
            _("%(number)d answers give the whole point, each alone; a single choice has one right answer here.")
            % {"number": len(whole)}
        )
    note_parts(found, answers)
    return found.become("single_choice", options=_options(answers, WHOLE))


def several(found, answers):
    """Any number of answers may be chosen; those with a positive weight are right."""
    right = [answer for answer in answers if answer.weight > 0]
    wrong = [answer for answer in answers if answer.weight <= 0]
    credit = ALL if len(right) == 1 and not any(answer.weight for answer in wrong) else EACH
    if right and not _as_ours(right, wrong, credit):
        found.note(
            _(
                "The weights %(weights)s are not carried: here each right answer gives the same part of the point, and "
                "a wrong one takes as much back."
            )
            % {"weights": ", ".join(percent(answer.weight) for answer in answers)}
        )
    return found.become("multiple_response", options=_options(answers, HALF, least=True), credit=credit)


def _as_ours(right, wrong, credit):
    part = WHOLE / len(right)
    taken = WHOLE if credit == ALL else part
    return all(abs(answer.weight - part) < HALF for answer in right) and (
        all(abs(answer.weight + taken) < HALF for answer in wrong)
    )


def _options(answers, bound, least=False):
    return [
        {
            "text": one_line(answer.text),
            "right": answer.weight > 0 if least else answer.weight >= bound,
            "reason": answer.feedback,
        }
        for answer in answers
    ]


def note_parts(found, answers):
    for answer in answers:
        if answer.weight < WHOLE and answer.weight:
            found.note(
                _("%(weight)s for “%(answer)s” is not carried: it gives no point here.")
                % {"weight": percent(answer.weight), "answer": one_line(answer.text)}
            )


def short(found, answers, mind_case):
    """A text is typed; accents count, as they do in Moodle."""
    note_parts(found, answers)
    whole = [answer for answer in answers if answer.weight >= WHOLE]
    for answer in [answer for answer in whole if "*" in answer.text]:
        whole.remove(answer)
        found.note(
            _("“%(answer)s” is not carried: a “*” for any text is not known here.") % {"answer": one_line(answer.text)}
        )
    if not whole:
        return found.leave_out(_("No accepted answer is left of it."))
    return found.become(
        "short_text",
        accepted=_distinct(found, [one_line(answer.text) for answer in whole], mind_case),
        mind_case=mind_case,
        mind_accents=True,
        reason=one_reason(found, answers, whole[0]),
    )


def _distinct(found, texts, mind_case):
    """Capitals aside, nothing is accepted twice."""
    kept = {}
    for text in texts:
        if text.casefold() not in kept:
            kept[text.casefold()] = text
        elif mind_case and text != kept[text.casefold()]:
            found.note(
                _("“%(answer)s” is not carried: it differs from another accepted answer in capitals only.")
                % {"answer": text}
            )
    return list(kept.values())


def one_reason(found, answers, shown):
    """The reason of a question that has one for all: that of the answer that is shown as right."""
    for answer in answers:
        if answer is not shown and answer.feedback and answer.feedback != shown.feedback:
            found.note(
                _("The feedback on “%(answer)s” is not carried: “%(feedback)s”.")
                % {"answer": one_line(answer.text), "feedback": answer.feedback}
            )
    return shown.feedback


def numeric(found, answers, unit=""):
    """`answers` are `(value, tolerance, Weighted)`. Ranges that touch are one; several numbers are asked as text."""
    note_parts(found, [answer for _value, _off, answer in answers])
    whole = [(value, off, answer) for value, off, answer in answers if answer.weight >= WHOLE]
    if not whole:
        return found.leave_out(_("No number gives the whole point."))
    reason = one_reason(found, [answer for _value, _off, answer in answers], whole[0][2])
    spans = _joined(sorted((value - abs(off), value + abs(off)) for value, off, _answer in whole))
    if len(spans) == 1:
        low, high = spans[0]
        return found.become(
            "number", value=number((low + high) / 2), tolerance=number((high - low) / 2), unit=unit, reason=reason
        )
    if unit or any(low != high for low, high in spans):
        return found.leave_out(_("Several ranges of numbers are right; a number has one here."))
    found.note(_("Several numbers are right, so it is asked as a short text."))
    accepted = list(dict.fromkeys(number(value) for value, _off, _answer in whole))
    return found.become("short_text", accepted=accepted, mind_case=False, mind_accents=False, reason=reason)


def _joined(spans):
    found = []
    for low, high in spans:
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found


def matching(found, pairs):
    """`pairs` of what is asked and what belongs to it; nothing asked makes it an answer that belongs to nothing.

    Where several share an answer, it is a question of groups.
    """
    pairs = [(one_line(text), one_line(match)) for text, match in pairs]
    asked = [(text, match) for text, match in pairs if text]
    strays = [match for text, match in pairs if not text and match not in [match for _text, match in asked]]
    groups = {}
    for text, match in asked:
        groups.setdefault(match.casefold(), (match, []))[1].append(text)
    if len(groups) == len(asked):
        rows = [{"text": text, "match": match} for text, match in asked]
        stray_rows = [{"text": text} for text in dict.fromkeys(strays)]
        return found.become("matching", pairs=rows, strays=stray_rows, credit=EACH)
    for stray in strays:
        found.note(_("“%(answer)s”, which belongs to nothing, is not carried.") % {"answer": stray})
    rows = [{"text": match, "items": [{"text": text} for text in texts]} for match, texts in groups.values()]
    return found.become("categorise", bins=rows, credit=EACH)


def blanks(found, text, gaps, credit=EACH):
    """`text` has {1}, {2} … where the gaps are; each gap is a list of `(words, whether right)`."""
    rows = [{"words": [{"text": one_line(words), "right": right} for words, right in gap]} for gap in gaps]
    return found.become("blanks", text=text, blanks=rows, credit=credit)


def true_false(found, right, reason_true, reason_false):
    return found.become(
        "true_false", answer="true" if right else "false", reason_true=reason_true, reason_false=reason_false
    )


def essay(found, looked_for="", points=1):
    """Marked by hand; `looked_for` is what the file tells whoever marks."""
    found.note(_("An essay is marked by a rubric here: write it, and a good answer, before you publish the question."))
    points = int(max(1, min(10, points)))
    row = {"text": _("Content"), "description": looked_for, "points": points}
    return found.become("long_answer", rubric=[row], example="")


def one_line(text):
    return " ".join(text.split())
