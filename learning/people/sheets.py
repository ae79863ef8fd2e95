"""Tables as CSV and XLSX, streamed: rows go in one by one and nothing is kept. Cells are str, int, Decimal or None."""

import csv
import io
from itertools import chain, islice

import rustpy_xlsxwriter

# What a spreadsheet takes for the start of a formula, also behind a tab or a line break.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_SUSPECT = frozenset(("'", *FORMULA_STARTS))
CHUNK = 1000
# Without this mark Excel takes UTF-8 for the code page of its country: José is JosÃ© there.
BOM = "\ufeff"
# Excel's own limit is 1,048,576 with the heading.
ROWS_PER_SHEET = 1_000_000


def inert(cell):
    """A CSV cell that no spreadsheet runs: text that would start a formula gets an apostrophe before it.

    So does text in which apostrophes of its own stand there already, as reading takes one away.
    """
    return f"'{cell}" if isinstance(cell, str) and _starts_formula(cell) else cell


def exact(cell):
    """The text of a CSV cell as it was before it was made inert."""
    return cell[1:] if cell[:1] == "'" and _starts_formula(cell) else cell


def _starts_formula(text):
    return text.lstrip("'").startswith(FORMULA_STARTS)


def csv_text(columns, rows):
    """The text of a CSV file (RFC 4180, comma, CRLF) in pieces of many rows."""
    rows = chain([columns], rows)
    while batch := list(islice(rows, CHUNK)):
        piece = io.StringIO(newline="")
        csv.writer(piece).writerows(
            # The first sign tells of almost all cells that they are harmless, without a call.
            [inert(cell) if type(cell) is str and cell[:1] in _SUSPECT else cell for cell in row]
            for row in batch
        )
        yield piece.getvalue()


def for_excel(pieces):
    """The text of a CSV file that a person opens: `csv_text` behind the mark that tells Excel that it is UTF-8."""
    return chain([BOM], pieces)


def write_csv(columns, rows, path, encoding="utf-8"):
    """`encoding` is "utf-8-sig" for a file that a person opens in Excel."""
    with open(path, "w", encoding=encoding, newline="") as file:
        file.writelines(csv_text(columns, rows))


def write_xlsx(columns, rows, path, *, title, total):
    """An XLSX file; text is written as text, so nothing in it is a formula. `total` says how many sheets it takes."""
    # The writer takes the heading from the first row; one without values leaves the heading alone.
    rows = iter(rows) if total else iter([[None] * len(columns)])
    dicts = (dict(zip(columns, row, strict=True)) for row in rows)
    sheets = max(1, -(-total // ROWS_PER_SHEET))
    names = [title, *(f"{title} {number}" for number in range(2, sheets + 1))]
    # Rows that came in after the count go to the last sheet rather than nowhere.
    parts = [(name, islice(dicts, ROWS_PER_SHEET)) for name in names[:-1]] + [(names[-1], dicts)]
    rustpy_xlsxwriter.write_worksheets(
        parts,
        str(path),
        bold_headers=True,
        freeze_panes={"general": {"row": 1, "col": 0}},
    )
