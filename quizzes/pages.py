"""What the attempt's pages show, as plain data. Only `answered_questions`, after grading, reads a key."""

from django.urls import reverse
from django.utils.translation import get_language

from .kinds import KINDS


def in_language(texts, language):
    """(language, text): the wanted language, or the first that there is."""
    language = language if language in texts else next(iter(texts))
    return language, texts[language]


def language(*codes):
    """For pages whose questions may be in another language than the interface around them."""
    other = [code for code in codes if code != get_language()]
    return {"content_language": other[0] if other else get_language(), "content_language_differs": bool(other)}


def question_url(attempt, number):
    return f"{reverse('quizzes:attempt', kwargs={'uuid': attempt.uuid})}?question={number}"


def item_asked(value, given, total):
    """The place (from 0) that a query string names, else the first without an answer, else None."""
    if value in {str(number) for number in range(1, total + 1)}:
        return int(value) - 1
    return next((item for item in range(total) if item not in given), None)


def question(attempt, item, version, answer, language):
    language, text = in_language(version.shown, language)
    words = {option["id"]: option["text"] for option in text["options"]}
    kind = KINDS[version.kind]
    number = item + 1
    return {
        "number": number,
        "total": attempt.max_points,
        "language": language,
        "prompt": text["prompt"],
        "kind": version.kind,
        "input_type": kind.input_type,
        "instruction": kind.instruction,
        "options": [
            {"id": option, "text": kind.word(option, words[option]), "checked": option in answer}
            for option in attempt.drawn[item]["options"]
        ],
        "save_url": reverse("quizzes:save", kwargs={"uuid": attempt.uuid, "number": number}),
        "last": number == attempt.max_points,
        "previous_url": question_url(attempt, number - 1) if number > 1 else None,
        "next_url": question_url(attempt, number + 1) if number < attempt.max_points else None,
    }


def overview(attempt, given):
    return [
        {"number": item + 1, "answered": item in given, "url": question_url(attempt, item + 1)}
        for item in range(attempt.max_points)
    ]


def tally(attempt, given, current):
    return ["now" if item == current else "done" if item in given else "open" for item in range(attempt.max_points)]


def answered_questions(attempt, versions, given, language):
    """Every question of a graded attempt with what was chosen, what was right, and why."""
    by_name = {str(version.uuid): version for version in versions}
    rows = []
    for item, drawn in enumerate(attempt.drawn):
        version = by_name[drawn["version"]]
        kind = KINDS[version.kind]
        shown_in, text = in_language(version.shown, language)
        words = {option["id"]: option["text"] for option in text["options"]}
        right, chosen = version.key["right"], given.get(item, [])
        options = [
            {
                "text": kind.word(option, words[option]),
                "chosen": option in chosen,
                "right": option in right,
                "reason": version.key["reasons"][shown_in].get(option, ""),
            }
            for option in drawn["options"]
        ]
        rows.append(
            {
                "number": item + 1,
                "language": shown_in,
                "prompt": text["prompt"],
                "answered": bool(chosen),
                "right": bool(kind.points(chosen, right)),
                "explanation": version.key["explanation"].get(shown_in, ""),
            }
            | told_apart(options)
        )
    return rows


def told_apart(options):
    """What was chosen, then what else is right; the others can be looked up."""
    told = sorted((row for row in options if row["chosen"] or row["right"]), key=lambda row: not row["chosen"])
    return {"told": told, "others": [row for row in options if row not in told]}
