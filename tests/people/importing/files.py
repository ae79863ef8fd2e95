"""Files as HR sends them."""

import csv
import io
import zipfile

import rustpy_xlsxwriter


def text(rows, columns=None, delimiter=","):
    """A CSV text of dicts."""
    columns = columns or list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def csv_file(rows, columns=None, delimiter=",", encoding="utf-8"):
    return io.BytesIO(text(rows, columns, delimiter).encode(encoding))


def staff(number, first_name="Ana", last_name="Pérez", **more):
    return {
        "number": number,
        "first_name": first_name,
        "last_name": last_name,
        "position": "Dock hand",
        "facility": "YARD",
        "position_from": "2026-11-01",
        "hired_on": "2026-11-01",
    } | more


def workbook(rows, tmp_path):
    """An XLSX file of lists."""
    path = tmp_path / "people.xlsx"
    heading, *others = rows
    rustpy_xlsxwriter.write_worksheet([dict(zip(heading, row, strict=True)) for row in others], str(path))
    return path


def with_part(path, name, content):
    """The same workbook with another part."""
    source = zipfile.ZipFile(path)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for item in source.namelist():
            made.writestr(item, content if item == name else source.read(item))
    return out
