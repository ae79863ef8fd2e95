"""The export is in the columns of an import, and importing it again changes nothing."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from learning.people import sheets
from learning.people.importing import columns, exporting
from learning.people.models import Employer, Employment, LeavePeriod, Person, PositionHeld
from tests.queries import queries

from .. import factory
from ..factory import AT, HIRED, days
from .files import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver", "house")]

MODELS = (Person, Employment, PositionHeld, LeavePeriod)


@pytest.fixture
def everybody():
    """People of every sort: transferred, rehired, away, leaving, named like a formula, or only here to administer."""
    boss = factory.hire("B-1", first_name="Bea", last_name="=1+1", phone="+1 555", badge="'@x", email="bea@x.example")
    ana = factory.hire("A-1", first_name="Ana  María", last_name="'=x", language="es")
    Employment.objects.filter(person=ana).update(manager=boss)
    PositionHeld.objects.filter(person=ana).update(ends_on=HIRED + days(5))
    factory.place(ana, "Guard", "GATE", HIRED + days(5))
    factory.place(ana, "Driver", "YARD", HIRED + days(7), HIRED + days(9))
    for first in (1, 20):
        LeavePeriod.objects.create(
            person=ana, starts_on=HIRED + days(first), ends_on=HIRED + days(first + 3), recorded_at=AT
        )
    agency = Employer.objects.create(name='Staff, "now"', kind="agency")
    back = factory.person("C-1", "Carla", last_name="")
    factory.employ(back, HIRED - days(300), HIRED - days(100), employer=agency, kind="temporary")
    factory.place(back, on=HIRED - days(300), ends_on=HIRED - days(200))
    factory.employ(back, HIRED - days(50))
    left = factory.hire("D-1", first_name="Dora")
    Employment.objects.filter(person=left).update(ends_on=HIRED + days(10))
    factory.person("root", "Root", role="Administrators")
    merged = factory.person("E-1", "Eva")
    Person.objects.filter(pk=merged.pk).update(merged_into=boss)


def state():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize("changes_only", [False, True])
def test_importing_the_export_changes_nothing(imported, changes_only):
    before = state()
    # As it is downloaded: marked, so that Excel takes it for what it is.
    file = io.BytesIO("".join(sheets.for_excel(exporting.csv_text(Person.objects.all()))).encode())
    this = imported(file, at=AT + days(1), changes_only=changes_only)
    assert [this.counts[kind] for kind in ("new", "changed", "leaving", "unchanged")] == [0, 0, 0, 5]
    assert state() == before


@pytest.mark.usefixtures("everybody")
def test_the_workbook_goes_round_as_well(imported, tmp_path):
    before = state()
    path = tmp_path / "people.xlsx"
    call_command("export_people", output=str(path), stdout=io.StringIO())
    with open(path, "rb") as file:
        this = imported(file, at=AT + days(1), name="people.xlsx")
    assert (this.counts["unchanged"], state()) == (5, before)
    page = openpyxl.load_workbook(path).active
    names = [row[2] for row in page.iter_rows(values_only=True)]
    assert names == ["last_name", "'=x", "'=x", "'=x", "=1+1", None, None, None, None]
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s", "n"}


@pytest.mark.usefixtures("everybody")
def test_rows_of_the_export():
    text = "".join(exporting.csv_text(Person.objects.filter(number__in=["B-1", "C-1"])))
    assert text.splitlines()[0] == ",".join(columns.COLUMNS)
    boss, first, second = read(text)
    assert (boss["last_name"], boss["phone"], boss["badge"]) == ("'=1+1", "'+1 555", "''@x")
    assert (boss["company"], boss["kind"], boss["employer"]) == ("Corvina Freight", "employee", "Corvina Freight")
    assert (boss["position"], boss["facility"], boss["position_from"], boss["position_until"]) == (
        "Dock hand",
        "YARD",
        "2026-11-01",
        "",
    )
    assert (first["employer"], first["left_on"], first["position_until"]) == (
        'Staff, "now"',
        "2026-07-23",
        "2026-04-14",
    )
    assert (second["employer"], second["position"], second["hired_on"]) == ("Corvina Freight", "", "2026-09-12")


def test_an_export_costs_the_same_queries_for_one_and_for_many():
    factory.hire("1")
    one = queries(lambda: list(exporting.rows(Person.objects.all())))
    for number in range(2, 20):
        factory.hire(str(number))
    assert len(queries(lambda: list(exporting.rows(Person.objects.all())))) == len(one) == 4


def test_an_import_costs_the_same_queries_for_one_and_for_many(imported):
    def count(numbers):
        rows = [staff(str(number)) for number in numbers]
        return len(queries(lambda: imported(rows, changes_only=True, at=AT + datetime.timedelta(days=numbers[0]))))

    count(range(1, 2))
    assert count(range(10, 11)) == count(range(100, 160))


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("/nowhere/people.csv", "-o /nowhere/people.csv: the folder /nowhere does not exist."),
        ("people", "-o people: say --format csv or xlsx, or end the name so."),
    ],
)
def test_a_place_that_cannot_be_written_is_refused(output, words):
    with pytest.raises(CommandError) as refused:
        call_command("export_people", output=output)
    assert str(refused.value) == words


def test_the_export_goes_to_standard_output():
    factory.hire("1")
    out = io.StringIO()
    call_command("export_people", output="-", stdout=out)
    assert [row["number"] for row in read(out.getvalue())] == ["1"]


def test_the_button_exports_what_the_listing_shows_and_the_user_may_see(client, hr):
    factory.hire("1", first_name="Ana")
    factory.hire("2", first_name="Bea")
    factory.hire("3", first_name="Bea", code="GATE")
    page = client.get("/admin/people/?q=bea").content.decode()
    assert 'href="/admin/people-export/csv/?q=bea"' in page
    hr.limited_to.add(factory.facility("YARD"))
    client.force_login(hr)
    response = client.get("/admin/people-export/csv/?q=bea")
    assert [row["number"] for row in read(b"".join(response.streaming_content).decode("utf-8-sig"))] == ["2"]
    response = client.get("/admin/people-export/csv/?facility=999")
    assert read(b"".join(response.streaming_content).decode()) == []
    assert client.get("/admin/people-export/ods/").status_code == 404


def test_who_may_not_see_people_exports_none(client):
    client.force_login(factory.person("e", role="Editors"))
    assert client.get("/admin/people-export/csv/").headers["Location"] == "/admin/"
