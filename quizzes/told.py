"""What is right, and why: the only pages that read a key, after it is released."""

from . import beside
from .blueprints import rules
from .kinds import KINDS
from .pages import in_language


def released(attempt, standing):
    """Whether the right answers of an attempt that is over may be shown; `standing` is that of its quiz."""
    if not attempt.graded:
        return False
    if rules(attempt.blueprint)["feedback"] == "pass":
        return attempt.passed or standing.passed or standing.used_up
    return True


def question(attempt, item, version, answer, language, mark=None):
    """One question with what was chosen, what is right, and why.

    Graded ones have a mark: what a regrade or a person decided counts, by the key that it was decided by.
    """
    kind = KINDS[version.kind]
    shown_in, text = in_language(version.shown, language)
    key = mark.regrade.key_of.key if mark and mark.regrade else version.key
    reasons = key["reasons"].get(shown_in, {})
    credit = mark.credit if mark else (0 if answer is None else kind.credit(answer, key["right"]))
    # What was watched has a mark and no answer.
    answered = answer is not None or bool(mark and mark.parts)
    about = {
        "number": item + 1,
        "language": shown_in,
        "prompt": text["prompt"],
        "beside": beside.with_url(text.get("beside")),
        "told_template": kind.told_template,
        "answered": answered,
        "right": answered and credit == 1,
        "part": credit if answered and 0 < credit < 1 else None,
        "explanation": key["explanation"].get(shown_in, ""),
    }
    told = kind.tell(text, attempt.drawn[item], answer, key["right"], reasons)
    return told | about | _by_hand(kind, key["right"], reasons, mark)


def _by_hand(kind, key, reasons, mark):
    """What the person who marked says of it."""
    if not mark or not mark.parts:
        return {}
    by = {"marked_by": mark.marked_by.get_full_name(), "marked_at": mark.marked_at}
    return {"rubric": kind.rubric(key, reasons, mark.parts), "note": mark.note} | by


def whole(versions):
    """Whether each of these questions gives its whole point or none."""
    kinds = [(KINDS[version.kind], version.key["right"]) for version in versions]
    return not any(kind.by_hand or kind.partial(right) for kind, right in kinds)
