"""What the attempt's pages show, as plain data. Only `answered_questions`, after grading, reads a key."""

from django.urls import reverse

from .kinds import KINDS


def in_language(texts, language):
    """(language, text): the wanted language, or the first that there is."""
    language = language if language in texts else next(iter(texts))
    return language, texts[language]


def question_url(attempt, number):
    return f"{reverse('quizzes:attempt', kwargs={'uuid': attempt.uuid})}?question={number}"


def item_asked(value, given, total):
    """The place (from 0) that a query string names, else the first without an answer, else None."""
    if value and value.isdecimal() and 1 <= int(value) <= total:
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
        "answered": bool(answer),
        "save_url": reverse("quizzes:save", kwargs={"uuid": attempt.uuid, "number": number}),
        "previous_url": question_url(attempt, number - 1) if number > 1 else None,
    }


def overview(attempt, given, current):
    return [
        {
            "number": item + 1,
            "answered": item in given,
            "current": item == current,
            "url": question_url(attempt, item + 1),
        }
        for item in range(attempt.max_points)
    ]


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
        rows.append(
            {
                "number": item + 1,
                "language": shown_in,
                "prompt": text["prompt"],
                "input_type": kind.input_type,
                "answered": bool(chosen),
                "right": bool(kind.points(chosen, right)),
                "explanation": version.key["explanation"].get(shown_in, ""),
                "options": [
                    {
                        "text": kind.word(option, words[option]),
                        "chosen": option in chosen,
                        "right": option in right,
                        "reason": version.key["reasons"][shown_in].get(option, ""),
                    }
                    for option in drawn["options"]
                ],
            }
        )
    return rows
