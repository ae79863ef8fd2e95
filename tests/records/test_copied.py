"""CSV out of PostgreSQL's COPY: the same text as row by row, whatever stands in the values."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction

from learning.records import copied, export
from learning.records.models import TrainingRecord

from . import factory
from .factory import AT, TODAY

NASTY = [
    '=1+1,"x"',
    "+52 1",
    "-2",
    "@sum",
    "'=2",
    "'plain",
    "two\nlines",
    "\rcr",
    "\ttab\tin",
    "back\\slash \\n \\N",
    "bell\b feed\f vertical\v",
    "Łukasz Ωμέγα 李",
    '"quoted"',
    "comma, here",
    " space ",
    "\\N",
    "",
]
# On the hour and not; of a part of a second; where the offset is half an hour, and about to change.
TIMES = [
    (AT, "America/Denver"),
    (AT.replace(microsecond=120_000), "Asia/Kolkata"),
    (AT.replace(microsecond=7), "America/St_Johns"),
    (datetime.datetime(2025, 3, 9, 8, 59, 59, tzinfo=datetime.UTC), "America/Denver"),
    (datetime.datetime(2025, 3, 9, 9, 0, 0, tzinfo=datetime.UTC), "America/Denver"),
    (datetime.datetime(2025, 11, 2, 6, 30, tzinfo=datetime.UTC), "America/Chicago"),
    (datetime.datetime(1901, 5, 5, 6, 30, tzinfo=datetime.UTC), "America/Monterrey"),
]


@pytest.fixture
def records(committed_database):
    who = factory.hire("7")
    for number, text in enumerate(NASTY):
        at, zone = TIMES[number % len(TIMES)]
        later = at + datetime.timedelta(hours=number % 2, seconds=number)
        says = {"course": text or "Seals", "topics": [text, "custody"], "criteria": [] if number % 5 else ["6.1"]}
        row = factory.record(who, at, later, **says, score=Decimal(number) if number % 3 else None, pass_mark=80)
        _write_down(row, text, zone)
    factory.record(who, valid_months=None).subject.delete()
    return TrainingRecord.objects.with_status(TODAY)


def _write_down(row, text, zone):
    """Past the guards, which do not care: only how it is written out is asked here."""
    with connection.cursor() as cursor:
        tables = (TrainingRecord._meta.db_table, type(row.subject)._meta.db_table)
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", tables)
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(f"UPDATE {tables[0]} SET facility = %s, facility_zone = %s WHERE id = %s", [text, zone, row.pk])
        cursor.execute(
            f"UPDATE {tables[1]} SET number = %s, first_name = %s, last_name = %s WHERE record_id = %s",
            [text, text, text[::-1], row.pk],
        )


def _by_rows(records, columns):
    """Inside a transaction all is read row by row."""
    with transaction.atomic():
        assert not copied.possible(records)
        return "".join(export.csv_text(records, columns))


@pytest.mark.parametrize(
    "columns", [export.COLUMNS, ("name",), ("completed_at", "number", "topics")], ids=["all", "one", "some"]
)
def test_the_text_is_the_same_to_the_byte(records, columns):
    assert copied.possible(records) is (connection.vendor == "postgresql")
    counted = []
    text = "".join(export.csv_text(records, columns, counted.append))
    assert text == _by_rows(records, columns)
    assert counted[-1] == len(NASTY) + 1


def test_no_record_is_a_heading_alone(committed_database):
    assert "".join(export.csv_text(TrainingRecord.objects.with_status(TODAY), ("record", "name"))) == "record,name\r\n"


def test_what_is_remembered_is_forgotten_in_time(monkeypatch):
    monkeypatch.setattr(copied, "REMEMBERED", 2)
    asked = []
    lengths = copied._Remembered(lambda text: asked.append(text) or len(text))
    assert [lengths[text] for text in ("a", "bb", "a", "ccc", "a")] == [1, 2, 1, 3, 1]
    assert asked == ["a", "bb", "ccc", "a"] and len(lengths) == 2
