"""Reads a file and compares it: the whole check of an import, for the command, the job and the dry run alike."""

import uuid
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..local_days import company_day
from ..models import Facility
from ..names import folded
from . import columns, reading
from .difference import Terms
from .errors import Errors
from .lookups import EMPLOYER_OF, Lookups
from .planning import Planner
from .refused import Refused
from .said import Rows

# Of a full file; more of them than that, and somebody types the number.
BRAKE_PERCENT = 10


@dataclass
class Order:
    """What somebody asked for with a file."""

    file_name: str
    changes_only: bool
    at: object
    source: object = None
    # `{column: heading}`; None for what the source remembers, else the columns' own names.
    mapping: dict | None = None
    date_format: str = ""
    since: object = None
    # `{column: {folded words: uuid, "refuse" or {what to make}}}`
    answers: dict = field(default_factory=dict)
    # Columns whose unknown words are made without asking: positions and employers.
    create: tuple = ()
    # Who sends it, for which facilities only, and whether they may change the mail of who works in the admin.
    sender: object = None
    limits: tuple = ()
    may_change_accounts: bool = False


@dataclass
class Outcome:
    counts: dict
    questions: dict
    notes: list
    errors: list
    error_count: int
    mapping: dict
    lookups: Lookups
    today: object

    @property
    def brake(self):
        """How many would leave, when they are so many that somebody must say so; else 0."""
        return brake(self.counts)


def brake(counts):
    leaving, employed = counts.get("leaving", 0), counts.get("employed", 0)
    return leaving if leaving * 100 > employed * BRAKE_PERCENT else 0


def check(file, order, *, keep=None, each=lambda done, total: None):
    """The Outcome of comparing a file. `keep` is given planned lines in batches. Raises Refused."""
    table = reading.open_table(file, order.file_name)
    mapping = _mapping(order, table.headings)
    places = columns.places(mapping, table.headings)
    errors = Errors()
    source = order.source
    date_format = order.date_format or (source.date_format if source else "")
    prefix = source.number_prefix if source else ""
    rows = Rows(places, prefix=prefix, date_format=date_format, errors=errors)
    rows.read(table, lambda count: each(count, 0))
    if not rows.count:
        raise Refused(_("The file has a heading and nobody below it: nothing is imported, and nobody leaves."))
    lookups = Lookups(_with_created(order, rows), source.matches if source else None)
    terms = _terms(order, rows, lookups)
    planner = Planner(
        rows,
        terms,
        errors,
        source=source,
        sender=order.sender,
        limits=order.limits,
        may_change_accounts=order.may_change_accounts,
        keep=keep,
    )
    planner.plan(each)
    rows.spool.close()
    return Outcome(
        counts={**planner.counts, "rows": rows.count, "people": len(rows.spool)},
        questions=planner.questions,
        notes=[*table.notes, *columns.notes(mapping, table.headings), *planner.notes],
        errors=errors.listed(),
        error_count=errors.count,
        mapping=mapping,
        lookups=lookups,
        today=terms.today,
    )


def _mapping(order, headings):
    if order.mapping is not None:
        return order.mapping
    if order.source and order.source.mapping:
        return order.source.mapping
    return columns.named_ours(headings)


def _with_created(order, rows):
    """Answers, and for columns in `create` what is to be made of words without one."""
    answers = {column: dict(given) for column, given in order.answers.items()}
    for column in order.create:
        for words in rows.words[column]:
            about = {"label": words, "uuid": str(uuid.uuid4())}
            if column == "employer":
                about["kind"] = _kind_of_employer(order)
            answers.setdefault(column, {}).setdefault(folded(words), about)
    return answers


def _kind_of_employer(order):
    kinds = order.source.kinds if order.source else []
    return EMPLOYER_OF[kinds[0]] if len(kinds) == 1 else "own"


def _terms(order, rows, lookups):
    source = order.source
    facilities = set(source.facilities.values_list("pk", flat=True)) if source else set()
    allowed = {*facilities} & {*order.limits} if facilities and order.limits else facilities or {*order.limits}
    names = {pk: str(name) for pk, name in Facility.objects.filter(pk__in=allowed).values_list("pk", "uuid")}
    employers = [str(name) for name in source.employers.values_list("uuid", flat=True)] if source else []
    return Terms(
        today=company_day(order.at),
        columns=rows.columns,
        lookups=lookups,
        since=order.since,
        full=not order.changes_only,
        employer=employers[0] if len(employers) == 1 else "",
        kind=source.kinds[0] if source and len(source.kinds) == 1 else "",
        facility=next(iter(names.values())) if len(names) == 1 else "",
        facilities=frozenset(names.values()) if facilities or order.limits else None,
    )
