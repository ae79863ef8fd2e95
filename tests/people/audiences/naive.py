"""What a rule means, said a second time: by looking at every person, position and employment, one after the other."""

import datetime
from dataclasses import dataclass, field


@dataclass
class Somebody:
    pk: int
    merged: bool = False
    tags: set = field(default_factory=set)
    held: list = field(default_factory=list)
    employed: list = field(default_factory=list)


def selected(rule, people, on):
    """Ids of the people whom a rule selects on that date."""
    return {who.pk for who in people if not who.merged and _running(who.employed, on) and _selects(rule, who, on)}


def _running(rows, on):
    return [row for row in rows if row.starts_on <= on and (row.ends_on is None or row.ends_on > on)]


def _selects(rule, who, on):
    held, employed = _running(who.held, on), _running(who.employed, on)
    if rule == {"and": []}:
        return bool(held)
    return any(_holds(rule, who, on, position, employment) for position in [None, *held] for employment in employed)


def _holds(rule, who, on, position, employment):
    ((word, value),) = rule.items()
    if word == "not":
        return not _selects(value, who, on)
    if word == "or":
        return any(_holds(part, who, on, position, employment) for part in value)
    if word == "and":
        return all(
            _selects(part, who, on) if "and" in part else _holds(part, who, on, position, employment) for part in value
        )
    if word == "tag":
        return bool(who.tags & set(value))
    return CONDITIONS[word](value, position, employment, on)


def _of_position(holds):
    return lambda value, position, employment, on: position is not None and holds(value, position)


CONDITIONS = {
    "position": _of_position(lambda value, row: str(row.position.uuid) in value),
    "facility": _of_position(lambda value, row: str(row.facility.uuid) in value),
    "country": _of_position(lambda value, row: row.facility.country in value),
    "role": _of_position(lambda value, row: bool(set(row.position.roles) & set(value))),
    "sensitive": _of_position(lambda value, row: row.position.sensitive == value),
    "kind": lambda value, position, row, on: row.kind in value,
    "employer": lambda value, position, row, on: str(row.employer.uuid) in value,
    "hired_before": lambda value, position, row, on: row.starts_on < datetime.date.fromisoformat(value),
    "hired_from": lambda value, position, row, on: row.starts_on >= datetime.date.fromisoformat(value),
    "hired_within": lambda value, position, row, on: (on - row.starts_on).days < value,
}
