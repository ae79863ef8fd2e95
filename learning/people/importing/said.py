"""What a file says: its rows, read into values and put together by person. Knows nothing of what Gatehouse holds."""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from . import cells
from .columns import DATES
from .spool import Spool

FACTS = ("first_name", "last_name", "email", "phone", "badge", "language")
# Words that must be known here, and may be asked about.
WORDS = ("company", "employer", "position", "facility")
DAY = datetime.timedelta(days=1)
PROGRESS = 1000


@dataclass
class SaidEmployment:
    """None where nothing is said; `manager` is a key, or empty for nobody."""

    row: int
    hired_on: object = None
    left_on: object = None
    company: str = ""
    employer: str = ""
    kind: str = ""
    manager: str = ""
    # Where the person works by the same row: the company may follow from it.
    facility: str = ""
    values: dict = field(default_factory=dict, repr=False)

    @property
    def ends_on(self):
        return self.left_on and self.left_on + DAY

    @property
    def says_anything(self):
        return bool(self.hired_on or self.left_on or self.company or self.employer or self.kind)


@dataclass
class SaidPosition:
    row: int
    position: str
    facility: str
    starts_on: object
    until: object
    employment: SaidEmployment

    @property
    def ends_on(self):
        return self.until and self.until + DAY


@dataclass
class SaidPerson:
    key: str
    number: str
    row: int
    facts: dict
    employments: list = field(default_factory=list)
    positions: list = field(default_factory=list)
    # `{first day: last day or None}`
    leaves: dict = field(default_factory=dict)


class Rows:
    """The rows of an open table as values, spooled by staff number, with what the whole file shows at a glance."""

    def __init__(self, places, *, prefix="", date_format="", errors):
        self.columns = frozenset(places)
        self.spool = Spool()
        self.count = 0
        # `{column: {words: [how many rows, the first of them]}}`
        self.words = {column: {} for column in WORDS}
        # `{mail: the key of who has it}`
        self.mails = {}
        # The first date whose order nobody has said: `(row, column, text)`.
        self.unclear = None
        self._places, self._prefix, self._format, self._errors = places, prefix, date_format, errors

    def read(self, table, each=None):
        width = len(table.headings)
        for row, given in table.rows:
            self.count += 1
            if each and self.count % PROGRESS == 0:
                each(self.count)
            if len(given) > width and any(given[width:]):
                self._errors.add(row, "", _("has more cells than the heading: is there a delimiter in a name?"))
            else:
                self._take(row, given)

    def _take(self, row, given):
        values, wrong = self._values(row, given)
        number = values["number"]
        if not number:
            if "number" not in wrong:
                self._errors.add(row, "number", _("is empty"))
            return
        if not values["first_name"] and "first_name" not in wrong:
            self._errors.add(row, "first_name", _("is empty"))
        self._check_days(row, values)
        for column in WORDS:
            if words := values.get(column):
                seen = self.words[column].setdefault(words, [0, row])
                seen[0] += 1
        key = number.lower()
        if (mail := values.get("email")) and self.mails.setdefault(mail, key) != key:
            self._errors.add(row, "email", _("%(mail)s stands beside two staff numbers") % {"mail": mail})
        record = tuple(value.toordinal() if isinstance(value, datetime.date) else value for value in values.values())
        self.spool.add(key, (row, *record))

    def _values(self, row, given):
        values, wrong = {}, set()
        for column, place in self._places.items():
            try:
                text = cells.clean(given[place]) if place < len(given) else ""
                if column in DATES:
                    values[column] = cells.day(column, text, self._format)
                elif text:
                    values[column] = cells.parsed(column, text)
                else:
                    values[column] = ""
            except cells.AskFormat:
                self.unclear = self.unclear or (row, column, text)
                values[column] = None
            except cells.Wrong as error:
                self._errors.add(row, column, str(error))
                wrong.add(column)
                values[column] = None if column in DATES else ""
        if values["number"]:
            values["number"] = self._prefixed(row, values["number"])
        return values, wrong

    def _prefixed(self, row, number):
        if number.lower().startswith(self._prefix.lower()):
            return number
        number = self._prefix + number
        if len(number) > cells.LENGTHS["number"]:
            self._errors.add(row, "number", _("is too long with the prefix of the source"))
        return number

    def _check_days(self, row, values):
        for first, last in (
            ("hired_on", "left_on"),
            ("position_from", "position_until"),
            ("leave_from", "leave_until"),
        ):
            begins, ends = values.get(first), values.get(last)
            if begins and ends and ends < begins:
                self._errors.add(row, last, _("%(last)s is before %(first)s") % {"last": ends, "first": begins})
        if values.get("leave_until") and not values.get("leave_from"):
            self._errors.add(row, "leave_from", _("is empty, but there is a last day of leave"))

    def manager_key(self, text, known):
        """The key that a manager's number stands for: of the file's own numbering if there is such a person.

        `known` says whether a key is in Gatehouse.
        """
        key = text.lower()
        if self._prefix and not key.startswith(self._prefix.lower()):
            own = self._prefix.lower() + key
            if own in self.spool or known(own):
                return own
        return key

    def people(self, size):
        """`[SaidPerson, …]` of so many people at a time."""
        names = list(self._places)
        for batch in self.spool.people(size):
            yield [
                self._person(key, [dict(zip(("row", *names), record, strict=True)) for record in rows])
                for key, rows in batch
            ]

    def _person(self, key, rows):
        for values in rows:
            for column in DATES:
                if values.get(column):
                    values[column] = datetime.date.fromordinal(values[column])
        first = rows[0]
        person = SaidPerson(key, first["number"], first["row"], {name: first[name] for name in FACTS if name in first})
        employments, positions = {}, {}
        for values in rows:
            self._same(first, values, FACTS)
            employment = self._employment(employments, values)
            if values.get("position") or values.get("facility"):
                self._position(positions, values, employment)
            if begins := values.get("leave_from"):
                person.leaves.setdefault(begins, values.get("leave_until"))
        person.employments, person.positions = list(employments.values()), list(positions.values())
        return person

    def _same(self, first, values, names):
        """Whether two rows of one person agree."""
        for name in names:
            if values.get(name) != first.get(name):
                self._errors.add(
                    values["row"],
                    name,
                    _("%(value)s, but row %(row)d gives %(number)s %(other)s")
                    % {
                        "value": values[name] or _("empty"),
                        "row": first["row"],
                        "number": first["number"],
                        "other": first[name] or _("empty"),
                    },
                )
                return

    def _employment(self, employments, values):
        key = values.get("hired_on") and (values["hired_on"], values.get("employer"))
        found = employments.get(key)
        if found is None:
            found = employments[key] = SaidEmployment(
                row=values["row"],
                hired_on=values.get("hired_on"),
                left_on=values.get("left_on"),
                company=values.get("company") or "",
                employer=values.get("employer") or "",
                kind=values.get("kind") or "",
                manager=values.get("manager_number") or "",
                facility=values.get("facility") or "",
                values=values,
            )
        else:
            shared = ("number", "row", "left_on", "company", "employer", "kind", "manager_number")
            first = {name: found.values.get(name) for name in shared}
            self._same(first, values, [name for name in shared[2:] if name in self.columns])
        return found

    def _position(self, positions, values, employment):
        said = SaidPosition(
            row=values["row"],
            position=values.get("position") or "",
            facility=values.get("facility") or "",
            starts_on=values.get("position_from"),
            until=values.get("position_until"),
            employment=employment,
        )
        positions.setdefault((said.position, said.facility, said.starts_on, said.until), said)
