"""What an audience rule means on a date, compiled to one condition on people.

A rule is asked of people who are employed on that local date, and of what held on it.

1. Each `and` group speaks of ONE position held and ONE employment: the conditions about a position in it all hold for
   the same position (a driver at El Paso is not a driver elsewhere who is also a clerk at El Paso), and those about an
   employment for the same employment.
2. An `or` group inside an `and` gives alternatives for that same position and employment; so does an `and` inside that
   `or`.
3. An `and` group directly inside an `and` speaks of a position and an employment of its own, which may be others.
4. `not` is about the person: it leaves out whoever what it holds would select by itself, by any position or employment.
5. `{"and": []}` selects whoever holds a position. Other rules select people without one as well, unless a condition
   about a position keeps them out.
"""

import datetime
from dataclasses import dataclass, replace

from django.apps import apps
from django.db.models import BooleanField, Exists, Func, OuterRef, Q

from . import rules

LOOKUPS = {
    "position": "position__uuid__in",
    "facility": "facility__uuid__in",
    "country": "facility__country__in",
    "role": "position__in",
    "sensitive": "position__sensitive",
    "kind": "kind__in",
    "employer": "employer__uuid__in",
    "hired_before": "starts_on__lt",
    "hired_from": "starts_on__gte",
    "hired_within": "starts_on__gt",
}
NOBODY = Q(pk__in=[])
HELD, EMPLOYED = "held", "employed"


def condition(rule, on, *, few=False):
    """The condition on people, employed on that local date, that a valid rule stands for.

    `few` says that it will be asked of a few people only, so that looking at everybody's rows would cost more.
    """
    return _by_itself(rule, _Who(on, few))


def brought_by(rule, on, *, few=False):
    """The positions held on that local date by which the rule selects people; None if it asks for none."""
    scopes = list(_scopes(rule))
    if not scopes:
        return None
    selected = NOBODY
    for parts in scopes:
        about = frozenset().union(*(_about(part) for part in parts))
        row = _Row(_Who(on, few).on_row(), "", "person__employments__" if EMPLOYED in about else None)
        selected |= _on_rows(parts, row) if parts else ~NOBODY
    return _model("PositionHeld").objects.on(on).filter(selected)


@dataclass(frozen=True)
class _Who:
    """Who is asked about, where a condition is used: the name of the person's key there, and how to reach their rows.

    Databases join by an EXISTS among the `and`s at the top. Under `or` and `not` PostgreSQL would look it up for
    one person after the other: there an IN is right, which is computed once.
    """

    on: datetime.date
    few: bool
    key: str = "pk"
    at_top: bool = True

    def has(self, rows):
        if self.at_top or self.few:
            return Q(Exists(rows.filter(person=OuterRef(self.key))))
        return Q(**{f"{self.key}__in": rows.values("person")})

    def under(self):
        return replace(self, at_top=False)

    def on_row(self):
        return replace(self, key="person", at_top=False)


@dataclass(frozen=True)
class _Row:
    """The row that conditions are put to: how to reach the position held and the employment; None for none."""

    who: _Who
    held: str | None
    employment: str | None


def _model(name):
    # Managers import this module while the models are still being made.
    return apps.get_model("people", name)


def _about(part, in_and=True):
    """Whether a part of an `and` asks something of the position, or of the employment, that the `and` speaks of."""
    ((word, value),) = part.items()
    if word in rules.HELD:
        return frozenset([HELD])
    if word in rules.EMPLOYED:
        return frozenset([EMPLOYED])
    if word == "or" or (word == "and" and not in_and):
        return frozenset().union(*(_about(one, in_and=word == "and") for one in value))
    return frozenset()


def _only_held(part, in_and=True):
    """Whether a part of an `and` is made of nothing but conditions about the position that the `and` speaks of."""
    ((word, value),) = part.items()
    if word == "or" or (word == "and" and not in_and):
        return all(_only_held(one, in_and=word == "and") for one in value)
    return word in rules.HELD


def _possible_without(part, in_and=True):
    """Whether a part of an `and` can hold for somebody without a position."""
    ((word, value),) = part.items()
    if word in rules.HELD:
        return False
    if word == "or":
        return any(_possible_without(one, in_and=False) for one in value)
    if word == "and" and not in_and:
        return all(_possible_without(one) for one in value)
    return True


