"""What the page after handing in says."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.models import Objective

from . import actions, blueprints, grading, pages, standing, told
from .models import Attempt, Mark


def page(attempt, language, at):
    """The context of the page for an attempt that is over."""
    rules = blueprints.rules(attempt.blueprint)
    mine = Attempt.objects.of(attempt.person_id, attempt.quiz_key, attempt.context).order_by("number")
    now = standing.of(list(mine.defer("drawn")), rules, at)
    context = {
        "attempt": attempt,
        "standing": now,
        "attempts_left": now.left,
        "waits": attempt.waits_for_marks,
        "feedback": rules["feedback"],
    }
    if not attempt.graded:
        return context | pages.language()
    return context | _graded(attempt, rules, now, language)


def _graded(attempt, rules, now, language):
    marks = marks_of(attempt)
    versions = [mark.version for mark in marks.values()]
    last = not attempt.passed and now.used_up and not now.passed
    released = told.released(attempt, now)
    questions = _questions(attempt, marks, language) if released else []
    return pages.language(*(row["language"] for row in questions)) | {
        "last": last,
        "message": _message(attempt, rules, last),
        "ours": last and not rules["last_fail_message"],
        "points": formats.number_format(attempt.points.normalize()),
        "needed": grading.needed(attempt.max_points, rules["pass_mark"], whole=told.whole(versions)),
        "enough": grading.passes(attempt.points, attempt.max_points, rules["pass_mark"]),
        "shortfalls": shortfalls(attempt, language),
        "released": released,
        "again": [row for row in questions if not row["right"]],
        "right": [row for row in questions if row["right"]],
    }


def _message(attempt, rules, last):
    if attempt.passed:
        return rules["pass_message"]
    return last and rules["last_fail_message"] or rules["fail_message"]


def marks_of(attempt):
    """`{item: the mark that counts}`, with all that is needed to tell about it."""
    marks = (
        Mark.objects.filter(attempt=attempt).select_related("version", "regrade__key_of", "marked_by").order_by("id")
    )
    return {mark.item: mark for mark in marks}


def _questions(attempt, marks, language):
    given = actions.answers(attempt)
    return [
        told.question(attempt, item, mark.version, given.get(item), language, mark)
        for item, mark in sorted(marks.items())
    ]


def shortfalls(attempt, language):
    """What beside the score is missing, as sentences. They name no question: what is right may not be told yet."""
    must = sum("item" in row for row in attempt.shortfalls)
    minimums = [row for row in attempt.shortfalls if "objective" in row]
    found = []
    if must:
        found.append(
            ngettext(
                "One question had to be right and was not.",
                "%(number)d questions had to be right and were not.",
                must,
            )
            % {"number": must}
        )
    texts = objectives_in([row["objective"] for row in minimums], language) if minimums else {}
    sentence = _("“%(objective)s”: %(points)s of %(total)s right. At least %(percent)s %% is needed there.")
    for row in minimums:
        says = {"total": row["max_points"], "percent": row["percent"]}
        says["objective"] = texts.get(row["objective"], row["objective"])
        says["points"] = formats.number_format(Decimal(row["points"]).normalize())
        found.append(sentence % says)
    return found


def objectives_in(codes, language):
    """`{code: text}`, in that language where there is one."""
    rows = Objective.objects.filter(code__in=codes).values_list("locale__language_code", "code", "text")
    found = {}
    for locale, code, text in rows:
        if locale == language or code not in found:
            found[code] = text
    return found
