"""What people do to marks: marking by hand, grading again after a wrong key, voiding."""

from django.db import transaction

from ..kinds import KINDS
from ..models import Attempt, Mark, Regrade
from ..signals import attempt_graded
from . import grade
from .saving import answers, answers_of


class NothingToMark(Exception):
    """No person marks this kind, the question was left open, or the attempt is not handed in or is one's own."""


@transaction.atomic
def mark_by_hand(*, attempt, item, parts, note, by, at):
    """Give points for each part of the rubric (`{part id: points}`) and a note; the last open one grades the attempt.

    What is watched may be signed while the attempt is under way, the rest once it is handed in. Marking again before
    the attempt is graded adds a mark, and the newer counts. Raises NothingToMark, and ValueError for points that the
    rubric does not have.
    """
    fresh = Attempt.objects.select_for_update().select_related("person").get(pk=attempt.pk)
    given = answers(fresh)
    version = grade.versions_of(fresh)[fresh.drawn[item]["version"]]
    kind = KINDS[version.kind]
    open_still = fresh.waits_for_marks or (kind.observed and fresh.in_progress)
    if not open_still or not kind.by_hand or not (kind.observed or item in given) or fresh.person_id == by.pk:
        raise NothingToMark
    Mark.objects.create(
        attempt=fresh,
        item=item,
        version=version,
        credit=kind.credit_for(parts, version.key["right"]),
        parts=parts,
        note=note,
        marked_at=at,
        marked_by=by,
    )
    return grade.settle(fresh, at) if fresh.waits_for_marks else fresh


def regrade_preview(*, version, key_of):
    """What grading the answers to `version` by the key of `key_of` would change.

    Both are versions of one question; what a person marked no key changes. Returns rows of dicts: attempt, item, old
    and new credit, old_score, new_score, old_passed, new_passed; only attempts in which the credit changes.
    """
    return list(_changes(version, key_of, Attempt.objects.select_related("person")))


def _changes(version, key_of, attempts):
    """The rows; their attempts carry the new result, unsaved."""
    if KINDS[version.kind].by_hand:
        return
    asked = Mark.objects.filter(version=version).values("attempt")
    attempts = list(attempts.filter(pk__in=asked, state=Attempt.State.GRADED).order_by("pk"))
    pks = [attempt.pk for attempt in attempts]
    given, marks = answers_of(pks), Mark.objects.standing(pks)
    for attempt in attempts:
        item = next(item for item, mark in marks[attempt.pk].items() if mark.version_id == version.pk)
        mark = marks[attempt.pk][item]
        old, new = mark.credit, grade.credit(version, given.get(attempt.pk, {}).get(item), key_of.key)
        if new == old:
            continue
        row = {"attempt": attempt, "item": item, "old": old, "new": new}
        row |= {"old_score": attempt.score, "old_passed": attempt.passed}
        mark.credit = new
        grade.result(attempt, marks[attempt.pk])
        yield row | {"new_score": attempt.score, "new_passed": attempt.passed}


@transaction.atomic
def regrade(*, version, key_of, by, at, reason, take_away=False):
    """Grade again by another version's key; old marks stay beside the new ones. Returns the Regrade.

    A fail that becomes a pass is told like any pass. A pass that becomes a fail stays a pass unless `take_away` says
    otherwise.
    """
    deed = Regrade.objects.create(
        version=version, key_of=key_of, decided_by=by, decided_at=at, reason=reason, takes_away=take_away
    )
    locked = Attempt.objects.select_for_update(of=("self",)).select_related("person")
    rows = list(_changes(version, key_of, locked))
    Mark.objects.bulk_create(
        Mark(
            attempt=row["attempt"],
            item=row["item"],
            version=version,
            credit=row["new"],
            marked_at=at,
            marked_by=by,
            note=reason,
            regrade=deed,
        )
        for row in rows
    )
    for row in rows:
        row["attempt"].passed = row["new_passed"] or (row["old_passed"] and not take_away)
    attempts = [row["attempt"] for row in rows]
    Attempt.objects.bulk_update(attempts, ["points", "score", "passed", "shortfalls"], batch_size=500)
    for row in rows:
        if row["attempt"].passed and not row["old_passed"]:
            attempt_graded.send(sender=Attempt, attempt=row["attempt"], at=at)
    return deed


@transaction.atomic
def void_attempt(*, attempt, by, at, reason):
    """The attempt counts for nothing any more, and neither against the limit; what it says stays. Twice is once."""
    fresh = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if fresh.state != Attempt.State.VOIDED:
        fresh.state, fresh.voided_at, fresh.voided_by, fresh.void_reason = Attempt.State.VOIDED, at, by, reason
        fresh.save(update_fields=["state", "voided_at", "voided_by", "void_reason"])
    return fresh
