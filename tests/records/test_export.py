"""The export of completions: exact columns and rows, the same in both files and in the downloads of the report."""

import csv
import io
import uuid
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.core.management import CommandError, call_command

from learning.records.models import TrainingRecord

from . import factory
from .factory import AT, days, local

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out"


def export(target, *options, file_format="csv"):
    """Rows of the written file as dicts, and what the command printed."""
    out, progress = io.StringIO(), io.StringIO()
    call_command(
        "export_completions", "--format", file_format, "-o", str(target), *options, stdout=out, stderr=progress
    )
    return read(target, file_format), out.getvalue() + progress.getvalue()


def read(target, file_format):
    if file_format == "csv":
        return list(csv.DictReader(io.StringIO(target.read_bytes().decode(), newline="")))
    heading, *rows = openpyxl.load_workbook(target).active.values
    return [dict(zip(heading, row, strict=True)) for row in rows]


def exported(target, *options):
    return [row["record"] for row in export(target, *options)[0]]


def ids(*records):
    return [str(record.uuid) for record in records]


def test_columns_are_those_of_the_contract_in_order(target):
    factory.record()
    export(target)
    assert target.read_bytes().split(b"\r\n")[0] == (
        b"record,number,name,position,facility,employer,company,course,edition,edition_hash,topics,criteria,language,"
        b"score,pass_mark,completed_at,recorded_at,expires_on,method,check,source,attribution,status"
    )


def test_a_row_says_what_the_record_says(target):
    who = factory.hire("307114", "Driver", first_name="José", last_name="Ñúñez")
    released = factory.edition()
    factory.finish(factory.enrol(who, released), answers=(3,))
    record = TrainingRecord.objects.get()
    (row,), printed = export(target)
    assert row == {
        "record": str(record.uuid),
        "number": "307114",
        "name": "José Ñúñez",
        "position": "Driver",
        "facility": "Otay Mesa yard",
        "employer": "Corvina Freight",
        "company": "Corvina Freight",
        "course": "Seal security (en)",
        "edition": "1",
        "edition_hash": released.hash,
        "topics": "seal custody; view, verify, tug, twist and turn",
        "criteria": "6.1; 6.7; 5.4",
        "language": "en",
        "score": "75.00",
        "pass_mark": "75",
        "completed_at": "2026-11-24T12:07:00-07:00",
        "recorded_at": "2026-11-24T12:07:00-07:00",
        "expires_on": "2027-11-24",
        "method": "online",
        "check": "quiz",
        "source": "server_graded",
        "attribution": "password",
        "status": "valid",
    }
    assert printed == f"1 records written to {target}\n"


def test_what_was_never_stated_is_empty(target):
    factory.record(factory.person("1", last_name=""), score=None, valid_months=None)
    (row,), _ = export(target)
    empty = {name for name, value in row.items() if value == ""}
    assert empty == {
        "position",
        "facility",
        "employer",
        "company",
        "edition",
        "edition_hash",
        "score",
        "pass_mark",
        "expires_on",
    }
    assert row["name"] == "Daniel"


def test_instants_have_the_offset_of_the_facility_and_lose_nothing(target):
    tokyo = factory.facility("TYO", "Tokyo depot", "Asia/Tokyo")
    factory.record(factory.hire(at=tokyo), AT.replace(microsecond=123456))
    factory.record(factory.hire(), local(date(2026, 7, 1)))
    rows, _ = export(target)
    assert [row["completed_at"] for row in rows] == ["2026-11-25T04:00:00.123456+09:00", "2026-07-01T12:00:00-06:00"]


def test_after_an_erasure_number_and_name_are_empty(target):
    factory.record().subject.delete()
    (row,), _ = export(target)
    assert (row["number"], row["name"], row["position"]) == ("", "", "Dock hand")


