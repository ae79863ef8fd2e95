"""A question as its editor previews it: asked as a learner sees it, and told as to one who has every point, or none."""

import random

from .beside import plain, with_url

# The name of the mode of the preview that leaves the question open.
OPEN = "open"


def of(question, *, left_open=False):
    """The context of the page; without a kind yet only the question."""
    if not question.answer:
        return {"question": question}
    kind, value = question.kind, question.answer[0].value
    shown, key, reasons = kind.shown(value), kind.key([value]), kind.reasons(value)
    arranged = kind.arrange(shown, random.Random(str(question.translation_key)), shuffle=True)
    about = {
        "number": 1,
        "prompt": question.prompt,
        "language": question.locale.language_code,
        "right": not left_open,
        "answered": not left_open,
        "explanation": question.explanation,
        "told_template": kind.told_template,
    }
    if kind.by_hand and not left_open:
        about["rubric"] = kind.rubric(key, reasons, kind.all_points(key))
    answer = None if left_open else kind.solution(key)
    asked = {"instruction": kind.instruction, "template": kind.template, "beside": with_url(plain(question.beside))}
    return {
        "question": question,
        "kind": kind,
        "asked": kind.ask(shown, arranged, None) | asked,
        "told": kind.tell(shown, arranged, answer, key, reasons) | about,
    }
