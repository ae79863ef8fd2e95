"""Opens a file that somebody sent: decides by its content what it is, and reads it row by row or says why not.

Nothing here trusts the file. Sizes are capped before anything is unpacked, rows come one at a time, and whatever the
file holds, reading it takes seconds and a few megabytes. Cells are text as it stands in the file; dates of a workbook
come as ISO 8601, for in its cells they are numbers and leave no doubt.
"""

from dataclasses import dataclass
from pathlib import PurePath

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from . import text_files, workbooks
from .refused import Refused

MAX_BYTES = 50 * 1024 * 1024
MAX_COLUMNS = 400
MAX_ROWS = 300_000
SAMPLE = 5
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
TEXTS = (".csv", ".txt", ".tsv")


@dataclass
class Table:
    """An open file of people: its headings, an iterator of `(row, cells)`, and sentences on how it was read."""

    headings: list
    rows: object
    notes: list

    def head(self):
        """Headings and the first rows, as the page for matching columns shows them."""
        sample = [cells[: len(self.headings)] for _row, (_number, cells) in zip(range(SAMPLE), self.rows, strict=False)]
        return {"headings": self.headings, "sample": sample, "notes": self.notes}


def check_size(size):
    if size > MAX_BYTES:
        raise Refused(
            _("The file has %(size)s; a file of people has at most %(limit)s.")
            % {"size": filesizeformat(size), "limit": filesizeformat(MAX_BYTES)}
        )


def open_table(file, name):
    """The table in a binary file. Raises Refused, here or while the rows are read."""
    file.seek(0, 2)
    check_size(file.tell())
    file.seek(0)
    start = file.read(8)
    rows, notes = _reader(start, name)(file)
    rows = _counted(rows)
    for _row, cells in rows:
        headings = _headings(cells)
        return Table(headings, rows, notes)
    raise Refused(_("The file is empty."))


def _reader(start, name):
    suffix = PurePath(name).suffix.lower()
    if suffix not in (*TEXTS, ".xlsx"):
        raise Refused(_("%(name)s: save it as CSV or XLSX; other kinds are not read.") % {"name": name})
    if not start:
        raise Refused(_("The file is empty."))
    if start.startswith(OLD_OFFICE):
        raise Refused(_("This is an old Excel file, or one with a password: save it as XLSX without a password."))
    if start.startswith(ZIP) != (suffix == ".xlsx"):
        raise Refused(
            _("%(name)s is not a workbook, whatever its name says.") % {"name": name}
            if suffix == ".xlsx"
            else _("%(name)s is not text but an archive or a workbook; call it .xlsx if it is one.") % {"name": name}
        )
    return workbooks.rows if suffix == ".xlsx" else text_files.rows


def _headings(cells):
    headings = [" ".join(cell.split()) for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MAX_COLUMNS:
        raise Refused(_("The heading has more than %(limit)d columns.") % {"limit": MAX_COLUMNS})
    return headings


def _counted(rows):
    """Rows that have anything in them."""
    count = 0
    for number, cells in rows:
        if not any(cells) or not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MAX_ROWS:
            raise Refused(_("The file has more than %(limit)d rows.") % {"limit": MAX_ROWS})
        yield number, cells