def _scopes(rule):
    """Of each part that speaks of a position of its own, outside of any `not`: what it asks of it."""
    ((word, value),) = rule.items()
    if word == "or":
        for part in value:
            yield from _scopes(part)
    elif word == "and":
        asked = [part for part in value if HELD in _about(part)]
        if asked or not value:
            yield asked
        for part in value:
            if rules.word_of(part) == "and":
                yield from _scopes(part)
    elif word in rules.HELD:
        yield [rule]


def _by_itself(rule, who):
    """The condition that a rule stands for with a position and an employment of its own."""
    ((word, value),) = rule.items()
    if word == "not":
        return ~_by_itself(value, who.under())
    if word == "or" and not _only_held(rule):
        selected = NOBODY
        for part in value:
            selected |= _by_itself(part, who.under())
        return selected
    if word == "tag":
        return who.has(_model("Person").tags.through.objects.filter(tag__uuid__in=value))
    parts = value if word == "and" else [rule]
    if word == "and" and len(parts) == 1:
        return _by_itself(parts[0], who)
    return _one_of_each(parts, who)


def _one_of_each(parts, who):
    """The condition that all parts hold for one position and one employment."""
    if not parts:
        return who.has(_model("PositionHeld").objects.on(who.on))
    selected, held, employed, both = Q(), [], [], []
    for part in parts:
        about = _about(part)
        if not about:
            selected &= _by_itself(part, who)
        else:
            (both if len(about) == 2 else held if HELD in about else employed).append(part)
    if both:
        return selected & _some_row(held + employed + both, who, with_employment=True)
    if held:
        selected &= _some_row(held, who, with_employment=False)
    if employed:
        selected &= who.has(_employments(employed, who))
    return selected


def _some_row(parts, who, *, with_employment):
    """The condition that parts which ask for a position hold for one position (and employment), or without any."""
    without = all(_possible_without(part) for part in parts)
    if without:
        who = who.under()
    row = _Row(who.on_row(), "", "person__employments__" if with_employment else None)
    selected = who.has(_model("PositionHeld").objects.on(who.on).filter(_on_rows(parts, row)))
    if not without:
        return selected
    if with_employment:
        return selected | who.has(_employments(parts, who))
    return selected | _on_rows(parts, _Row(who, None, None))


def _employments(parts, who):
    """The employments for which parts hold without any position."""
    return _model("Employment").objects.on(who.on).filter(_on_rows(parts, _Row(who.on_row(), None, "")))


def _on_rows(parts, row):
    """The condition on rows that all parts hold for them."""
    selected = Q()
    if row.employment:
        on = row.who.on
        # A join would also find what ended, and what was corrected since.
        selected &= Q(**{f"{row.employment}superseded_at__isnull": True, f"{row.employment}starts_on__lte": on})
        ends_on = f"{row.employment}ends_on"
        selected &= Q(**{f"{ends_on}__isnull": True}) | Q(**{f"{ends_on}__gt": on})
    for part in parts:
        selected &= _on_row(part, row, in_and=True)
    return selected


def _on_row(part, row, *, in_and):
    ((word, value),) = part.items()
    if word in rules.HELD:
        return NOBODY if row.held is None else Q(**{row.held + LOOKUPS[word]: _value(word, value, row.who.on)})
    if word in rules.EMPLOYED:
        return Q(**{row.employment + LOOKUPS[word]: _value(word, value, row.who.on)})
    if word == "or":
        selected = NOBODY
        for one in value:
            selected |= _on_row(one, row, in_and=False)
        return selected
    if word == "and" and not in_and:
        selected = Q()
        for one in value:
            selected &= _on_row(one, row, in_and=True)
        return selected
    return _by_itself(part, row.who)


def _value(word, value, on):
    if word == "role":
        return _model("Position").objects.filter(CarriesAny("roles", value))
    if word == "hired_within":
        return on - datetime.timedelta(days=min(value, (on - datetime.date.min).days))
    return value


class CarriesAny(Func):
    """Whether a JSON list of strings holds any of some strings."""

    output_field = BooleanField()

    def __init__(self, field, values):
        super().__init__(field)
        self.values = list(values)

    def as_postgresql(self, compiler, connection, **context):
        (field,) = self.source_expressions
        sql, params = compiler.compile(field)
        return f"jsonb_exists_any({sql}, %s::text[])", (*params, self.values)

    def as_sqlite(self, compiler, connection, **context):
        (field,) = self.source_expressions
        sql, params = compiler.compile(field)
        places = ", ".join(["%s"] * len(self.values))
        return f"EXISTS(SELECT 1 FROM json_each({sql}) WHERE json_each.value IN ({places}))", (*params, *self.values)
