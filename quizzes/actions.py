"""Deeds of this room. Each is one transaction; `at` is the instant of the deed, taken once by the caller."""

import secrets
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from . import blueprints, grading, snapshot
from .kinds import KINDS
from .models import Attempt, Question, QuestionVersion, Response
from .signals import attempt_graded

chance = secrets.SystemRandom()


class NoAttemptsLeft(Exception):
    """All attempts that the quiz allows in this context are used."""


class AttemptClosed(Exception):
    """The attempt was submitted; answers no longer change."""


@transaction.atomic
def release_question(*, question_key, at):
    """Write a new version of a question if it says something new; returns the version that counts, or None.

    None when no language of it is published.
    """
    # The lock makes two people who publish at once number their versions one after the other.
    rows = list(
        Question.objects.select_for_update(of=("self",))
        .filter(translation_key=question_key, live=True)
        .select_related("locale", "bank", "objective", "criterion")
        .order_by("locale__language_code")
    )
    if not rows:
        return None
    kind, shown, key = snapshot.take(rows)
    says = {
        "bank": rows[0].bank,
        "criterion": rows[0].criterion.number if rows[0].criterion else "",
        "objective": rows[0].objective.code if rows[0].objective else "",
        "hash": snapshot.fingerprint(kind, shown, key),
    }
    latest = (
        QuestionVersion.objects.filter(question_key=question_key).select_related("bank").order_by("-number").first()
    )
    if latest and all(getattr(latest, name) == value for name, value in says.items()):
        return latest
    return QuestionVersion.objects.create(
        question_key=question_key,
        number=latest.number + 1 if latest else 1,
        kind=kind,
        shown=shown,
        key=key,
        released_at=at,
        **says,
    )


def start_attempt(*, person, quiz_key, context, blueprint, language, at):
    """The attempt in progress of this person, quiz and context; begun if there is none.

    Drawn questions and their order are pinned here, from the pool in the blueprint (see `blueprints.py`).
    Raises NoAttemptsLeft.
    """
    # One query for both questions: between two, another tab could begin the last attempt.
    mine = list(Attempt.objects.of(person, quiz_key, context))
    if running := next((attempt for attempt in mine if attempt.in_progress), None):
        return running
    if len(mine) >= blueprint["attempts_allowed"]:
        raise NoAttemptsLeft
    drawn = _draw(blueprint)
    try:
        with transaction.atomic():
            return Attempt.objects.create(
                person=person,
                quiz_key=quiz_key,
                context=context,
                number=len(mine) + 1,
                language=language,
                blueprint=blueprints.rules(blueprint),
                drawn=drawn,
                max_points=len(drawn),
                started_at=at,
            )
    except IntegrityError:
        # Another tab or device was first; constraints let only one of us through. Both get that one.
        return start_attempt(
            person=person, quiz_key=quiz_key, context=context, blueprint=blueprint, language=language, at=at
        )


def _draw(blueprint):
    picked = []
    for draw in blueprint["draws"]:
        # Two draws may share a bank; nobody is asked the same question twice.
        pool = [version for version in draw["pool"] if version not in picked]
        picked += chance.sample(pool, min(draw["count"], len(pool)))
    if not picked:
        raise ValueError(_("This quiz has no questions yet."))
    if blueprint["shuffle"]:
        chance.shuffle(picked)
    rows = QuestionVersion.objects.filter(uuid__in=picked).values_list("uuid", "kind", "shown")
    by_name = {str(uuid): (KINDS[kind], next(iter(shown.values()))) for uuid, kind, shown in rows}
    drawn = []
    for version in picked:
        kind, shown = by_name[version]
        drawn.append({"version": version} | kind.arrange(shown, chance, blueprint["shuffle"]))
    return drawn


@transaction.atomic
def save_answer(*, attempt, item, answer, at):
    """Add an answer to the question in place `item` (from 0).

    Raises AttemptClosed, and IndexError for no such place.
    """
    # The lock keeps a submit from grading between this check and the insert.
    fresh = Attempt.objects.select_for_update().only("state").get(pk=attempt.pk)
    if not fresh.in_progress:
        raise AttemptClosed
    if not 0 <= item < len(attempt.drawn):
        raise IndexError(item)
    return Response.objects.create(attempt=attempt, item=item, answer=answer, saved_at=at)


def answers(attempt):
    """The answer that counts for each answered question: `{item: answer}`."""
    return dict(attempt.responses.order_by("id").values_list("item", "answer"))


@transaction.atomic
def submit_attempt(*, attempt, at, attribution):
    """Grade an attempt, once: a second call, also one at the same time, gets the graded attempt and sends no signal.

    `attribution` says how the person was known; it is carried, not looked into.
    """
    fresh = Attempt.objects.select_for_update().select_related("person").get(pk=attempt.pk)
    if not fresh.in_progress:
        return fresh
    given = answers(fresh)
    versions = {
        str(version.uuid): version
        for version in QuestionVersion.objects.filter(uuid__in=[row["version"] for row in fresh.drawn])
    }
    fresh.points = sum(
        (
            KINDS[versions[row["version"]].kind].credit(given[item], versions[row["version"]].key["right"])
            for item, row in enumerate(fresh.drawn)
            if item in given
        ),
        Decimal(0),
    )
    fresh.score = grading.percent(fresh.points, fresh.max_points)
    fresh.passed = grading.passes(fresh.points, fresh.max_points, fresh.blueprint["pass_mark"])
    fresh.state, fresh.submitted_at, fresh.attribution = Attempt.State.GRADED, at, attribution
    fresh.save(update_fields=["points", "score", "passed", "state", "submitted_at", "attribution"])
    attempt_graded.send(sender=Attempt, attempt=fresh, at=at)
    return fresh
