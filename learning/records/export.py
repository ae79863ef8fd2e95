"""HR's export of completions: the same columns and rows for the command and for the downloads of the report.

The columns are a contract with whoever reads the file. Lists are joined by "; ", instants are ISO 8601 with
the facility's offset, dates ISO 8601, empty is empty. Number and name come from RecordSubject and are empty after an
erasure. Newest completion first.

A cell is inert: in CSV, text that a spreadsheet would take for a formula gets an apostrophe before it; in XLSX it is
written as text as it is. Edition, score and pass mark are numbers there, everything else is text.
"""

import functools
import json
import zoneinfo

from django.db.models import TextField
from django.db.models.functions import Cast

from learning.people import ahead, sheets

from . import copied

COLUMNS = (
    "record",
    "number",
    "name",
    "position",
    "facility",
    "employer",
    "company",
    "course",
    "edition",
    "edition_hash",
    "topics",
    "criteria",
    "language",
    "score",
    "pass_mark",
    "completed_at",
    "recorded_at",
    "expires_on",
    "method",
    "check",
    "source",
    "attribution",
    "status",
)

_VALUES = (
    "uuid",
    "subject__number",
    "subject__first_name",
    "subject__last_name",
    "facility_zone",
    "position",
    "facility",
    "employer",
    "company",
    "course",
    "edition_number",
    "edition_hash",
    "topics_text",
    "criteria_text",
    "language",
    "score",
    "pass_mark",
    "completed_at",
    "recorded_at",
    "expires_on",
    "method",
    "check_kind",
    "source",
    "attribution",
    "status",
)


def selected(records):
    """What the database is asked for."""
    # As text: lists repeat, and to know one again is faster than to read it again.
    lists = {f"{name}_text": Cast(name, TextField()) for name in ("topics", "criteria")}
    return records.annotate(**lists).order_by("-completed_at", "-pk").values_list(*_VALUES)


def rows(records, columns=COLUMNS):
    """Rows of cells for records with their status, read in chunks; nothing is kept."""
    found = map(_cells, ahead.rows(selected(records), chunk_size=sheets.CHUNK))
    if columns == COLUMNS:
        return found
    places = [COLUMNS.index(name) for name in columns]
    return ([cells[place] for place in places] for cells in found)


def _cells(values):
    uuid, number, first_name, last_name, zone, *place, edition, digest, topics, criteria, language = values[:15]
    score, pass_mark, completed_at, recorded_at, expires_on, *words = values[15:]
    local = zoneinfo.ZoneInfo(zone)
    completed = completed_at.astimezone(local).isoformat()
    recorded = completed if recorded_at == completed_at else recorded_at.astimezone(local).isoformat()
    return [
        str(uuid),
        number or "",
        f"{first_name or ''} {last_name or ''}".strip(),
        *place,
        edition,
        digest,
        _joined(topics),
        _joined(criteria),
        language,
        score,
        pass_mark,
        completed,
        recorded,
        expires_on.isoformat() if expires_on else "",
        *words,
    ]


@functools.lru_cache(2048)
def _joined(text):
    return "; ".join(json.loads(text))


def csv_text(records, columns=COLUMNS, each=None):
    """The CSV file in pieces of text; `each` hears now and then how many rows there were so far, and so at the end."""
    found = selected(records)
    if not copied.possible(found):
        yield from sheets.csv_text(columns, _counted(rows(records, columns), each))
        return
    yield from sheets.csv_text(columns, ())
    total = 0
    for text, number in copied.pieces(found, [COLUMNS.index(name) for name in columns]):
        yield text
        total += number
        if each:
            each(total)


def write(records, path, *, file_format, each=None, columns=COLUMNS, encoding="utf-8"):
    """Write the file; `each` hears now and then how many rows there were so far. Returns how many there were.

    `encoding` is that of CSV: "utf-8-sig" for a file that a person opens in Excel.
    """
    written = 0

    def last(number):
        nonlocal written
        written = number
        if each:
            each(number)

    if file_format == "csv":
        with open(path, "w", encoding=encoding, newline="") as file:
            file.writelines(csv_text(records, columns, last))
    else:
        counted = _counted(rows(records, columns), last)
        sheets.write_xlsx(columns, counted, path, title="Completions", total=records.count())
    return written


def _counted(found, each):
    for number, row in enumerate(found, start=1):
        if each:
            each(number)
        yield row
