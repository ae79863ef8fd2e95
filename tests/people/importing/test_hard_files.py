"""Files that are wrong, hostile or half: each is refused in words, in seconds, and changes nobody."""

import datetime
import io
import struct
import time
import zipfile

import openpyxl
import pytest

from learning.people.importing import reading, unattended
from learning.people.importing.refused import Refused
from learning.people.models import Employment, PeopleImport, Person, PositionHeld

from ..factory import AT
from .files import csv_file, staff, with_part, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver", "house")]

SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_END = "</sheetData></worksheet>"
HEADING = ["number", "first_name", "last_name"]
A_ROW = b"number,first_name,last_name\n"


@pytest.fixture
def nobody_changed():
    def everything():
        return [list(model.objects.order_by("pk").values()) for model in (Person, Employment, PositionHeld)]

    before = everything()
    yield
    assert everything() == before


def refusal(file, name="people.csv", **order):
    began = time.perf_counter()
    with pytest.raises(Refused) as refused:
        unattended.import_file(file=file, name=name, at=AT, **order)
    # Seconds, also on a machine that does other things.
    assert time.perf_counter() - began < 30
    this = PeopleImport.objects.order_by("pk").last()
    assert (this.state, this.error_count > 0, this.lines.count()) == ("refused", True, 0)
    return str(refused.value)


def cells(row, *values):
    inner = "".join(
        f'<c r="{chr(65 + n)}{row}" t="inlineStr"><is><t>{value}</t></is></c>' for n, value in enumerate(values)
    )
    return f'<row r="{row}">{inner}</row>'


def sheet(tmp_path, xml):
    return with_part(workbook([HEADING, ["1", "A", "B"]], tmp_path), "xl/worksheets/sheet1.xml", xml)


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-16", ";"), ("utf-16-be", ";"), ("cp1252", "|"), ("utf-8-sig", "\t"), ("utf-8", "^")],
)
def test_any_encoding_and_delimiter_is_read(encoding, delimiter):
    file = csv_file([staff("100", "José", "Peña; Ruiz")], delimiter=delimiter, encoding=encoding)
    unattended.import_file(file=file, name="people.csv", at=AT)
    assert Person.objects.get().get_full_name() == "José Peña; Ruiz"


