"""What HR chooses, sees and takes: columns, views, totals, and exports that are logged, equal and made for later."""

import codecs
import csv
import datetime
import hashlib
import io
import re

import openpyxl
import pypdfium2
import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.files.storage import default_storage

from learning.people import sheets
from learning.people.importing import reading
from learning.records.models import CompletionExport, SavedView
from learning.records.reporting import exporting, selecting
from learning.records.reporting.wording import Words
from tests.queries import queries

from .. import factory
from ..factory import AT, days

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/completions/"
NASTY = ["=1+1", "+49", "-5", "@SUM(A1)", "\ttab", "\rcr", "'=own", "'quoted", "plain"]


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(AT, tick=False) as travelled:
        yield travelled


@pytest.fixture
def hr(client):
    who = factory.hr(email="ana@yard.example")
    who.user_permissions.add(Permission.objects.get(codename="view_completionexport"))
    client.force_login(who)
    return who


def taken(client, file_format, **query):
    return client.get(REPORT, query | {"export": file_format}).getvalue()


def test_the_columns_that_were_chosen_are_on_the_page_and_in_the_files(client, hr):
    factory.record()
    query = {"columns": ["topics", "number", "source"]}
    table = client.get(REPORT, query).context["table"]
    assert [column.name for column in table.columns.values()] == ["number", "topics", "source"]
    text = taken(client, "csv", **query).decode("utf-8-sig")
    assert text.splitlines()[0] == "number,topics,source"
    assert text.splitlines()[1].endswith(",server_graded")
    book = openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx", **query))).active
    assert [cell.value for cell in book[1]] == ["number", "topics", "source"]


def test_totals_and_chart_are_of_the_filter_and_not_of_the_page(client, hr):
    who = factory.hire()
    first = factory.record(who, AT - days(9))
    factory.record(who, AT, course_key=first.course_key)
    factory.record(course="Containers")
    context = client.get(REPORT).context
    assert [(str(label), number) for label, number in context["totals"]] == [
        ("Records", 3),
        ("People", 2),
        ("Valid", 2),
        ("Superseded", 1),
    ]
    rows = [(row["label"], row["number"], row["share"]) for row in context["chart"]]
    assert rows == [("Seal security", 2, 1.0), ("Containers", 1, 0.5)]
    narrow = client.get(REPORT, {"status": "superseded"}).context
    assert [number for _label, number in narrow["totals"]] == [1, 1, 1]


