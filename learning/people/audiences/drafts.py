"""A rule while it is edited: what the form's fields say, and what its buttons do. It need not be valid yet.

The fields of a part are named by its place: `rule:r` is the whole, `rule:r.1` its second part. `NAME:part` lists the
places in order; each has `NAME:PLACE:word` and, as the word demands, `:value`, `:match`, `:not` and, for a group,
`:new` (which condition its button adds).
"""

from copy import deepcopy

from . import rules

TOP = "r"
MATCHES = {"all": "and", "any": "or"}


class NotHere(Exception):
    """A button of a part that the form does not have."""


def read(data, name):
    """The rule that posted fields say; a new one where they say nothing."""
    places = data.getlist(f"{name}:part")
    if TOP not in places:
        return deepcopy(rules.EVERYBODY)
    found = {}
    for place in places[: 4 * rules.MAX_CONDITIONS]:
        above, _dot, _index = place.rpartition(".")
        if place in found or (place != TOP and found.get(above) is None) or place.count(".") > rules.MAX_DEPTH + 1:
            continue
        part, found[place] = _part(data, f"{name}:{place}")
        if place == TOP:
            top = part
        elif part:
            found[above].append(part)
    return top or deepcopy(rules.EVERYBODY)


def _part(data, field):
    """A part without what is in it, and the list to put that into if it is a group; None for what is no part."""
    word = data.get(f"{field}:word", "")
    if word == "group":
        parts = []
        part = {MATCHES.get(data.get(f"{field}:match"), "and"): parts}
    elif word in rules.LABELS:
        parts = None
        part = {word: _value(data, word, f"{field}:value")}
    else:
        return None, None
    return ({"not": part} if data.get(f"{field}:not") else part), parts


def _value(data, word, field):
    if word in rules.LISTS:
        return data.getlist(field)
    value = data.get(field, "").strip()
    if word == "sensitive":
        return {"yes": True, "no": False}.get(value)
    if word == "hired_within":
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else value
    return value


def do(rule, deed, data, name):
    """What a button named `NAME:do` does; returns the changed rule and the place to go on at. Raises NotHere.

    Deeds: `add PLACE` (the condition chosen at that group), `group PLACE`, `remove PLACE`; anything else looks only.
    """
    rule = deepcopy(rule)
    verb, _space, place = deed.partition(" ")
    if verb == "remove":
        above, _dot, index = place.rpartition(".")
        _at(rule, place)
        del _parts_at(rule, above)[int(index)]
        return rule, above
    if verb not in ("add", "group"):
        return rule, None
    parts = _parts_at(rule, place)
    if verb == "add":
        parts.append(_new(data.get(f"{name}:{place}:new", "")))
    else:
        parts.append({"or": []} if rules.word_of(_group_at(rule, place)) == "and" else {"and": []})
    return rule, f"{place}.{len(parts) - 1}"


def _new(word):
    if word not in rules.LABELS:
        raise NotHere(word)
    return {word: [] if word in rules.LISTS else True if word == "sensitive" else ""}


def _at(rule, place):
    top, *indexes = place.split(".")
    if top != TOP or not all(index.isdecimal() for index in indexes):
        raise NotHere(place)
    part = rule
    for index in indexes:
        inner = part.get("not", part)
        word = rules.word_of(inner)
        if word not in rules.GROUPS or int(index) >= len(inner[word]):
            raise NotHere(place)
        part = inner[word][int(index)]
    return part


def _group_at(rule, place):
    part = _at(rule, place)
    group = part.get("not", part)
    if rules.word_of(group) not in rules.GROUPS:
        raise NotHere(place)
    return group


def _parts_at(rule, place):
    group = _group_at(rule, place)
    return group[rules.word_of(group)]
