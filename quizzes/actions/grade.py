"""From answers to marks, and from marks to a result. Callers hold the attempt's lock and its transaction."""

from decimal import Decimal

from .. import grading
from ..kinds import KINDS
from ..models import Attempt, Mark, QuestionVersion
from ..signals import attempt_graded


def close(attempt, given, state, at):
    """The attempt is handed in (`state` submitted) or out of time (expired).

    What a machine can mark is marked, and the attempt graded if that is all.
    """
    versions = versions_of(attempt)
    attempt.state, attempt.submitted_at = state, at
    attempt.save(update_fields=["state", "submitted_at", "attribution"])
    signed = _signed(attempt, versions.values())
    Mark.objects.bulk_create(
        Mark(
            attempt=attempt,
            item=item,
            version=versions[row["version"]],
            credit=credit(versions[row["version"]], given.get(item)),
            marked_at=at,
        )
        for item, row in enumerate(attempt.drawn)
        if item not in signed and not _waits(KINDS[versions[row["version"]].kind], item in given)
    )
    return settle(attempt, at)


def _signed(attempt, versions):
    """Places of what was watched and signed before the attempt was handed in."""
    if not any(KINDS[version.kind].observed for version in versions):
        return set()
    return set(Mark.objects.filter(attempt=attempt).values_list("item", flat=True))


def _waits(kind, answered):
    """Whether a person must give the mark; what was left open needs nobody to read it."""
    return kind.by_hand and (answered or kind.observed)


def versions_of(attempt):
    """`{uuid as string: version}` of the questions drawn."""
    names = [row["version"] for row in attempt.drawn]
    return {str(version.uuid): version for version in QuestionVersion.objects.filter(uuid__in=names)}


def credit(version, answer, key=None):
    return Decimal(0) if answer is None else KINDS[version.kind].credit(answer, (key or version.key)["right"])


def settle(attempt, at):
    """Grade an attempt whose every question has a mark; otherwise it goes on waiting. Sends `attempt_graded` once."""
    marks = Mark.objects.standing([attempt.pk]).get(attempt.pk, {})
    if len(marks) < len(attempt.drawn):
        return attempt
    result(attempt, marks)
    attempt.state = Attempt.State.GRADED
    attempt.save(update_fields=["points", "score", "passed", "shortfalls", "state"])
    attempt_graded.send(sender=Attempt, attempt=attempt, at=at)
    return attempt


def result(attempt, marks):
    """Set points, score, shortfalls and passed from the marks (`{item: mark}`); nothing is saved."""
    rules = attempt.blueprint
    attempt.points = sum((mark.credit for mark in marks.values()), Decimal(0))
    attempt.score = grading.percent(attempt.points, attempt.max_points)
    attempt.shortfalls = grading.shortfalls(
        [
            {
                "credit": marks[item].credit,
                "objective": marks[item].version.objective,
                "must_pass": row.get("must_pass", False),
            }
            for item, row in enumerate(attempt.drawn)
        ],
        rules.get("minimums", []),
    )
    attempt.passed = grading.passes(attempt.points, attempt.max_points, rules["pass_mark"]) and not attempt.shortfalls