def test_a_view_is_kept_replaced_and_deleted_by_its_owner_alone(client, hr):
    save = f"{REPORT}views/?status=valid&columns=name&columns=course&p=3"
    client.post(save, {"name": " Valid  ones "})
    client.post(f"{REPORT}views/?status=expired", {"name": "Valid ones"})
    (view,) = SavedView.objects.all()
    assert (view.name, view.owner, view.query) == ("Valid ones", hr, {"status": ["expired"]})
    assert f'href="{REPORT}?status=expired"' in client.get(REPORT).content.decode()
    assert "Give the view a name." in client.post(save, {"name": " "}, follow=True).content.decode()
    stranger = factory.hr()
    client.force_login(stranger)
    assert (client.post(f"{REPORT}views/{view.uuid}/").status_code, SavedView.objects.count()) == (404, 1)
    client.force_login(hr)
    client.post(f"{REPORT}views/{view.uuid}/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "pdf"])
def test_every_export_is_logged_with_who_filter_rows_and_hash(client, hr, file_format):
    factory.record(), factory.record(completed_at=AT - days(400))
    file = taken(client, file_format, since="2026-01-01")
    (this,) = CompletionExport.objects.all()
    assert (this.by, this.file_format, this.query) == (hr, file_format, {"since": ["2026-01-01"]})
    assert (this.state, this.rows, this.bytes) == ("done", 1, len(file))
    assert this.sha256 == hashlib.sha256(file).hexdigest()
    page = client.get(f"/admin/exports/{this.uuid}/").content.decode()
    assert this.sha256 in page
    assert "Completed from: 1 Jan 2026" in page


def test_the_log_says_the_filter_in_words_with_the_same_queries_at_one_row_and_at_many(client, hr):
    place, edition = factory.facility(), factory.edition("Seal security")
    factory.record()
    query = {"facility": place.pk, "position": factory.position().pk, "course_key": str(edition.course_key)}
    taken(client, "csv", **query, status="valid", source="server_graded", q="Olmos")
    client.get("/admin/exports/")
    one = len(queries(lambda: client.get("/admin/exports/")))
    says = (
        "Facility: Otay Mesa yard; Position: Dock hand; Course: Seal security (en); Status: Valid; "
        "Source: Graded by this server; Search: Olmos"
    )
    stored = CompletionExport.objects.get().query
    assert sorted(Words().filter(stored).split("; ")) == sorted(says.split("; "))
    assert "Facility: Otay Mesa yard" in client.get("/admin/exports/").content.decode()
    for _number in range(20):
        taken(client, "csv", **query)
    assert len(queries(lambda: client.get("/admin/exports/"))) == one
    assert Words().filter({"facility": ["999999"], "since": ["soon"]}) == "Facility: 999999; Completed from: soon"


def test_one_that_was_broken_off_is_logged_without_a_hash(hr):
    factory.record()
    this = exporting.note(by=hr, file_format="csv", stored={}, at=AT)
    pieces = exporting.streamed(this, *selecting.selected({}, user=hr, at=AT))
    next(pieces)
    pieces.close()
    assert list(CompletionExport.objects.values_list("state", "sha256")) == [("sending", "")]


def _on_paper(pdf):
    """The total that the roster states, and how many rows it has."""
    text = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    return int(re.search(r"(\d+) records:", text)[1]), text.count("Dock hand")


def test_totals_of_csv_xlsx_and_paper_are_equal(client, hr):
    for number in range(12):
        factory.record(completed_at=AT - days(number))
    query = {"since": "2026-11-15"}
    rows = list(csv.DictReader(io.StringIO(taken(client, "csv", **query).decode("utf-8-sig"), newline="")))
    heading, *cells = openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx", **query))).active.values
    assert (len(rows), len(cells), _on_paper(taken(client, "pdf", **query))) == (10, 10, (10, 10))
    assert sum(1 for row in cells if row[heading.index("status")] == "valid") == 10
    assert list(CompletionExport.objects.values_list("rows", flat=True)) == [10, 10, 10]


def test_a_name_is_right_in_excel_and_in_our_own_import(client, hr):
    """Excel knows UTF-8 by its mark only."""
    factory.record(factory.hire("7", first_name="José"))
    data = taken(client, "csv", columns=["number", "name"])
    assert data == codecs.BOM_UTF8 + "number,name\r\n7,José Olmos\r\n".encode()
    table = reading.open_table(io.BytesIO(data), "completions.csv")
    assert (table.headings, [cells for _row, cells in table.rows]) == (["number", "name"], [["7", "José Olmos"]])


def test_cells_are_inert_and_come_back_exact(client, hr):
    for number, text in enumerate(NASTY):
        factory.record(factory.hire(), AT - days(number), course=text)
    query = {"columns": ["course"]}
    with_signs = [
        row[0] for row in csv.reader(io.StringIO(taken(client, "csv", **query).decode("utf-8-sig"), newline=""))
    ][1:]
    assert [text for text in with_signs if text.startswith(sheets.FORMULA_STARTS)] == []
    assert [sheets.exact(text) for text in with_signs] == NASTY
    book = openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx", **query))).active
    assert [cell.data_type for (cell,) in book.iter_rows(min_row=2)] == ["s"] * len(NASTY)


@pytest.fixture
def long(client, hr, monkeypatch):
    """An export of two records, which is long enough here."""
    monkeypatch.setattr(exporting, "LONG", 1)
    factory.record(), factory.record()
    asked = client.get(REPORT, {"export": "csv", "columns": "number"})
    there = "/admin/exports/new/csv/?columns=number"
    assert asked.headers["Location"] == there
    assert "2 records take a while" in client.get(there).content.decode()
    client.post(there)
    return CompletionExport.objects.get()


def test_a_long_one_is_made_by_a_worker_and_a_mail_says_so(client, hr, long):
    page = client.get(f"/admin/exports/{long.uuid}/")
    assert (page.headers["Refresh"], '<progress value="0" max="2"' in page.content.decode()) == ("2", True)
    assert (exporting.run(uuid=long.uuid, at=AT), exporting.run(uuid=long.uuid, at=AT)) == ("done", None)
    long.refresh_from_db()
    assert (long.rows, long.expires_at) == (2, AT + exporting.KEPT)
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([hr.email], "Your export of completions is ready")
    link = re.search(r"^http://[^/]+(/admin/exports/file/\S+)$", message.body, re.MULTILINE)[1]
    file = client.get(link).getvalue()
    assert (hashlib.sha256(file).hexdigest(), file.splitlines()[0]) == (long.sha256, codecs.BOM_UTF8 + b"number")


def test_the_link_is_for_one_person_and_for_three_days(client, hr, long, clock):
    exporting.run(uuid=long.uuid, at=AT)
    link = re.search(r"/admin/exports/file/\S+", mail.outbox[0].body)[0]
    other = factory.hr()
    other.user_permissions.add(Permission.objects.get(codename="view_completionexport"))
    client.force_login(other)
    assert client.get(link).status_code == 404
    client.force_login(hr)
    assert client.get(f"{link[:-2]}x/").status_code == 404
    name = CompletionExport.objects.get().file
    later = AT + exporting.KEPT + datetime.timedelta(seconds=1)
    clock.move_to(later)
    assert client.get(link).status_code == 404
    exporting.run_waiting(at=later)
    assert (default_storage.exists(name), CompletionExport.objects.get().file) == (False, "")
    page = client.get(f"/admin/exports/{long.uuid}/").content.decode()
    assert "The file had its time and was deleted." in page
