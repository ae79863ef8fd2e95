"""Audience rules: a small tree of plain data, compiled to one condition on positions held.

A rule is `{"and": [rule, …]}`, `{"position": [uuid, …]}` or `{"facility": [uuid, …]}`, the uuids as strings.
An empty `and` selects everybody who holds any position.
"""

import uuid

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

FIELDS = {"position": "position__uuid__in", "facility": "facility__uuid__in"}


def validate(rule):
    """Raises ValidationError for anything that `condition` cannot compile."""
    try:
        condition(rule)
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise ValidationError(_("This is not an audience rule.")) from error


def condition(rule):
    """The condition on PositionHeld that a rule stands for."""
    ((word, argument),) = rule.items()
    if word == "and":
        selected = Q()
        for part in argument:
            selected &= condition(part)
        return selected
    return Q(**{FIELDS[word]: [uuid.UUID(value) for value in argument]})


def positions_and_facilities(*, positions, facilities):
    """The rule that lists positions and facilities; an empty list does not narrow."""
    parts = []
    if positions:
        parts.append({"position": sorted(str(position.uuid) for position in positions)})
    if facilities:
        parts.append({"facility": sorted(str(facility.uuid) for facility in facilities)})
    return {"and": parts}


def listed(rule):
    """`(uuids of positions, uuids of facilities)` of a rule as `positions_and_facilities` makes it, or None."""
    parts = rule.get("and")
    words = [word for part in parts or () for word in part]
    if parts is None or not FIELDS.keys() >= set(words) or len(words) > len(set(words)):
        return None
    said = {word: uuids for part in parts for word, uuids in part.items()}
    return said.get("position", []), said.get("facility", [])
