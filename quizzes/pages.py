"""What the pages of an attempt under way show, as plain data. No key is read here (see `told.py`)."""

import hashlib
import json
import math

from django.urls import reverse
from django.utils.translation import get_language

from . import beside
from .kinds import KINDS


def in_language(texts, language):
    """(language, text): the wanted language, or the first that there is."""
    language = language if language in texts else next(iter(texts))
    return language, texts[language]


def language(*codes):
    """For pages whose questions may be in another language than the interface around them."""
    other = [code for code in codes if code != get_language()]
    return {"content_language": other[0] if other else get_language(), "content_language_differs": bool(other)}


def on_one_page(attempt):
    return attempt.blueprint.get("layout") == "all"


def tells_each(attempt):
    """Whether the right answer is told after each question."""
    return attempt.blueprint.get("feedback") == "each"


def may_check(attempt, item, kind, answer):
    """Whether what is right may be told of this answer now; None is the one that a form is about to send."""
    return tells_each(attempt) and not kind.by_hand and kind.complete(answer, attempt.drawn[item])


def settled(attempt, given):
    """Places of the questions about which their person has nothing left to do.

    A story that has not ended is still open; what is watched is never theirs to answer.
    """
    ended = {
        item
        for item, answer in given.items()
        if "ends" not in attempt.drawn[item] or answer[-1] in attempt.drawn[item]["ends"]
    }
    return ended | observed(attempt)


def observed(attempt):
    """Places of what somebody must watch being done."""
    return {item for item, row in enumerate(attempt.drawn) if row.get("observed")}


def question_url(attempt, number):
    there = reverse("quizzes:attempt", kwargs={"uuid": attempt.uuid})
    return f"{there}#question-{number}" if on_one_page(attempt) else f"{there}?question={number}"


def item_asked(value, given, total):
    """The place (from 0) that a query string names, else the first without an answer, else None."""
    if value in {str(number) for number in range(1, total + 1)}:
        return int(value) - 1
    return next((item for item in range(total) if item not in given), None)


def field(attempt, item):
    """The name of the form field of a question; all of a page need names of their own."""
    return f"answer{item + 1}" if on_one_page(attempt) else "answer"


def fingerprint(answer):
    """Equal for equal answers; empty for none. A form says by it what its page showed."""
    return "" if answer is None else hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()[:16]


def question(attempt, item, version, answer, language):
    language, text = in_language(version.shown, language)
    kind = KINDS[version.kind]
    number = item + 1
    untouched = kind.untouched(attempt.drawn[item])
    return kind.ask(text, attempt.drawn[item], answer, field(attempt, item)) | {
        "number": number,
        "total": attempt.max_points,
        "language": language,
        "prompt": text["prompt"],
        "beside": beside.with_url(text.get("beside")),
        "kind": version.kind,
        "template": kind.template,
        "instruction": kind.instruction,
        "answered": answer is not None,
        "was": fingerprint(answer if answer is not None else untouched),
        "can_keep": answer is None and untouched is not None and on_one_page(attempt),
        "can_check": may_check(attempt, item, kind, answer),
        "may_clear": not (kind.grows or kind.observed),
        "observed": kind.observed,
        "save_url": reverse("quizzes:save", kwargs={"uuid": attempt.uuid, "number": number}),
        "last": number == attempt.max_points,
        "previous_url": question_url(attempt, number - 1) if number > 1 else None,
        "next_url": question_url(attempt, number + 1) if number < attempt.max_points else None,
    }


def overview(attempt, settled, checked):
    watched = observed(attempt)
    return [
        {
            "number": item + 1,
            "observed": item in watched,
            "answered": item in settled,
            "checked": item in checked,
            "url": question_url(attempt, item + 1),
        }
        for item in range(attempt.max_points)
    ]


def tally(attempt, settled, current):
    return ["now" if item == current else "done" if item in settled else "open" for item in range(attempt.max_points)]


def clock(attempt, at):
    """The deadline, and what is left of it by the server's clock in seconds; the page's own clock may be wrong."""
    if not attempt.deadline:
        return None
    return {
        "deadline": attempt.deadline,
        # Rounded up: a page that counts down to nothing hands in at the deadline and not before.
        "left": max(0, math.ceil((attempt.deadline - at).total_seconds())),
        "grace": attempt.blueprint.get("grace", 0),
    }
