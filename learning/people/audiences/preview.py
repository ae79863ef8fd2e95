"""Whom a rule selects on a date, in numbers and a few names; and who would come in and drop out by a change."""

import hashlib
import json
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import ngettext

from ..models import Person, PositionHeld
from . import naming, rules, selection, words

NAMES = 10


@dataclass
class Some:
    """How many they are, and the first of them."""

    number: int
    people: list

    @property
    def more(self):
        return self.number - len(self.people)


@dataclass
class Preview:
    on: object
    selected: Some
    limited: bool
    seen: str = ""
    version: object = None
    come_in: Some | None = None
    drop_out: Some | None = None


def preview(rule, *, on, user, version=None):
    """What a valid rule selects among the people that the user may see, compared with a version of an audience."""
    everybody = Person.objects.employed(on).visible_to(user, on)
    new = selection.condition(rule, on)
    shown = Preview(on, _some(everybody.filter(new), on), bool(user.facility_limits), seen(rule, version))
    if version and rules.normal(version.rule) != rules.normal(rule):
        old = selection.condition(version.rule, on)
        shown.version = version
        shown.come_in = _some(everybody.filter(new, ~old), on)
        shown.drop_out = _some(everybody.filter(old, ~new), on)
    return shown


def in_short(audience, *, on, user):
    """How many people an audience selects, of those whom the user may see, and its rule in words."""
    newest = audience.versions.order_by("-number").first()
    if newest is None:
        return ""
    number = Person.objects.in_audience(newest.rule, on).visible_to(user, on).count()
    return ngettext("%(number)d person today: %(rule)s.", "%(number)d people today: %(rule)s.", number) % {
        "number": number,
        "rule": words.sentence(newest.rule, naming.names([newest.rule])),
    }


def seen(rule, version):
    """What says, when a rule is saved, that exactly this change of exactly this version was looked at."""
    said = json.dumps([rules.normal(rule), version.number if version else 0], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def _some(people, on):
    number = people.count()
    if not number:
        return Some(0, [])
    held = PositionHeld.objects.on(on).select_related("position", "facility")
    first = people.order_by("last_name", "first_name", "number").prefetch_related(
        Prefetch("positions_held", held, to_attr="holds")
    )
    return Some(number, list(first[:NAMES]))
