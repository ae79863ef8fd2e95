"""A question as its editor previews it: asked as a learner sees it, and told as to one who has every point, or none."""

import random

from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from .beside import plain, with_url
from .kinds.forgiving import block_of

# The name of the mode of the preview that leaves the question open.
OPEN = "open"


def of(question, *, left_open=False):
    """The context of the page; while its answers are not written yet only the question."""
    # A question has no locale before it is first saved.
    language = question.locale.language_code if question.locale_id else get_language()
    if not _complete(question.answer):
        return {"question": question, "language": language}
    kind, value = question.kind, question.answer[0].value
    shown, key, reasons = kind.shown(value), kind.key([value]), kind.reasons(value)
    arranged = kind.arrange(shown, random.Random(str(question.translation_key)), shuffle=True)
    about = {
        "number": 1,
        "prompt": question.prompt,
        "language": language,
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
        "language": language,
        "kind": kind,
        "asked": kind.ask(shown, arranged, None) | asked,
        "told": kind.tell(shown, arranged, answer, key, reasons) | about,
    }


def _complete(answer):
    """Whether nothing but reasons is missing: half of the answers can neither be asked nor graded."""
    if not answer:
        return False
    try:
        block_of(answer[0].block_type).clean(answer[0].value)
    except ValidationError:
        return False
    return True
