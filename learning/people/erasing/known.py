"""By which values a person is known to us, now and before: what a lawful erasure looks for."""

import json
import re
from dataclasses import dataclass
from functools import cached_property

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from ..models import ImportLine, Person

ERASED = "(erased)"
# A shorter one, such as a badge "7", stands in too many places that mean something else.
TELLING = 4
FIELDS = ("number", "first_name", "last_name", "email", "phone", "badge")


@dataclass(frozen=True)
class Known:
    """`values` is `{field of FIELDS or "name": set of texts}`; `accounts` are keys of all accounts of the person."""

    accounts: tuple
    values: dict

    @cached_property
    def names(self):
        """Whole names; of those of one word nothing is found in the text of others."""
        pairs = {f"{first} {last}".strip() for first in self.values["first_name"] for last in self.values["last_name"]}
        return {name for name in pairs | self.values["name"] if " " in name}

    @cached_property
    def everything(self):
        """Any of the values as words of their own: for what was said of this person, and for leftovers of files."""
        return _pattern(set().union(*self.values.values()) | self.names)

    @cached_property
    def telling(self):
        """What means this person and nobody else, in the text of others. A namesake's number saves the namesake."""
        said = {f"{name} · {number}" for name in self._said_names() for number in self.values["number"]}
        ways = {value for field in ("email", "phone", "badge") for value in self.values[field] if len(value) >= TELLING}
        return _pattern(said | ways | {_but(name) for name in self.names}, ready=True)

    def _said_names(self):
        return self.names | self.values["name"] | self.values["first_name"]


class _but(str):
    """A name, unless a staff number follows it as `Person.__str__` writes it: that is for the whole to match."""


def _pattern(texts, ready=False):
    """Any of the texts, the longest first, in any case."""
    texts = sorted((text for text in texts if text.strip()), key=len, reverse=True)
    if not texts:
        return re.compile(r"(?!)")
    parts = [re.escape(text) + (r"(?! · )" if isinstance(text, _but) else "") for text in texts]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def scrubbed(value, pattern):
    """The same JSON value, with `ERASED` wherever a text in it matches."""
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, list | tuple):
        return [scrubbed(item, pattern) for item in value]
    if isinstance(value, dict):
        return {scrubbed(key, pattern): scrubbed(item, pattern) for key, item in value.items()}
    return value


def as_stored(text):
    """How a text may stand in a JSON column: PostgreSQL keeps its signs, SQLite what `json.dumps` makes of them."""
    return {text, json.dumps(text)[1:-1]}


def log_entries(accounts):
    """The change log of these accounts: of the people themselves, their employments, positions and leave."""
    people = Person.objects.filter(pk__in=accounts)
    of = {Person: people, **{rel.related_model: rel.related_model.ever.filter(person__in=accounts) for rel in _dated()}}
    entries = ModelLogEntry.objects.none()
    for model, rows in of.items():
        kind = ContentType.objects.get_for_model(model)
        keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
        entries |= ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys)
    return entries


def _dated():
    return [Person._meta.get_field(name) for name in ("employments", "positions_held", "leave_periods")]


def of(person, more=()):
    """All that is Known of a person; `more` are dicts of what upper rooms hold, by the same fields."""
    accounts = tuple(Person.objects.accounts_of(person).order_by("pk").values_list("pk", flat=True))
    values = {name: set() for name in (*FIELDS, "name")}
    people = Person.objects.filter(pk__in=accounts)
    lines = ImportLine.objects.filter(person_uuid__in=people.values("uuid"))
    rows = [*people.values(*FIELDS), *lines.values("number", "name"), *more]
    rows += EmailAddress.objects.filter(user__in=accounts).values("email")
    for data in log_entries(accounts).values_list("data", flat=True):
        rows += _changed(data.get("changes", {}).items())
    for changes in lines.values_list("changes", flat=True):
        rows += _changed((name, pair) for name, *pair in changes)
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str) and value:
                values[name].add(value)
    return Known(accounts, values)


def _changed(changes):
    return [{name: value} for name, pair in changes if name in FIELDS for value in pair]
