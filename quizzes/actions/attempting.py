"""Starting: what is drawn, arranged and promised is pinned here."""

import datetime
import secrets

from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, CharField, UUIDField
from django.utils.translation import gettext as _

from content.prepared import Prepared

from .. import blueprints, standing
from ..kinds import KINDS
from ..models import Attempt, ExtraTime, QuestionVersion

chance = secrets.SystemRandom()


_mine = Prepared(
    lambda person, quiz_key, context: Attempt.objects.of(person, quiz_key, context).order_by("number"),
    person=BigIntegerField(),
    quiz_key=UUIDField(),
    context=CharField(),
)


class NoAttemptsLeft(Exception):
    """All attempts that the quiz allows in this context are used."""


class TooSoon(Exception):
    """The quiz asks for a wait between attempts; `until` is the instant from which the next may begin."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until


def start_attempt(*, person, quiz_key, context, blueprint, language, at, attribution=""):
    """The attempt in progress of this person, quiz and context; begun if there is none.

    Drawn questions, their arrangement and the deadline are pinned here, from the pools in the blueprint (see
    `blueprints.py`). Raises NoAttemptsLeft and TooSoon.
    """
    # One query for all questions: between two, another tab could begin the last attempt.
    mine = _mine(person=person.pk, quiz_key=quiz_key, context=context)
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
    now = standing.of(mine, rules, at)
    if not now.left:
        raise NoAttemptsLeft
    if now.opens_at:
        raise TooSoon(now.opens_at)


def _deadline(person, rules, at):
    if not rules["time_limit"]:
        return None
    extra = ExtraTime.objects.running().filter(person=person).values_list("percent", flat=True).first() or 0
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
    versions = QuestionVersion.objects.shown(order)
    return [{"version": name} | picked[name] | _arrange(versions[name], rules) for name in order]


def _arrange(version, rules):
    shown = next(iter(version.shown.values()))
    return KINDS[version.kind].arrange(shown, chance, rules["shuffle_answers"])


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
