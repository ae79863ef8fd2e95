"""Audience rules: a small tree of plain data. What it means on a date is in `selection.py`, how it reads in `words.py`.

A rule is a group or a condition, each a dictionary with one word:

    {"and": [rule, …]}  {"or": [rule, …]}  {"not": rule}
    {"position": [uuid, …]}  {"facility": [uuid, …]}  {"country": ["MX", …]}  {"role": ["drivers", …]}
    {"sensitive": true}                                         about a position held
    {"kind": ["temporary", …]}  {"employer": [uuid, …]}
    {"hired_before": "2024-05-01"}  {"hired_from": "2024-05-01"}  {"hired_within": 30}      about an employment
    {"tag": [uuid, …]}                                          about the person

Values of a list are alternatives. The rule `{"and": []}` selects everybody who holds a position.
"""

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ..training_roles import TRAINING_ROLES

MAX_DEPTH = 5
MAX_CONDITIONS = 100
MAX_VALUES = 2000
MAX_DAYS = 36_500

EVERYBODY = {"and": []}
GROUPS = {"and", "or"}
HELD = {"position", "facility", "country", "role", "sensitive"}
EMPLOYED = {"kind", "employer", "hired_before", "hired_from", "hired_within"}
# Conditions that name rows of the database, and the model they are rows of.
ROWS = {"position": "Position", "facility": "Facility", "employer": "Employer", "tag": "Tag"}
KINDS = {"employee", "temporary", "contractor", "partner"}
LISTS = {*ROWS, "country", "role", "kind"}
DAYS = {"hired_before", "hired_from"}
# In the order in which the editor offers them.
LABELS = {
    "position": _lazy("Position"),
    "facility": _lazy("Facility"),
    "country": _lazy("Country of the facility"),
    "role": _lazy("Training role"),
    "sensitive": _lazy("Sensitive position"),
    "kind": _lazy("Kind of employment"),
    "employer": _lazy("Employer"),
    "hired_before": _lazy("Hired before"),
    "hired_from": _lazy("Hired on or after"),
    "hired_within": _lazy("Hired within the last … days"),
    "tag": _lazy("Tag"),
}


def validate(rule):
    """Raises ValidationError with one message for each part that is wrong."""
    refuse(problems(rule))


def refuse(found):
    """Raises ValidationError for problems, if there are any, each with the name of its part."""
    if found:
        raise ValidationError([f"{name_of(path, part)}: {message}" for path, part, message in found])


def problems(rule):
    """`[(path, part, message)]` of what cannot be compiled; a path leads from group to group, `()` is the whole."""
    check = _Check()
    check.part(rule, (), 1)
    return check.found


def name_of(path, part=None):
    """What people call a part: by its number in the editor, and by what a condition is about."""
    where = _("Part %(number)s") % {"number": number_of(path)} if path else _("The rule")
    word = word_of(part["not"]) if word_of(part) == "not" else word_of(part)
    return f"{where} ({LABELS[word]})" if path and word in LABELS else where


def number_of(path):
    return ".".join(str(index + 1) for index in path)


def word_of(part):
    """The one word of a group or condition, or None for anything else."""
    return next(iter(part)) if isinstance(part, dict) and len(part) == 1 else None


class _Check:
    def __init__(self):
        self.found, self.conditions, self.values = [], 0, 0

    def part(self, part, path, depth):
        word = word_of(part)
        if word == "not":
            if word_of(part["not"]) == "not":
                self._wrong(path, part, _("“not” twice is no “not” at all; take both away."))
            else:
                self.part(part["not"], path, depth)
        elif word in GROUPS:
            self._group(part, path, depth)
        elif word in LABELS:
            self._condition(part, path)
        else:
            self._wrong(path, part, _("This is not an audience rule."))

    def _wrong(self, path, part, message):
        self.found.append((path, part, message))

    def _group(self, group, path, depth):
        ((word, parts),) = group.items()
        if not isinstance(parts, list):
            self._wrong(path, group, _("This is not an audience rule."))
        elif depth > MAX_DEPTH:
            self._wrong(path, group, _("Groups stand in one another more than %(n)d deep.") % {"n": MAX_DEPTH})
        elif not parts and (path or word == "or"):
            self._wrong(path, group, _("This group is empty; add a condition, or remove the group."))
        else:
            for index, part in enumerate(parts):
                if self.conditions > MAX_CONDITIONS or self.values > MAX_VALUES:
                    break
                self.part(part, (*path, index), depth + 1)

    def _condition(self, part, path):
        ((word, value),) = part.items()
        self.conditions += 1
        self.values += len(value) if isinstance(value, list) else 1
        if self.conditions > MAX_CONDITIONS:
            self._wrong((), None, _("There are more than %(n)d conditions.") % {"n": MAX_CONDITIONS})
        elif self.values > MAX_VALUES:
            self._wrong((), None, _("There are more than %(n)d choices in all.") % {"n": MAX_VALUES})
        elif message := _wrong_with(word, value):
            self._wrong(path, part, message)


def _wrong_with(word, value):
    """What is wrong with the value of a condition, or None."""
    if word == "sensitive":
        return None if isinstance(value, bool) else _("Say yes or no.")
    if word == "hired_within":
        if type(value) is int and 1 <= value <= MAX_DAYS:
            return None
        return _("Enter a number of days from 1 to %(n)d.") % {"n": MAX_DAYS}
    if word in DAYS:
        return None if _is_day(value) else _("Enter a date.")
    if not isinstance(value, list) or not value:
        return _("Choose at least one.")
    good = {"country": _is_country, "role": TRAINING_ROLES.__contains__, "kind": KINDS.__contains__}.get(word, _is_uuid)
    for one in value:
        if not isinstance(one, str) or not good(one):
            return _("“%(value)s” is not one of the choices.") % {"value": str(one)[:60]}
    return None


def _is_day(value):
    try:
        return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_country(value):
    return len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()


def _is_uuid(value):
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False


def normal(rule):
    """The one way to write what a valid rule says: values sorted and once each, a group at the top."""
    return _in_group(_sorted(rule))


def _in_group(rule):
    inner = rule.get("not", rule)
    return rule if word_of(inner) in GROUPS else {"and": [rule]}


def _sorted(rule):
    ((word, value),) = rule.items()
    if word == "not":
        return {"not": _sorted(value)}
    if word in GROUPS:
        return {word: [_sorted(part) for part in value]}
    return {word: sorted(set(value)) if isinstance(value, list) else value}


def conditions(rule, path=()):
    """`(path, condition)` of every condition of a valid rule."""
    ((word, value),) = rule.items()
    if word == "not":
        yield from conditions(value, path)
    elif word in GROUPS:
        for index, part in enumerate(value):
            yield from conditions(part, (*path, index))
    else:
        yield path, rule


def positions_and_facilities(*, positions, facilities):
    """The rule that lists positions and facilities; an empty list does not narrow."""
    parts = []
    if positions:
        parts.append({"position": sorted(str(position.uuid) for position in positions)})
    if facilities:
        parts.append({"facility": sorted(str(facility.uuid) for facility in facilities)})
    return {"and": parts}