@pytest.mark.usefixtures("nobody_changed")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (A_ROW, "The file has a heading and nobody below it: nothing is imported, and nobody leaves."),
        (A_ROW + b"1,A\0,B\n", "There are NUL bytes in the file: it is not text."),
        (
            A_ROW + b'1,"A,B\n2,C,D\n',
            "Row 2: a quotation mark is opened and not closed, or the other way round.",
        ),
        (A_ROW + b"x" * 70_000, "Line 2 is longer than 65536 signs: this is no list of people."),
        (
            b"\xff\xfe\x00\xd8",
            "The file cannot be read as UTF-16: it is damaged, or in another encoding. Save it as CSV UTF-8.",
        ),
        (
            A_ROW + b"1,\x81,B\n",
            "The file cannot be read as Windows-1252: it is damaged, or in another encoding. Save it as CSV UTF-8.",
        ),
        (b"one\n", "The first line is not a heading with several columns: number, first_name, last_name \u2026"),
        (b"a,b\n1,2\n", "Missing: number, first_name, last_name. A file needs number, first_name and last_name."),
        (
            b"number,number,first_name,last_name\n1,2,A,B\n",
            "The file has 2 columns called \u201cnumber\u201d: rename all but the one that counts.",
        ),
        (b"PK\x03\x04", "people.csv is not text but an archive or a workbook; call it .xlsx if it is one."),
        (A_ROW + b"1,A,B,C\n", "row 2: has more cells than the heading: is there a delimiter in a name?"),
        (A_ROW + b",A,B\n", "row 2, `number`: is empty"),
        (
            A_ROW + b"4.71E+05,A,B\n",
            "row 2, `number`: 4.71E+05 is how a spreadsheet shortens a long number: format the column as text",
        ),
        (A_ROW + b"1,#N/A,B\n", "row 2, `first_name`: #N/A is a mistake in the spreadsheet"),
        (A_ROW + b"1,A\x07,B\n", "row 2, `first_name`: has a control character (U+0007) in it"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused(content, words):
    assert refusal(io.BytesIO(content)) == words


@pytest.mark.usefixtures("nobody_changed")
def test_a_line_of_200_megabytes_is_refused(tmp_path):
    path = tmp_path / "people.csv"
    with open(path, "wb") as file:
        file.write(A_ROW)
        file.seek(200 * 1024 * 1024)
        file.write(b"x")
    with open(path, "rb") as file, pytest.raises(Refused, match="at most 50"):
        reading.open_table(file, "people.csv")


@pytest.mark.usefixtures("nobody_changed")
@pytest.mark.parametrize("name", ["people.ods", "people", "people.xls", "people.csv.exe"])
def test_other_kinds_of_files_are_refused(name):
    assert refusal(csv_file([staff("100")]), name) == f"{name}: save it as CSV or XLSX; other kinds are not read."


@pytest.mark.usefixtures("nobody_changed")
def test_one_number_for_two_people_is_refused():
    words = refusal(csv_file([staff("100", "Ana"), staff("100", "Bea", position="Guard")]), create=("position",))
    assert words == "row 3, `first_name`: Bea, but row 2 gives 100 Ana"


@pytest.mark.usefixtures("nobody_changed")
def test_swapped_managers_are_refused():
    rows = [
        staff("100", manager_number="200"),
        staff("200", "Bea", manager_number="300"),
        staff("300", manager_number="100"),
    ]
    words = refusal(csv_file(rows))
    assert (
        words == "row 2, `manager_number`: 100 → 200 → 300 → 100 is a circle: each would be their own manager's manager"
    )


def test_a_circle_with_people_outside_of_the_file_is_refused(imported):
    imported([staff("100", manager_number=""), staff("200", "Bea", manager_number="100")])
    with pytest.raises(Refused, match="100 → 200 → 100 is a circle"):
        imported([staff("100", manager_number="200")], changes_only=True)


@pytest.mark.usefixtures("nobody_changed")
def test_a_manager_whom_nobody_knows_is_refused():
    words = refusal(csv_file([staff("100", manager_number="4711")]))
    assert words == "row 2, `manager_number`: 4711 is neither in the file nor in Gatehouse"


@pytest.mark.usefixtures("nobody_changed")
def test_nobody_is_their_own_manager():
    assert (
        refusal(csv_file([staff("a1", manager_number="A1")])) == "row 2, `manager_number`: nobody is their own manager"
    )


def test_a_file_that_lacks_80_percent_is_stopped(imported):
    imported([staff(str(number)) for number in range(10)])
    words = "8 of 10 people would leave: nothing is written. If that is so, say --max-leavers 8."
    assert refusal(csv_file([staff("1"), staff("2")])) == words
    assert refusal(csv_file([staff("1"), staff("2")]), max_leavers=7) == words
    assert Person.objects.employed(AT.date()).count() == 10
    assert imported([staff("1"), staff("2")], max_leavers=8).counts["leaving"] == 8


def test_a_formula_is_a_name(imported):
    imported([staff("100", '=HYPERLINK("http://x.example")', "+1")])
    assert Person.objects.get().get_full_name() == '=HYPERLINK("http://x.example") +1'


def test_no_column_gives_power_or_a_password(imported):
    powers = {
        "is_superuser": "1",
        "password": "secret",
        "is_staff": "TRUE",
        "groups": "Administrators",
        "is_active": "0",
    }
    this = imported([staff("100", **powers)])
    person = Person.objects.get()
    assert (person.is_superuser, person.is_staff if hasattr(person, "is_staff") else False) == (False, False)
    assert (person.groups.count(), person.has_usable_password(), person.is_active) == (0, False, True)
    words = "Column “password” is refused: no file sets a password, gives a role or makes anybody an administrator."
    assert words in this.notes
    assert len([note for note in this.notes if "is refused" in note]) == 5


def test_dates_are_asked_for_and_never_guessed(imported):
    row = staff("100", hired_on="03/04/2026", position_from="03/04/2026")
    words = "row 2, `position_from`: 03/04/2026 can be two days. Say --date-format dmy (day first) or mdy."
    assert refusal(csv_file([row])) == words
    clear = staff("100", hired_on="25/04/2026", position_from="25/04/2026")
    assert "can be two days" in refusal(csv_file([clear]))
    imported([row], date_format="dmy")
    assert str(Employment.objects.get().starts_on) == "2026-04-03"


def test_a_date_that_the_order_rules_out_is_refused():
    row = staff("100", hired_on="25/04/2026")
    assert (
        refusal(csv_file([row]), date_format="mdy")
        == "row 2, `hired_on`: there is no day 25/04/2026 with the month first"
    )


def test_unknown_words_are_refused_and_positions_made_when_asked(imported):
    row = staff("100", position="Welder", facility="MOON")
    words = refusal(csv_file([row]))
    assert "Welder is not known here (position, row 2)" in words
    assert words.endswith("(and 1 more)")
    imported([staff("100", position="Welder")], create=("position",))
    held = PositionHeld.objects.get()
    assert (held.position.title, held.position.classified_at) == ("Welder", None)


@pytest.mark.parametrize("at", [2, 1_048_576])
def test_a_sheet_of_a_million_empty_rows_is_read(tmp_path, at):
    rows = [cells(1, *HEADING)]
    rows += [
        f'<row r="{n}"><c r="A{n}" s="1"/></row>' if n != at else cells(n, "100", "A", "B") for n in range(2, 1_048_577)
    ]
    file = sheet(tmp_path, SHEET + "".join(rows) + SHEET_END)
    began = time.process_time()
    table = reading.open_table(file, "people.xlsx")
    assert list(table.rows) == [(at, ["100", "A", "B"])]
    # It is 2 s on a machine that does nothing else.
    assert time.process_time() - began < 15


@pytest.mark.usefixtures("nobody_changed")
def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path):
    file = sheet(tmp_path, SHEET + " " * 130_000_000)
    assert "unpacks to 123 MB" in refusal(file, "people.xlsx")


