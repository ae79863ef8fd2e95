"""What a real spreadsheet makes of our exports: no formula, and the values come back exact through our own imports."""

import csv
import io
import shutil
import subprocess

import openpyxl
import pytest
import time_machine

from learning.people import sheets
from learning.people.importing import exporting, reading
from learning.people.models import Person
from learning.records import export
from learning.records.models import TrainingRecord
from learning.records.past import actions as past

from . import factory
from .factory import AT, days

SOFFICE = shutil.which("soffice")
# UTF-8, comma, quotation mark: what the dialogue of LibreOffice proposes for our files.
CSV = "44,34,76,1"
NAMES = ["=1+1", "+49", "-5", "@SUM(A1)", '=HYPERLINK("http://x.example")', "'=own", "José"]
# A spreadsheet has one sign for the end of a line.
LINES = ["\ttab", "\rcr", "\nnext"]
COLUMNS = ("number", "course", "completed_at")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not here: apt-get install libreoffice-calc"),
]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def files(tmp_path):
    """Records of people and courses with such names, exported in both formats."""
    for number, name in enumerate(NAMES + LINES):
        who = factory.hire(f"N{number}", first_name=name, last_name="")
        factory.record(who, AT - days(number), course=name)
    for file_format in ("csv", "xlsx"):
        records = TrainingRecord.objects.with_status(factory.TODAY)
        export.write(records, tmp_path / f"ours.{file_format}", file_format=file_format)
    return tmp_path


def opened_and_saved(path, kind):
    """The file as LibreOffice saves it."""
    profile = path.parent / "profile"
    kept = path.parent / "kept"
    convert = f"csv:Text - txt - csv (StarCalc):{CSV}" if kind == "csv" else kind
    command = [SOFFICE, f"-env:UserInstallation=file://{profile}", "--headless", f"--infilter=CSV:{CSV}"]
    command += ["--convert-to", convert, "--outdir", str(kept), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return kept / f"{path.stem}.{kind}"


def column(path, name):
    """`[(kind of cell, value), …]` of a workbook, below the heading."""
    heading, *rows = openpyxl.load_workbook(path).active.iter_rows()
    place = [cell.value for cell in heading].index(name)
    return [(row[place].data_type, row[place].value) for row in rows]


def kinds(path):
    return {cell.data_type for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row}


def test_no_cell_of_either_file_is_a_formula(files):
    from_csv = opened_and_saved(files / "ours.csv", "xlsx")
    # Dates and numbers it makes out of CSV by itself.
    assert kinds(from_csv) <= {"s", "n", "d"}
    shown = [(kind, sheets.exact(value)) for kind, value in column(from_csv, "course")]
    one_end_of_line = [name.replace("\r", "\n") for name in NAMES + LINES]
    assert shown == [("s", name) for name in one_end_of_line]
    from_xlsx = opened_and_saved(files / "ours.xlsx", "xlsx")
    assert kinds(from_xlsx) <= {"s", "n"}
    assert [value for _kind, value in column(from_xlsx, "name")][: len(NAMES)] == NAMES


def test_past_training_comes_back_exact(files):
    """Our file, as it went out and as LibreOffice saved it, read by the import of past training."""
    hr = factory.person("hr")
    ours = files / "ours.csv"
    with open(ours, encoding="utf-8", newline="") as file:
        rows = [[row[name] for name in COLUMNS] for row in csv.DictReader(file)]
    short = files / "short.csv"
    # As a person does it: other numbers of the same people, the columns that the import wants.
    lines = [[number, course, at.replace("2026", "2025")] for number, course, at in rows[: len(NAMES)]]
    with open(short, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *lines])
    for path in (short, opened_and_saved(short, "csv")):
        made = past.receive(file=io.BytesIO(path.read_bytes()), name="past.csv", by=hr, at=AT)
        assert (made.errors, [line.says["course"] for line in made.lines.order_by("row")]) == ([], NAMES)
        past.cancel(this=made, at=AT)


def test_every_cell_of_our_csv_is_read_as_it_was(files):
    """By the reader of all our imports; what it then says of people is cleaned of tabs and ends of line."""
    with open(files / "ours.csv", "rb") as file:
        table = reading.open_table(file, "ours.csv")
        place = table.headings.index("course")
        assert [cells[place] for _row, cells in table.rows] == NAMES + LINES


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_people_come_back_exact(tmp_path, kind):
    for number, name in enumerate(NAMES):
        factory.hire(f"N{number}", first_name=name, last_name=name)
    ours = tmp_path / f"people.{kind}"
    exporting.write(Person.objects.order_by("pk"), ours, file_format=kind)
    with open(opened_and_saved(ours, kind), "rb") as file:
        table = reading.open_table(file, f"people.{kind}")
        place = table.headings.index("first_name")
        assert [cells[place : place + 2] for _row, cells in table.rows] == [[name, name] for name in NAMES]
