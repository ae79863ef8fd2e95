"""What changes for one person, and how a file is to be taken: plain values."""

from dataclasses import dataclass, field


class Wanting(Exception):
    """The row cannot be taken as it is: `(row, column, words)`."""

    def __init__(self, row, column, words):
        super().__init__(row, column, words)
        self.error = [row, column, words]


class AskSince(Exception):
    """Something begins, and neither the file nor anybody has said from when."""


@dataclass
class Terms:
    """How a file is to be taken: what both sides of a comparison need and neither holds."""

    today: object
    columns: frozenset
    lookups: object
    # From when what is new counts where the file does not say; None while nobody was asked.
    since: object = None
    full: bool = False
    # What a source that speaks for one employer, kind or facility leaves out.
    employer: str = ""
    kind: str = ""
    facility: str = ""
    # Facilities (uuids) at which this file may end positions; None for all.
    facilities: frozenset | None = None

    def start(self):
        if self.since is None:
            raise AskSince
        return self.since


@dataclass
class Difference:
    """What changes for one person: for people to read, and to be written.

    `writes`: `set` `{field: [old, new]}`; `add` `[[what, values], …]`; `change` `[[what, pk, recorded_at, values], …]`;
    `back` `[[what, pk, recorded_at], …]`. Days are ISO dates, things and people their uuids or keys.
    """

    changes: list = field(default_factory=list)
    set: dict = field(default_factory=dict)
    add: list = field(default_factory=list)
    change: list = field(default_factory=list)
    back: list = field(default_factory=list)
    # Employments as they will be: `[(starts_on, ends_on, employer, manager key), …]`.
    after: list = field(default_factory=list)
    # The first day away, when the last employment ends by this import.
    gone: object = None

    def __bool__(self):
        return bool(self.set or self.add or self.change or self.back)

    def tell(self, column, old, new):
        self.changes.append([column, shown(old), shown(new)])

    def alter(self, what, row, **values):
        """Change a dated row, once, in all that is to be changed of it."""
        plain = _plain(values)
        for entry in self.change:
            if entry[:2] == [what, row.pk]:
                entry[3].update(plain)
                return
        self.change.append([what, row.pk, row.recorded_at, plain])

    def begin(self, what, **values):
        self.add.append([what, _plain(values)])

    def take_back(self, what, row):
        self.back.append([what, row.pk, row.recorded_at])


def shown(value):
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)


def _plain(values):
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


@dataclass(slots=True)
class Line:
    """What becomes an ImportLine."""

    kind: str
    row: int | None
    person_uuid: str
    number: str
    name: str
    changes: list
    search_key: str
    writes: str
