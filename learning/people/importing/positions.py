"""The positions one person holds: which of the file is which of ours, and what changes. Pure."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .difference import Wanting
from .said import DAY


@dataclass
class Given:
    """A position of the file in our words; `ends_on` as the row says it, `left` as the employment implies it."""

    row: int
    position: str
    facility: str
    starts_on: object
    ends_on: object
    left: object
    hired_on: object

    @property
    def what(self):
        return self.position, self.facility

    @property
    def implied(self):
        return self.ends_on or self.left


def compare(now, said, terms, difference):
    standing = list(now.positions) if now else []
    given = [_given(item, standing, terms, difference) for item in said.positions]
    given = list({(*item.what, item.starts_on, item.ends_on): item for item in given if item}.values())
    pairs, new, left = _pair(standing, given, terms)
    for row, item in pairs:
        _change(row, item, terms, difference)
    begun = [_begin(item, terms, difference) for item in new]
    if given:
        _end_unlisted(
            left, {(row.position, row.facility, row.starts_on) for row, _item in pairs}, begun, terms, difference
        )
    if difference.gone:
        _end_with_employment([row for row in standing if row not in [pair[0] for pair in pairs]], difference)
    _tell(standing, terms, difference)


def _given(item, standing, terms, difference):
    """The row in our words; what it leaves out is what the person holds already, if that is one thing."""
    find, employment = terms.lookups.find, item.employment
    held = [row for row in standing if row.reaches(terms.today)]
    position = find("position", item.position) if item.position else None
    facility = find("facility", item.facility) if item.facility else None
    if position is None:
        titles = {row.position for row in held}
        if len(titles) != 1:
            if facility in {row.facility for row in held}:
                return None
            raise Wanting(
                item.row, "position", _("say which position is held at %(facility)s") % {"facility": item.facility}
            )
        position = titles.pop()
    if facility is None:
        places = {row.facility for row in held if row.position == position} or {row.facility for row in held}
        facility = places.pop() if len(places) == 1 else terms.facility or terms.lookups.only("facility")
        if not facility:
            raise Wanting(item.row, "facility", _("say where %(position)s is worked") % {"position": item.position})
    return Given(item.row, position, facility, item.starts_on, item.ends_on, employment.ends_on, employment.hired_on)


def _pair(standing, given, terms):
    """`([(ours, the file's), …], [the file's without one of ours, …], [ours that the file does not list, …])`."""
    left, pairs, new = list(standing), [], list(given)

    def take(fits):
        for item in list(new):
            row = next((row for row in left if fits(row, item)), None)
            if row is not None:
                pairs.append((row, item))
                left.remove(row)
                new.remove(item)

    def same(row, item):
        return (row.position, row.facility) == item.what

    take(lambda row, item: same(row, item) and row.starts_on == item.starts_on and row.ends_on == item.implied)
    take(lambda row, item: same(row, item) and row.starts_on == item.starts_on)
    take(lambda row, item: same(row, item) and not item.starts_on and item.implied and row.ends_on == item.implied)
    take(lambda row, item: same(row, item) and row.reaches(terms.today) and not _elsewhen(row, item))
    # The same day and another place or title: what was said of that day was wrong.
    take(lambda row, item: row.starts_on == (item.starts_on or terms.since) and row.reaches(terms.today))
    return pairs, new, left


def _elsewhen(row, item):
    """Whether the file tells of days that are over before ours began."""
    return bool(item.ends_on and item.ends_on <= row.starts_on)


def _change(row, item, terms, difference):
    values = {}
    if item.what != (row.position, row.facility):
        values |= {"position": item.position, "facility": item.facility}
    if item.starts_on and item.starts_on != row.starts_on:
        values["starts_on"] = item.starts_on
        difference.tell("position_from", row.starts_on, item.starts_on)
    ends_on = _end_said(row, item, terms, difference)
    if ends_on != row.ends_on:
        values["ends_on"] = ends_on
        difference.tell("position_until", row.ends_on and row.ends_on - DAY, ends_on and ends_on - DAY)
    if values:
        begins = values.get("starts_on", row.starts_on)
        if ends_on and ends_on <= begins:
            raise Wanting(item.row, "position_until", _("is before %(day)s, when the position began") % {"day": begins})
        difference.alter("position", row, **values)


def _end_said(row, item, terms, difference):
    """The first day on which the position is not held any more, as the file has it."""
    if item.ends_on:
        return item.ends_on
    if item.left and (difference.gone is None and row.ends_on is None):
        # The employment had ended before this import, and whoever ended it left the position open.
        return None
    if "position_until" in terms.columns:
        return item.left
    if item.left and row.reaches(item.left):
        return item.left
    return row.ends_on


def _begin(item, terms, difference):
    starts_on = item.starts_on
    if starts_on is None:
        starts_on = max(terms.start(), item.hired_on) if item.hired_on else terms.start()
        if item.implied and item.implied <= starts_on and item.hired_on:
            starts_on = item.hired_on
    if item.implied and item.implied <= starts_on:
        raise Wanting(item.row, "position_from", _("%(day)s is after the last day") % {"day": starts_on})
    difference.begin(
        "position", position=item.position, facility=item.facility, starts_on=starts_on, ends_on=item.implied
    )
    return item.row, starts_on, item.implied


def _end_unlisted(left, listed, begun, terms, difference):
    """Positions that go on here and are not in the file end where the new ones begin, or when somebody says."""
    going_on = [starts_on for _row, starts_on, ends_on in begun if ends_on is None or ends_on > terms.today]
    for row in left:
        if not row.runs(terms.today) or (row.position, row.facility, row.starts_on) in listed:
            continue
        if terms.facilities is not None and row.facility not in terms.facilities:
            continue
        since = min(going_on) if going_on else terms.start()
        if row.ends_on and row.ends_on <= since:
            continue
        if since <= row.starts_on and begun:
            raise Wanting(
                begun[0][0],
                "position_from",
                _("%(day)s is not after %(began)s, when %(position)s began")
                % {"day": since, "began": row.starts_on, "position": terms.lookups.label(row.position)},
            )
        if row.starts_on >= terms.today:
            difference.take_back("position", row)
        else:
            difference.alter("position", row, ends_on=since if since > row.starts_on else terms.today)


def _end_with_employment(left, difference):
    """Who leaves holds no position any more, and begins none."""
    for row in left:
        if not row.reaches(difference.gone):
            continue
        if row.starts_on >= difference.gone:
            difference.take_back("position", row)
        else:
            difference.alter("position", row, ends_on=difference.gone)


def _tell(standing, terms, difference):
    """Positions that begin and end, for people to read: one for another as one line."""
    label, rows = terms.lookups.label, {row.pk: row for row in standing}

    def name(position, facility):
        return f"{label(position)} · {label(facility)}"

    old, new = [], []
    for what, pk, _at, values in difference.change:
        if what != "position":
            continue
        row = rows[pk]
        if "position" in values:
            difference.tell("position", name(row.position, row.facility), name(values["position"], values["facility"]))
        elif values.get("ends_on") and not any(column == "position_until" for column, _o, _n in difference.changes):
            until = (datetime.date.fromisoformat(values["ends_on"]) - DAY).isoformat()
            old.append(_("%(position)s, until %(day)s") % {"position": name(row.position, row.facility), "day": until})
    for what, pk, _at in difference.back:
        if what == "position":
            old.append(name(rows[pk].position, rows[pk].facility))
    for what, values in difference.add:
        if what == "position":
            position = name(values["position"], values["facility"])
            new.append(_("%(position)s, from %(day)s") % {"position": position, "day": values["starts_on"]})
    if len(old) == len(new) == 1:
        difference.tell("position", old[0], new[0])
    else:
        for text in old:
            difference.tell("position", text, "")
        for text in new:
            difference.tell("position", "", text)
