"""Check questions of a lesson: asked as a quiz asks, told at once, never graded."""

import random

from content.shown import library_row, rows
from quizzes.kinds import KINDS, Unreadable
from quizzes.models import Question, QuestionVersion
from quizzes.pages import in_language

from .completion import blocks_of

__all__ = ["Unreadable", "asked", "of_step", "preview", "question", "read"]


def of_step(step, answers, chance, language):
    """`{block id: question}` for the check questions of a step, each asked or, once answered, told.

    `answers` are BlockProgress rows by block; `chance` (text) makes the order of the options, the same at each visit.
    """
    blocks = blocks_of(step, "check")
    if not blocks:
        return {}
    names = [block["value"]["question"]["version"] for block in blocks]
    versions = {str(version.uuid): version for version in QuestionVersion.objects.filter(uuid__in=names)}
    found = {}
    for number, block in enumerate(blocks, 1):
        version = versions[block["value"]["question"]["version"]]
        row = answers.get(block["id"])
        found[block["id"]] = question(version, row, f"{chance} {block['id']}", f"check{number}", language)
    return found


def _arranged(version, text, chance):
    return KINDS[version.kind].arrange(text, random.Random(chance), True)


def question(version, row, chance, field, language):
    """Asked, or told once the BlockProgress `row` has an answer."""
    language, text = in_language(version.shown, language)
    kind, arranged = KINDS[version.kind], _arranged(version, text, chance)
    answer = row.answer if row else None
    found = asked(kind, text, arranged, answer, field) | {"language": language, "prompt": text["prompt"]}
    if row and row.answered_at and answer is not None:
        found["told"] = _told(kind, version, text, arranged, answer, language)
    return found


def asked(kind, text, arranged, answer, field):
    return kind.ask(text, arranged, answer, field) | {"template": kind.template, "instruction": kind.instruction}


def _told(kind, version, text, arranged, answer, language):
    right, reasons = version.key["right"], version.key["reasons"].get(language, {})
    credit = kind.credit(answer, right)
    return kind.tell(text, arranged, answer, right, reasons) | {
        "told_template": kind.told_template,
        "answered": True,
        "right": credit == 1,
        "part": credit if 0 < credit < 1 else None,
        "explanation": version.key["explanation"].get(language, ""),
    }


def read(step, block_id, data, chance, language):
    """`(answer, moving)` of a posted form: None when nothing was chosen; `moving` when an arrow was pressed.

    Raises KeyError when the step has no such question, and Unreadable, in words, when nobody can make sense of it.
    """
    blocks = {block["id"]: (number, block) for number, block in enumerate(blocks_of(step, "check"), 1)}
    number, block = blocks[block_id]
    version = QuestionVersion.objects.get(uuid=block["value"]["question"]["version"])
    text = in_language(version.shown, language)[1]
    kind, field = KINDS[version.kind], f"check{number}"
    answer = kind.parse(data, text, _arranged(version, text, f"{chance} {block_id}"), field)
    return answer, kind.moving(data, field)


def preview(body):
    """The rows of a draft's body, its questions as they are written now."""

    def keep(row):
        return {"live": row} if isinstance(row, Question) else library_row(row)

    found = rows(body, keep)
    for number, row in enumerate(found, 1):
        live = row["type"] == "check" and (row["value"]["question"] or {}).get("live")
        if live and live.answer:
            text = live.kind.shown(live.answer[0].value)
            arranged = live.kind.arrange(text, random.Random(row["id"]), True)
            row["question"] = asked(live.kind, text, arranged, None, f"check{number}") | {
                "language": live.locale.language_code,
                "prompt": live.prompt,
            }
    return found
