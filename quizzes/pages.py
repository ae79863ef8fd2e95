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
    kind = KINDS[version.kind]
    number = item + 1
    return kind.ask(text, attempt.drawn[item], answer) | {
        "number": number,
        "total": attempt.max_points,
        "language": language,
        "prompt": text["prompt"],
        "kind": version.kind,
        "template": kind.template,
        "instruction": kind.instruction,
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


def whole(versions):
    """Whether each of these questions gives its whole point or none."""
    return not any(KINDS[version.kind].partial(version.key["right"]) for version in versions)


def answered_questions(attempt, versions, given, language):
    """Every question of a graded attempt with what was chosen, what was right, and why."""
    by_name = {str(version.uuid): version for version in versions}
    rows = []
    for item, drawn in enumerate(attempt.drawn):
        version = by_name[drawn["version"]]
        kind = KINDS[version.kind]
        shown_in, text = in_language(version.shown, language)
        answer, right = given.get(item), version.key["right"]
        rows.append(
            kind.tell(text, drawn, answer, right, version.key["reasons"][shown_in])
            | {
                "number": item + 1,
                "language": shown_in,
                "prompt": text["prompt"],
                "told_template": kind.told_template,
                "answered": answer is not None,
                "right": answer is not None and kind.credit(answer, right) == 1,
                "explanation": version.key["explanation"].get(shown_in, ""),
            }
        )
    return rows