def test_both_files_hold_the_same(target, tmp_path):
    who = factory.hire("=1+1", "@Dock", first_name="-Daniel", last_name='Olmos, "el\nGato"')
    factory.record(who, score=Decimal("87.50"), pass_mark=80, edition_number=3)
    factory.record(who, AT - days(1), course="+Seals\t", score=Decimal("100"))
    factory.record(factory.hire("00042"), AT - days(2)).subject.delete()
    lines, _ = export(target)
    cells, _ = export(tmp_path / "out.xlsx", file_format="xlsx")
    assert len(lines) == len(cells) == 3
    for line, row in zip(lines, cells, strict=True):
        for name in line:
            if name in ("score", "pass_mark", "edition"):
                assert row[name] == (float(line[name]) if line[name] else None)
            else:
                # An apostrophe keeps text that starts a formula inert in CSV; a workbook knows it for text.
                assert line[name].removeprefix("'") == (row[name] or "")
    assert [row["number"] for row in lines] == ["'=1+1", "'=1+1", ""]
    assert (lines[0]["position"], lines[0]["name"]) == ("'@Dock", '\'-Daniel Olmos, "el\nGato"')
    assert lines[1]["course"] == "'+Seals\t"


def test_no_cell_of_a_workbook_is_a_formula(tmp_path):
    factory.record(factory.hire("=1+1", first_name='=HYPERLINK("http://x")'))
    export(tmp_path / "out.xlsx", file_format="xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet["B2"].value == "=1+1"


def test_without_records_there_is_the_heading(target, tmp_path):
    assert export(target)[0] == []
    assert export(tmp_path / "out.xlsx", file_format="xlsx")[0] == []
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").active["A1"].value == "record"


def test_since_and_until_are_days_of_the_company_by_completion(target):
    """The company is in Denver; to a facility in Tokyo it is the next day already."""
    tokyo = factory.facility("TYO", "Tokyo depot", "Asia/Tokyo")
    who = factory.hire(at=tokyo)
    first = local(date(2026, 11, 10), 0)
    before = factory.record(who, first - factory.minutes(1), AT)
    morning = factory.record(who, first, AT)
    evening = factory.record(who, local(date(2026, 11, 11), 23, 59), AT)
    after = factory.record(who, local(date(2026, 11, 12), 0), AT)
    day_10, day_11 = ["--since", "2026-11-10"], ["--until", "2026-11-11"]
    assert exported(target, *day_10) == ids(after, evening, morning)
    assert exported(target, *day_11) == ids(evening, morning, before)
    assert exported(target, *day_10, *day_11) == ids(evening, morning)
    assert exported(target, "--since", "2026-11-10", "--until", "2026-11-10") == ids(morning)


def test_as_of_shows_what_was_known_at_the_end_of_that_day(target):
    who, key = factory.hire(), uuid.uuid4()
    old = factory.record(who, local(date(2026, 1, 5)), course_key=key)
    late = factory.record(who, local(date(2026, 2, 5)), local(date(2026, 3, 10), 23, 59), course_key=key)
    later = factory.record(who, local(date(2026, 2, 6)), local(date(2026, 3, 11), 0), course_key=key)

    def at(day):
        return [(row["record"], row["status"]) for row in export(target, "--as-of", day)[0]]

    old, late, later = ids(old, late, later)
    assert at("2026-01-04") == []
    assert at("2026-03-09") == [(old, "valid")]
    assert at("2026-03-10") == [(late, "valid"), (old, "superseded")]
    assert at("2026-03-11") == [(later, "valid"), (late, "superseded"), (old, "superseded")]
    assert at("2027-02-07") == [(later, "expired"), (late, "expired"), (old, "expired")]


def test_status_is_that_of_today(target):
    expired = factory.record(completed_at=local(date(2025, 11, 23)))
    valid = factory.record(completed_at=local(date(2025, 11, 24)))
    rows, _ = export(target)
    assert [(row["record"], row["status"]) for row in rows] == [
        (str(valid.uuid), "valid"),
        (str(expired.uuid), "expired"),
    ]


def test_area_is_every_area_that_the_criteria_touch(target):
    seals = factory.record(areas=",5,6,")
    awareness = factory.record(areas=",12,")
    one = factory.record(areas=",1,")
    assert exported(target, "--area", "5") == exported(target, "--area", "6") == ids(seals)
    assert exported(target, "--area", "12") == ids(awareness)
    assert exported(target, "--area", "1") == ids(one)
    assert exported(target, "--area", "2") == []


def test_a_dash_writes_to_standard_output():
    record = factory.record()
    out = io.StringIO()
    call_command("export_completions", "--format", "csv", "-o", "-", stdout=out)
    assert [row["record"] for row in csv.DictReader(io.StringIO(out.getvalue(), newline=""))] == ids(record)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "pdf", "-o", "x"], "--format pdf: choose csv or xlsx."),
        (["-o", "x"], "--format: choose csv or xlsx."),
        (["--format", "csv"], "-o: name the file to write."),
        (["--format", "xlsx", "-o", "-"], "-o -: only csv goes to standard output; name a file for xlsx."),
        (
            ["--format", "csv", "-o", "x", "--since", "2026-02-30"],
            "--since 2026-02-30: not a date; write one like 2026-12-01.",
        ),
        (
            ["--format", "csv", "-o", "x", "--until", "yesterday"],
            "--until yesterday: not a date; write one like 2026-12-01.",
        ),
        (
            ["--format", "csv", "-o", "x", "--as-of", "9999-12-31"],
            "--as-of 9999-12-31: no records can be that far away.",
        ),
        (
            ["--format", "csv", "-o", "x", "--since", "2026-02-02", "--until", "2026-02-01"],
            "--since 2026-02-02 is after --until 2026-02-01.",
        ),
        (["--format", "csv", "-o", "x", "--area", "13"], "--area 13: there are areas 1 to 12."),
        (["--format", "csv", "-o", "x", "--area", "0"], "--area 0: there are areas 1 to 12."),
        (["--format", "csv", "-o", "x", "--area", "six"], "--area six: there are areas 1 to 12."),
    ],
)
def test_bad_input_is_refused_in_one_line(options, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as refusal:
        call_command("export_completions", *options)
    assert str(refusal.value) == message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_target_that_cannot_be_written_is_refused_in_one_line(file_format, tmp_path):
    factory.record()
    with pytest.raises(CommandError, match="the folder .*/nowhere does not exist.$"):
        export(tmp_path / "nowhere" / "out", file_format=file_format)
    with pytest.raises(CommandError, match="is a folder; name a file.$"):
        export(tmp_path, file_format=file_format)
    # A name that is too long only with our ending.
    with pytest.raises(CommandError, match="^-o .*too long") as refusal:
        export(tmp_path / ("x" * 300), file_format=file_format)
    assert "\n" not in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_failure_leaves_no_half_file_and_the_old_one_whole(file_format, tmp_path):
    target = tmp_path / "out"
    target.write_text("yesterday's")
    factory.record()
    broken = factory.record()
    TrainingRecord.objects.bulk_create(
        [_copy(broken, facility_zone="Nowhere/Nothing", completed_at=AT - days(1), recorded_at=AT)]
    )
    with pytest.raises(Exception, match="Nowhere"):
        export(target, file_format=file_format)
    assert target.read_text() == "yesterday's"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def _copy(record, **changes):
    """A row that no action would write."""
    copy = TrainingRecord.objects.get(pk=record.pk)
    copy.pk, copy.uuid, copy.code = None, uuid.uuid4(), "0" * 24
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def test_long_work_shows_its_progress(target, monkeypatch):
    monkeypatch.setattr("learning.records.management.commands.export_completions.PROGRESS_EVERY", 2)
    for number in range(5):
        factory.record(completed_at=AT - days(number))
    _, printed = export(target)
    assert printed == f"5 records written to {target}\n2 records\n4 records\n"


def test_queries_do_not_grow_with_rows(target, django_assert_num_queries):
    factory.record()
    # The company's zone, and the rows.
    with django_assert_num_queries(2):
        assert len(export(target)[0]) == 1
    for number in range(30):
        factory.record(completed_at=AT - days(number))
    with django_assert_num_queries(2):
        assert len(export(target)[0]) == 31


def test_today_is_the_companys_day(target):
    record = factory.record(completed_at=local(date(2025, 11, 24)))
    # Half past eight in the evening in Denver; elsewhere it is the 25th already.
    with time_machine.travel(AT.replace(day=25, hour=3, minute=30), tick=False):
        (row,), _ = export(target)
    assert (row["record"], row["expires_on"], row["status"]) == (str(record.uuid), "2026-11-24", "valid")
