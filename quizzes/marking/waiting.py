"""What waits to be marked, and what comes next."""

from ..beside import with_url
from ..kinds import BY_HAND, KINDS
from ..models import Mark, QuestionVersion
from ..pages import in_language


def items(attempt, given, question_key=None):
    """Places of its questions that a person must mark and nobody has; of one question only if a key is given.

    `given` are the answers that count: what was left open got its mark when the attempt ended.
    """
    names = {row["version"]: item for item, row in enumerate(attempt.drawn)}
    versions = QuestionVersion.objects.filter(uuid__in=list(names), kind__in=BY_HAND)
    if question_key:
        versions = versions.filter(question_key=question_key)
    asked = {names[str(name)]: KINDS[kind] for name, kind in versions.values_list("uuid", "kind")}
    wait = {item for item, kind in asked.items() if kind.observed or (item in given and attempt.waits_for_marks)}
    marked = set(Mark.objects.filter(attempt=attempt, item__in=wait).values_list("item", flat=True))
    return sorted(wait - marked)


def sheet(attempt, item, version, answer, language):
    """One answer for whoever marks it: what was asked, what was answered, and the rubric."""
    kind = KINDS[version.kind]
    shown_in, text = in_language(version.shown, attempt.language)
    reasons = in_language(version.key["reasons"], language)[1]
    return {
        "number": item + 1,
        "observed": kind.observed,
        "beside": with_url(text.get("beside")),
        "language": shown_in,
        "prompt": text["prompt"],
        "answer": answer,
        "rubric": kind.rubric(version.key["right"], reasons),
        "example": reasons.get("", ""),
    }
