"""Rules as people read them: as one sentence, and as an outline of numbered lines."""

import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Employment
from ..training_roles import TRAINING_ROLES
from . import rules


def sentence(rule, names):
    """The whole rule: “Drivers or gate guards, at Nuevo Laredo, not hired before 1 May 2024”."""
    return capfirst(_said(rule, names, top=True))


def outline(rule, names, path=()):
    """`[(path, line)]`: each group and condition on a line of its own."""
    inner = rule.get("not", rule)
    ((word, value),) = inner.items()
    if word not in rules.GROUPS:
        return [(path, _said(rule, names))]
    lines = [(path, heading(rule))]
    for index, part in enumerate(value):
        lines += outline(part, names, (*path, index))
    return lines


def heading(group):
    """What a group says of the parts in it."""
    if group == rules.EVERYBODY:
        return _("Everybody who holds a position")
    negated = "not" in group
    if "and" in (group["not"] if negated else group):
        return _("Not all of these together:") if negated else _("All of these:")
    return _("None of these:") if negated else _("At least one of these:")


def _said(rule, names, *, top=False):
    ((word, value),) = rule.items()
    if word == "not":
        return _not(value, names)
    if word == "and":
        return _all(value, names, top)
    if word == "or":
        said = [_said(part, names) for part in value]
        return alternatives(said, semicolon=top) if top or len(said) == 1 else f"({alternatives(said)})"
    return _condition(word, value, names)


def _all(parts, names, top):
    if not parts:
        return _("everybody who holds a position")
    said = [_also(part, names) if index else _said(part, names) for index, part in enumerate(parts)]
    listed = ", ".join(said)
    return listed if top or len(said) == 1 else f"({listed})"


def _also(part, names):
    """A group in an `and` may be about another position, and says so."""
    if "and" in part:
        return _("and also %(group)s") % {"group": _said(part, names)}
    return _said(part, names)


def _not(part, names):
    if part == {"sensitive": False}:
        return _("no position that is not sensitive")
    return _("not %(condition)s") % {"condition": _said(part, names)}


def alternatives(said, *, semicolon=False):
    """“one, two or three”; longer parts stay apart by semicolons."""
    said = list(said)
    if len(said) < 2:
        return said[0] if said else _("nothing")
    separator = "; " if semicolon and any(", " in one for one in said) else ", "
    last = _("; or %(last)s") if separator == "; " else _(" or %(last)s")
    return separator.join(said[:-1]) + last % {"last": said[-1]}


def _condition(word, value, names):
    if word == "sensitive":
        return _("in a sensitive position") if value else _("in a position that is not sensitive")
    if word == "hired_within":
        return ngettext("hired within the last %(n)d day", "hired within the last %(n)d days", value) % {"n": value}
    if word in rules.DAYS:
        day = date_format(datetime.date.fromisoformat(value))
        return (_("hired before %(day)s") if word == "hired_before" else _("hired on or after %(day)s")) % {"day": day}
    listed = alternatives(sorted(label(word, one, names) for one in value))
    return _listed(word) % {"names": listed}


def _listed(word):
    return {
        "position": "%(names)s",
        "facility": _("at %(names)s"),
        "country": _("at a facility in %(names)s"),
        "role": _("trained as %(names)s"),
        "kind": _("employed as %(names)s"),
        "employer": _("employed by %(names)s"),
        "tag": _("tagged %(names)s"),
    }[word]


def label(word, value, names):
    """The name of one choice of a condition."""
    if word == "role":
        return f"“{TRAINING_ROLES[value]}”"
    if word == "kind":
        return str(Employment.Kind(value).label)
    if word in rules.ROWS:
        return names.get((word, value)) or _("something unknown (%(uuid)s)") % {"uuid": value[:8]}
    return value