@pytest.mark.usefixtures("nobody_changed")
def test_a_workbook_that_lies_about_its_size_is_refused(tmp_path):
    file = sheet(tmp_path, SHEET + cells(1, *HEADING) + " " * 50_000_000 + SHEET_END)
    data = bytearray(file.getvalue())
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<L", data, entry + 24, 1000)
    assert refusal(io.BytesIO(bytes(data)), "people.xlsx").startswith("The workbook is damaged")


@pytest.mark.usefixtures("nobody_changed")
@pytest.mark.parametrize(
    "xml",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>',
        '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet/>',
    ],
)
def test_entities_in_a_workbook_are_refused(tmp_path, xml):
    words = "The workbook declares entities, which no spreadsheet does: it is refused."
    assert refusal(sheet(tmp_path, xml), "people.xlsx") == words


@pytest.mark.usefixtures("nobody_changed")
@pytest.mark.parametrize(
    "xml",
    ["<worksheet>", "<a>" * 100_000, '<worksheet><row a="' + "x" * 5_000_000, "\0", f"{SHEET}<row r='x'><c/></row>"],
)
def test_a_damaged_workbook_is_refused(tmp_path, xml):
    assert refusal(sheet(tmp_path, xml), "people.xlsx").startswith("The workbook is damaged")


@pytest.mark.usefixtures("nobody_changed")
def test_an_archive_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.txt", "x")
    assert refusal(out, "people.xlsx").startswith("The workbook is damaged")


def test_dates_and_numbers_of_a_workbook_are_clear(tmp_path, imported):

    book = openpyxl.Workbook()
    page = book.active
    page.append([*HEADING, "hired_on", "position", "facility", "position_from", "phone"])

    day = datetime.datetime(2026, 4, 3, 8, 30)  # noqa: DTZ001 (a workbook knows no zones)
    page.append([4711, "Ana", None, day, "Dock hand", "YARD", day.date(), 5512345678.0])
    out = io.BytesIO()
    book.save(out)
    unattended.import_file(file=out, name="people.xlsx", at=AT)
    person = Person.objects.get(number="4711")
    assert (str(person.employments.get().starts_on), person.phone) == ("2026-04-03", "5512345678")
