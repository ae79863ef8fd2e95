"""The employments of one person: which of the file is which of ours, and what changes. Pure."""

import datetime

from django.utils.translation import gettext as _

from .difference import Wanting
from .lookups import EMPLOYER_OF, KIND_AT
from .said import DAY


def compare(now, said, terms, difference):
    standing = list(now.employments) if now else []
    pairs, new = _pair(standing, said, terms)
    ends_before = {row.pk: row.ends_on for row in standing}
    for row, given in pairs:
        _change(row, given, terms, difference)
    for given in new:
        if now is None or _begins_again(now, given, terms):
            _begin(given, standing, terms, difference)
    _say_after(standing, said, difference)
    _refuse_overlap(said, difference)
    if now and _all_ended(difference) and _newly(ends_before, difference):
        difference.gone = datetime.date.fromisoformat(max(row[1] for row in difference.after))


def _pair(standing, said, terms):
    """`([(ours, the file's), …], [the file's without one of ours, …])`."""
    lookups, left, pairs, new = terms.lookups, list(standing), [], list(said.employments)

    def employer(given):
        return lookups.find("employer", given.employer) if given.employer else None

    def take(fits):
        for given in list(new):
            row = next((row for row in left if fits(row, given)), None)
            if row is not None:
                pairs.append((row, given))
                left.remove(row)
                new.remove(given)

    def same_employer(row, given):
        return employer(given) in (None, row.employer)

    take(lambda row, given: given.hired_on == row.starts_on and same_employer(row, given))
    take(lambda row, given: given.hired_on == row.starts_on)
    take(lambda row, given: not given.hired_on and given.left_on and given.ends_on == row.ends_on)
    take(lambda row, given: _may_be(row, given, terms) and same_employer(row, given))
    take(lambda row, given: _may_be(row, given, terms))
    if len(said.employments) == 1 and new and not new[0].hired_on and new[0].left_on and left:
        # Somebody who left at another time than we knew.
        pairs.append((left.pop(), new.pop()))
    return pairs, new


def _may_be(row, given, terms):
    """Whether an employment that goes on can be the one of the file: not when the file tells of other days."""
    if not row.reaches(terms.today):
        return False
    return not (given.hired_on and given.left_on and given.ends_on <= row.starts_on)


def _change(row, given, terms, difference):
    find = terms.lookups.find
    employer = find("employer", given.employer) if given.employer else row.employer
    company = find("company", given.company) if given.company else row.company
    if (employer, company) != (row.employer, row.company):
        since = given.hired_on or terms.start()
        if since > row.starts_on:
            _end(row, since, difference)
            _begin(given, [row], terms, difference, since=since)
            return
    values = {}
    for name, column, new in (
        ("employer", "employer", employer),
        ("company", "company", company),
        ("kind", "kind", given.kind or row.kind),
    ):
        old = getattr(row, name)
        if new != old:
            values[name] = new
            label = terms.lookups.label if name != "kind" else str
            difference.tell(column, label(old), label(new))
    if given.hired_on and given.hired_on != row.starts_on:
        values["starts_on"] = given.hired_on
        difference.tell("hired_on", row.starts_on, given.hired_on)
    if "manager_number" in terms.columns and given.manager != row.manager:
        values["manager"] = given.manager
        difference.tell("manager_number", row.manager, given.manager)
    _end_as_said(row, given, terms, values, difference)
    if values:
        _check_days(row, given, values)
        difference.alter("employment", row, **values)


def _end_as_said(row, given, terms, values, difference):
    if "left_on" in terms.columns:
        ends_on = given.ends_on
    elif row.reaches(terms.today):
        return
    else:
        # Listed again with the same first day: the employment never ended.
        ends_on = None
    if ends_on != row.ends_on:
        values["ends_on"] = ends_on
        difference.tell("left_on", _last_day(row.ends_on), given.left_on)


def _last_day(ends_on):
    return ends_on and ends_on - DAY


def _check_days(row, given, values):
    begins, ends = values.get("starts_on", row.starts_on), values.get("ends_on", row.ends_on)
    if ends and ends <= begins:
        raise Wanting(given.row, "left_on", _("is before %(day)s, when the employment began") % {"day": begins})


