"""Starting, answering and handing in."""

import datetime
import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .. import blueprints
from ..kinds import KINDS
from ..models import Attempt, ExtraTime, QuestionVersion, Response
from . import grade

chance = secrets.SystemRandom()


class NoAttemptsLeft(Exception):
    """All attempts that the quiz allows in this context are used."""


class TooSoon(Exception):
    """The quiz asks for a wait between attempts; `until` is the instant from which the next may begin."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until


class AttemptClosed(Exception):
    """The attempt was handed in; answers no longer change."""


class TooLate(AttemptClosed):
    """The time limit and its grace are over by the server's clock; nothing was saved."""


def start_attempt(*, person, quiz_key, context, blueprint, language, at, attribution=""):
    """The attempt in progress of this person, quiz and context; begun if there is none.

    Drawn questions, their arrangement and the deadline are pinned here, from the pools in the blueprint (see
    `blueprints.py`). Raises NoAttemptsLeft and TooSoon.
    """
    # One query for all questions: between two, another tab could begin the last attempt.
    mine = list(Attempt.objects.of(person, quiz_key, context).order_by("number"))
    if running := next((attempt for attempt in mine if attempt.in_progress), None):
        return running
    rules = blueprints.rules(blueprint)
    _may_start(mine, rules, at)
    drawn = _draw(blueprint, rules, person, quiz_key)
    try:
        with transaction.atomic():
            return Attempt.objects.create(
                person=person,
                quiz_key=quiz_key,
                context=context,
                number=mine[-1].number + 1 if mine else 1,
                language=language,
                blueprint=rules,
                drawn=drawn,
                max_points=len(drawn),
                started_at=at,
                deadline=_deadline(person, rules, at),
                attribution=attribution,
            )
    except IntegrityError:
        # Another tab or device was first; constraints let only one of us through. Both get that one.
        return start_attempt(
            person=person,
            quiz_key=quiz_key,
            context=context,
            blueprint=blueprint,
            language=language,
            at=at,
            attribution=attribution,
        )


def _may_start(mine, rules, at):
    counted = [attempt for attempt in mine if attempt.state != Attempt.State.VOIDED]
    if len(counted) >= rules["attempts_allowed"]:
        raise NoAttemptsLeft
    if counted and rules["wait_minutes"]:
        until = counted[-1].submitted_at + datetime.timedelta(minutes=rules["wait_minutes"])
        if at < until:
            raise TooSoon(until)


def _deadline(person, rules, at):
    if not rules["time_limit"]:
        return None
    extra = ExtraTime.objects.filter(person=person).values_list("percent", flat=True).first() or 0
    return at + datetime.timedelta(minutes=rules["time_limit"]) * (100 + extra) / 100


def _draw(blueprint, rules, person, quiz_key):
    seen = _seen(person, quiz_key) if any(draw.get("unseen_first") for draw in blueprint["draws"]) else {}
    picked = {}
    for draw in blueprint["draws"]:
        # Two draws may share a bank; nobody is asked the same question twice.
        pool = [version for version in draw["pool"] if version not in picked]
        for version in _pick(pool, draw["count"], seen if draw.get("unseen_first") else {}):
            picked[version] = {"must_pass": True} if draw.get("must_pass") else {}
    if not picked:
        raise ValueError(_("This quiz has no questions yet."))
    order = list(picked)
    if rules["shuffle"]:
        chance.shuffle(order)
    rows = QuestionVersion.objects.filter(uuid__in=order).values_list("uuid", "kind", "shown")
    by_name = {str(uuid): (KINDS[kind], next(iter(shown.values()))) for uuid, kind, shown in rows}
    drawn = []
    for version in order:
        kind, shown = by_name[version]
        drawn.append({"version": version} | picked[version] | kind.arrange(shown, chance, rules["shuffle_answers"]))
    return drawn


def _pick(pool, count, seen):
    """By lot; what was seen less often comes first."""
    by_lot = chance.sample(pool, len(pool))
    return sorted(by_lot, key=lambda version: seen.get(version, 0))[:count]


def _seen(person, quiz_key):
    """`{version uuid: how often the person was asked its question}`, in any version of it."""
    asked = [
        row["version"]
        for drawn in Attempt.objects.filter(person=person, quiz_key=quiz_key).values_list("drawn", flat=True)
        for row in drawn
    ]
    keys = dict(QuestionVersion.objects.filter(uuid__in=asked).values_list("uuid", "question_key"))
    times = {}
    for version in asked:
        key = next((key for uuid, key in keys.items() if str(uuid) == version), None)
        times[key] = times.get(key, 0) + 1
    versions = QuestionVersion.objects.filter(question_key__in=times).values_list("uuid", "question_key")
    return {str(uuid): times[key] for uuid, key in versions}


@transaction.atomic
def save_answer(*, attempt, item, answer, at):
    """Add an answer to the question in place `item` (from 0); None takes the answer back.

    Raises AttemptClosed, TooLate, and IndexError for no such place.
    """
    # The lock keeps a submit from grading between this check and the insert.
    fresh = Attempt.objects.select_for_update().only("state", "deadline", "blueprint").get(pk=attempt.pk)
    if not fresh.in_progress:
        raise AttemptClosed
    if fresh.is_over(at):
        raise TooLate
    if not 0 <= item < len(attempt.drawn):
        raise IndexError(item)
    return Response.objects.create(attempt=attempt, item=item, answer=answer, saved_at=at)


def answers(attempt):
    """The answer that counts for each answered question: `{item: answer}`."""
    return answers_of([attempt.pk]).get(attempt.pk, {})


def answers_of(attempts):
    """The same of many, given by id: `{attempt id: {item: answer}}`."""
    found = {}
    rows = Response.objects.filter(attempt__in=attempts).order_by("id").values_list("attempt", "item", "answer")
    for attempt, item, answer in rows:
        found.setdefault(attempt, {})[item] = answer
    return {
        attempt: {item: answer for item, answer in given.items() if answer is not None}
        for attempt, given in found.items()
    }


@transaction.atomic
def submit_attempt(*, attempt, at, attribution):
    """Hand in, once: a second call, also one at the same time, gets the attempt as it is and sends no signal.

    Graded at once unless something waits to be marked by hand. `attribution` says how the person was known; it is
    carried, not looked into.
    """
    fresh = Attempt.objects.select_for_update().select_related("person").get(pk=attempt.pk)
    if not fresh.in_progress:
        return fresh
    fresh.attribution = attribution
    return grade.close(fresh, answers(fresh), Attempt.State.SUBMITTED, at)


def expire_attempts(*, at, limit=500):
    """Grade attempts whose time and grace are over, with what was saved. Returns how many."""
    overdue = Attempt.objects.over(at).order_by("deadline").values_list("pk", flat=True)[:limit]
    return sum(_expire(pk, at) for pk in list(overdue))


@transaction.atomic
def _expire(pk, at):
    # Each by itself: somebody may hand in at this moment, and one that fails must not hold up the others.
    attempt = Attempt.objects.select_for_update().select_related("person").get(pk=pk)
    if not attempt.in_progress or not attempt.is_over(at):
        return 0
    grade.close(attempt, answers(attempt), Attempt.State.EXPIRED, attempt.deadline)
    return 1
