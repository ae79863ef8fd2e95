"""Dates, codes and drawings: no database."""

import datetime
import hashlib
from datetime import UTC, date

import openpyxl
import pytest
import rfc8785
import segno
from hypothesis import given
from hypothesis import strategies as st

from learning.people import codes, dates, qr, sheets
from learning.records import canonical
from learning.records.completions import areas_of


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 24), 12, date(2027, 11, 24)),
        (date(2026, 11, 24), 2, date(2027, 1, 24)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_add_months_keeps_the_day_or_takes_the_last(day, months, expected):
    assert dates.add_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "zone", "begins", "ends"),
    [
        (date(2026, 11, 24), "America/Denver", (2026, 11, 24, 7), (2026, 11, 25, 7)),
        (date(2026, 11, 24), "Asia/Tokyo", (2026, 11, 23, 15), (2026, 11, 24, 15)),
        # 23 and 25 hours long.
        (date(2026, 3, 8), "America/Denver", (2026, 3, 8, 7), (2026, 3, 9, 6)),
        (date(2026, 11, 1), "America/Denver", (2026, 11, 1, 6), (2026, 11, 2, 7)),
    ],
)
def test_a_day_begins_and_ends_by_its_own_zone(day, zone, begins, ends):
    assert dates.day_begins(day, zone) == datetime.datetime(*begins, tzinfo=UTC)
    assert dates.day_ends(day, zone) == datetime.datetime(*ends, tzinfo=UTC)


@pytest.mark.parametrize(
    ("criteria", "area", "expected"),
    [(["6.1", "5.4", "12.10"], 6, ",5,6,12,"), ([], 6, ",6,"), (["10.1"], 1, ",1,10,")],
)
def test_areas_are_those_of_the_criteria_and_the_courses_own(criteria, area, expected):
    assert areas_of(criteria, area) == expected


def test_the_commitment_is_over_canonical_text_in_any_script():
    # Worked out by hand: the RFC 8785 form of the values, in UTF-8.
    text = '{"email":"","first_name":"José","last_name":"Ñ\\"uñez","number":"1","salt":"00"}'
    assert (
        canonical.commitment(salt="00", number="1", first_name="José", last_name='Ñ"uñez', email="")
        == hashlib.sha256(text.encode()).hexdigest()
    )


@given(st.tuples(*[st.text()] * 5))
def test_the_commitment_is_over_the_canonical_form_of_any_text(texts):
    values = dict(zip(("salt", "number", "first_name", "last_name", "email"), texts, strict=True))
    assert canonical.commitment(**values) == hashlib.sha256(rfc8785.dumps(values)).hexdigest()


@pytest.mark.parametrize(
    "typed",
    [
        "7KQ4M2XD91TRHV0P3CWE0101",
        "7kq4-m2xd-91tr-hv0p-3cwe-0101",
        "  7KQ4 M2XD 91TR HV0P 3CWE 0101 ",
        "7KQ4–M2XD–9ITR–HVOP–3CWE–OLO1",
        "7kq4.m2xd.9ltr.hvop.3cwe.oio1",
    ],
)
def test_a_code_is_the_same_however_it_is_typed(typed):
    assert codes.typed(typed) == "7KQ4M2XD91TRHV0P3CWE0101"


def test_a_code_is_printed_in_groups():
    assert codes.spoken("7KQ4M2XD91TRHV0P3CWE0101") == "7KQ4-M2XD-91TR-HV0P-3CWE-0101"


def test_a_qr_code_is_drawn_module_by_module():
    drawing = qr.drawing("https://academy.corvina.example/verify/7KQ4M2XD91TRHV0P3CWE0101/")
    size = drawing["size"]
    drawn = [[0] * size for _ in range(size)]
    for stroke in drawing["path"].split("M")[1:]:
        place, length = stroke.split("h")
        x, y = place.split(" ")
        row = drawn[int(y.removesuffix(".5"))]
        for column in range(int(x), int(x) + int(length)):
            row[column] = 1
    code = segno.make("https://academy.corvina.example/verify/7KQ4M2XD91TRHV0P3CWE0101/", error="m", micro=False)
    assert drawn == [list(row) for row in code.matrix_iter(border=4)]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(cell):
    assert sheets.inert(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["=1", "'=1", "''=1", "'quoted", "'", "plain", "\r=1", ""])
def test_what_was_made_inert_comes_back_exact(cell):
    assert sheets.exact(sheets.inert(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Daniel", "a=1", "00123", " =1", 5, None])
def test_other_cells_stay_as_they_are(cell):
    assert sheets.inert(cell) is cell


def test_a_workbook_is_split_into_sheets_and_loses_no_row(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "ROWS_PER_SHEET", 3)
    path = tmp_path / "rows.xlsx"
    # Two rows came in after the count.
    sheets.write_xlsx(["n"], ([number] for number in range(9)), path, title="Rows", total=7)
    book = openpyxl.load_workbook(path)
    assert {sheet.title: [row[0] for row in sheet.values] for sheet in book} == {
        "Rows": ["n", 0, 1, 2],
        "Rows 2": ["n", 3, 4, 5],
        "Rows 3": ["n", 6, 7, 8],
    }