def _end(row, since, difference):
    if row.ends_on is None or row.ends_on > since:
        difference.tell("left_on", _last_day(row.ends_on), _last_day(since))
        difference.alter("employment", row, ends_on=since)


def _begins_again(now, given, terms):
    """Whether a person of ours begins a (further) employment by a row that matches none."""
    if given.says_anything:
        return True
    # In a full file, being listed is being employed; who never was has an account for another reason.
    return terms.full and bool(now.employments)


def _begin(given, standing, terms, difference, since=None):
    lookups = terms.lookups
    last = standing[-1] if standing else None
    starts_on = since or given.hired_on or terms.start()
    if given.left_on and given.ends_on <= starts_on:
        raise Wanting(given.row, "hired_on", _("is needed for somebody who left before %(day)s") % {"day": starts_on})
    company = _company(given, last, terms)
    employer = _employer(given, last, company, terms)
    kind = given.kind or (last.kind if last and last.employer == employer else "") or terms.kind
    kind = kind or KIND_AT[lookups.things[employer].extra or "own"]
    difference.begin(
        "employment",
        company=company,
        employer=employer,
        kind=kind,
        manager=given.manager,
        starts_on=starts_on,
        ends_on=given.ends_on,
    )
    if standing:
        difference.tell("employer", "", lookups.label(employer))
        difference.tell("hired_on", "", starts_on)
    if given.left_on and standing:
        difference.tell("left_on", "", given.left_on)


def _company(given, last, terms):
    lookups = terms.lookups
    if given.company:
        return lookups.find("company", given.company)
    facility = lookups.find("facility", given.facility) if given.facility else terms.facility
    found = (lookups.things[facility].extra if facility else "") or (last.company if last else "")
    found = found or lookups.only("company")
    if not found:
        raise Wanting(given.row, "company", _("say which company: there are several, or none yet"))
    return found


def _employer(given, last, company, terms):
    lookups = terms.lookups
    if given.employer:
        return lookups.find("employer", given.employer)
    found = terms.employer or (last.employer if last else "")
    kind = EMPLOYER_OF.get(given.kind or terms.kind or "employee")
    if not found:
        found = lookups.own_employer(company) if kind == "own" else lookups.only("employer", kind)
    if not found:
        raise Wanting(given.row, "employer", _("say which employer"))
    return found


def _say_after(standing, said, difference):
    changed = {pk: values for what, pk, _at, values in difference.change if what == "employment"}
    for row in standing:
        values = changed.get(row.pk, {})
        difference.after.append(
            (
                values.get("starts_on") or row.starts_on.isoformat(),
                values["ends_on"] if "ends_on" in values else row.ends_on and row.ends_on.isoformat(),
                values.get("employer", row.employer),
                values.get("manager", row.manager),
            )
        )
    for what, values in difference.add:
        if what == "employment":
            difference.after.append((values["starts_on"], values["ends_on"], values["employer"], values["manager"]))


def _refuse_overlap(said, difference):
    """One person works for one employer once at a time."""
    if not any(entry[0] == "employment" for entry in (*difference.change, *difference.add)):
        return
    rows = sorted(difference.after, key=lambda row: (row[2], row[0]))
    for one, next_one in zip(rows, rows[1:], strict=False):
        if one[2] == next_one[2] and (one[1] is None or one[1] > next_one[0]):
            raise Wanting(
                said.employments[-1].row,
                "hired_on",
                _("%(number)s would work twice at once for the same employer, from %(first)s and from %(second)s")
                % {"number": said.number, "first": one[0], "second": next_one[0]},
            )


def _all_ended(difference):
    return bool(difference.after) and all(row[1] for row in difference.after)


def _newly(ends_before, difference):
    """Whether this import ends something that went on."""
    ends = {pk: values.get("ends_on") for what, pk, _at, values in difference.change if what == "employment"}
    return any(
        ends_on and (ends_before[pk] is None or ends_on < ends_before[pk].isoformat()) for pk, ends_on in ends.items()
    )
