"""Opens a CSV or XLSX file, and reads it row by row or says why not. Nothing here trusts the file."""

import codecs
import csv
import datetime
import io
import zipfile

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.escape import unescape

from ..plain import lines
from ..refused import Refused
from .cells import as_written
from .columns import all_columns

MAX_ROWS = 100_000
MAX_COLUMNS = 200
# What the parts of a workbook may unpack to, and how many there may be.
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 2_000
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = ",;\t|"


def csv_rows(data):
    """`(row number, cells)` of text in any of our encodings, with any of the delimiters."""
    text = decoded(data)
    heading = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(heading), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            _check_size(number, cells)
            yield number, [as_written(cell) for cell in cells]
    except csv.Error:
        raise Refused(
            _("Row %(number)d: a quotation mark is opened and not closed, or the other way round.")
            % {"number": number + 1}
        )


def decoded(data):
    """The text of a file in UTF-8, UTF-16 with its mark, or Windows-1252."""
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), None)
    for name in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Refused(_("There are NUL bytes in the file: it is not text."))
        return text
    raise Refused(_("The file is not text, or damaged: save it as UTF-8."))


def _delimiter(heading):
    known = set(all_columns())

    def gain(sign):
        cells = [cell.strip(' "').lower() for cell in heading.split(sign)]
        return len(known.intersection(cells)), len(cells)

    return max(DELIMITERS, key=gain)


def _check_size(number, cells):
    if number > MAX_ROWS:
        raise Refused(_("The file has more than %(limit)d rows.") % {"limit": MAX_ROWS})
    if len(cells) > MAX_COLUMNS:
        raise Refused(_("Row %(row)d has more than %(limit)d columns.") % {"row": number, "limit": MAX_COLUMNS})


def xlsx_rows(data):
    """`(row number, cells)` of the first sheet of a workbook; cells are text."""
    _check_parts(data)
    try:
        # XML with entities is refused: openpyxl reads with defusedxml where that is installed, and here it is.
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What a file says of its own size may be wrong.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            _check_size(number, cells)
            yield number, [_text(cell, number) for cell in cells]
    except Refused:
        raise
    except Exception:
        # A broken workbook fails in as many ways as openpyxl has lines.
        raise Refused(_("The workbook is damaged, or not what it says: open it in a spreadsheet and save it again."))


def _check_parts(data):
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError):
        raise Refused(_("The workbook is damaged, or not what it says: open it in a spreadsheet and save it again."))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused(_("The workbook unpacks to far more than questions need: copy the rows into a new one."))
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(_("The workbook has a password: save it without one."))


def _text(cell, number):
    if isinstance(cell, (datetime.date, datetime.time)):
        raise Refused(
            _("Row %(row)d: the spreadsheet made the date %(date)s of what was typed. Format the cell as text.")
            % {"row": number, "date": cell}
        )
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    # As the format says it: _x000D_ is a sign that XML cannot hold.
    return "" if cell is None else lines(unescape(str(cell)))
