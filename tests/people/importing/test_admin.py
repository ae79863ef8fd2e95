"""A file on its way through the admin, from the upload to the result."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from learning.people.importing import actions, columns, jobs
from learning.people.models import Facility, ImportPart, ImportSource, PeopleImport, Person, Position, PositionHeld
from tests.queries import queries

from .. import factory
from ..admin import messages
from ..factory import AT, TODAY
from .files import staff, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver", "house")]

NEW = "/admin/imports/new/"


def upload(client, rows, mode="full", name="people.csv", **more):
    content = rows if isinstance(rows, bytes) else text(rows).encode()
    response = client.post(NEW, {"file": SimpleUploadedFile(name, content), "changes_only": mode} | more)
    this = PeopleImport.objects.order_by("pk").last()
    assert response.headers["Location"] == address(this)
    return this


def address(this, page=""):
    return f"/admin/imports/{this.uuid}/{page}"


def work():
    """What a worker does when it is told to look, or the next minute."""
    return jobs.run_waiting(at=AT)


def mapped(this):
    return {"number": "number", "first_name": "first_name", "last_name": "last_name"} | {
        heading: heading for heading in this.head["headings"]
    }


def test_headings_of_other_systems_are_understood():
    headings = {"number": "Employee ID", "first_name": "First", "last_name": "Last", "email": "Mail"}
    assert columns.suggested(["Mail", "Last", "First", "Employee ID", "Shoe size"]) == headings


def checked(client, rows, mode="changes", **more):
    """An import that was compared."""
    this = upload(client, rows, mode, **more)
    client.post(address(this, "columns/"), mapped(this))
    work()
    this.refresh_from_db()
    return this


def test_the_whole_way(client, hr):
    factory.hire("100", first_name="Anna", last_name="Pérez", on=factory.HIRED)
    this = upload(client, [staff("100", password="x"), staff("200", "Bea")], "changes")
    assert (this.state, this.by, ImportPart.objects.count()) == ("uploaded", hr, 1)
    assert client.get(address(this)).headers["Location"] == address(this, "columns/")
    page = client.get(address(this, "columns/"))
    assert page.context["form"]["position_from"].value() == "position_from"
    assert "Column “password” is refused" in page.content.decode()
    response = client.post(address(this, "columns/"), mapped(this) | {"password": "password"})
    assert response.headers["Location"] == address(this)
    page = client.get(address(this))
    assert (page.headers["Refresh"], "Waiting for a worker" in page.content.decode()) == ("2", True)
    assert work() == 1
    page = client.get(address(this))
    assert [number for _kind, _label, number in page.context["counts"]] == [1, 1, 0]
    assert [(line.kind, line.number, line.changes) for line in page.context["page"]] == [
        ("changed", "100", [["first_name", "Anna", "Ana"]]),
        ("new", "200", [["position", "", "Dock hand · YARD, from 2026-11-01"]]),
    ]
    assert Person.objects.filter(number="200").count() == 0
    client.post(address(this, "confirm/"))
    assert client.get(address(this)).headers["Refresh"] == "2"
    assert work() == 1
    page = client.get(address(this))
    assert "Refresh" not in page.headers
    assert '<h2 class="w-h2">Imported</h2>' in page.content.decode()
    assert list(Person.objects.filter(number__in=["100", "200"]).values_list("first_name", flat=True)) == ["Ana", "Bea"]
    assert ImportPart.objects.count() == 0


def test_columns_are_suggested_and_remembered_by_the_source(client, hr):
    source = ImportSource.objects.create(name="Payroll")
    rows = [{"Legajo": "1", "Nombre": "Ana", "Apellido": "Ruiz", "Fecha de ingreso": "2026-11-01"}]
    this = upload(client, rows, source=source.pk)
    form = client.get(address(this, "columns/")).context["form"]
    assert {field.name: field.value() for field in form if field.value()} == {
        "number": "Legajo",
        "first_name": "Nombre",
        "last_name": "Apellido",
        "hired_on": "Fecha de ingreso",
    }
    response = client.post(
        address(this, "columns/"), {"number": "Legajo", "first_name": "Nombre", "last_name": "Nombre"}
    )
    assert response.context["form"].non_field_errors() == ["“Nombre” cannot be two things at once."]
    chosen = {"number": "Legajo", "first_name": "Nombre", "last_name": "Apellido"}
    client.post(address(this, "columns/"), chosen)
    source.refresh_from_db()
    assert source.mapping == chosen
    form = client.get(address(upload(client, rows, source=source.pk), "columns/")).context["form"]
    assert form["hired_on"].value() == ""


def test_what_the_file_leaves_open_is_asked_at_once(client, hr):
    source = ImportSource.objects.create(name="Payroll")
    rows = [staff("1", position="Welder", facility="Moon", hired_on="03/04/2026"), staff("2", position="MUELLERO")]
    for row in rows:
        del row["position_from"]
    this = checked(client, rows, source=source.pk)
    assert (this.state, Person.objects.filter(number="1").exists()) == ("asking", False)
    form = client.get(address(this, "questions/")).context["form"]
    assert [field.name for field in form.plain()] == ["date_format", "since"]
    assert [(title, [field.label for field, _more in rows]) for title, rows, _all in form.groups()] == [
        ("Facilities", ["Moon"]),
        ("Positions", ["Welder", "MUELLERO"]),
    ]
    places = {about["words"]: n for n, about in enumerate(form.unknown)}
    response = client.post(address(this, "questions/"), {"date_format": "dmy", "since": "2026-05-01"})
    assert response.context["form"].errors[f"means_{places['Moon']}"] == ["Choose what this is."]
    moon = places["Moon"]
    given = {
        "date_format": "dmy",
        "since": "2026-05-01",
        "all_position": "on",
        f"means_{places['MUELLERO']}": str(factory.position().uuid),
        f"means_{moon}": "create",
        f"code_{moon}": "MOON",
        f"name_{moon}": "Moon base",
        f"country_{moon}": "us",
        f"time_zone_{moon}": "America/Denver",
        f"company_{moon}": factory.company().pk,
    }
    client.post(address(this, "questions/"), given)
    assert (work(), Position.objects.filter(title="Welder").exists()) == (1, False)
    client.post(address(this, "confirm/"))
    work()
    held = PositionHeld.objects.order_by("person__number")
    assert list(held.values_list("position__title", "facility__code", "starts_on")) == [
        ("Welder", "MOON", factory.HIRED.replace(month=5)),
        ("Dock hand", "YARD", factory.HIRED),
    ]
    assert Position.objects.get(title="Welder").classified_at is None
    assert (Facility.objects.get(code="MOON").country, Facility.objects.get(code="MOON").name) == ("US", "Moon base")
    source.refresh_from_db()
    assert source.date_format == "dmy"
    assert source.matches["position"] == {
        "muellero": str(factory.position().uuid),
        "welder": str(Position.objects.get(title="Welder").uuid),
    }


def test_errors_are_shown_and_can_be_downloaded(client, hr):
    this = checked(client, [staff("1", manager_number="77"), staff("", "Bea"), staff("3", "=x", hired_on="=1+1")])
    assert this.state == "refused"
    page = client.get(address(this))
    assert page.context["errors"] == [
        "row 2, `manager_number`: 77 is neither in the file nor in Gatehouse",
        "row 3, `number`: is empty",
        "row 4, `hired_on`: =1+1 is not a date; write one like 2026-04-03",
    ]
    response = client.get(address(this, "errors/"))
    assert response.headers["Content-Disposition"] == f'attachment; filename="import-errors-{this.pk}.csv"'
    assert list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")))) == [
        ["row", "column", "error"],
        ["2", "manager_number", "77 is neither in the file nor in Gatehouse"],
        ["3", "number", "is empty"],
        ["4", "hired_on", "'=1+1 is not a date; write one like 2026-04-03"],
    ]
    assert (this.lines.count(), this.parts.count()) == (0, 0)


def test_a_file_that_cannot_be_read_is_refused_at_once_and_kept(client, hr):
    this = upload(client, b"PK\x03\x04", name="people.csv")
    page = client.get(address(this))
    assert page.context["errors"] == [
        "people.csv is not text but an archive or a workbook; call it .xlsx if it is one."
    ]
    assert (this.state, this.parts.count()) == ("refused", 0)


def test_many_leavers_want_their_number(client, hr):
    for number in range(10):
        factory.hire(str(number))
    this = checked(client, [staff("1", last_name="")], "full")
    page = client.get(address(this)).content.decode()
    assert "This would archive 9 of 10 people. If that is right, type the number." in page
    for typed in ({}, {"leaving": "10"}, {"leaving": "x"}):
        response = client.post(address(this, "confirm/"), typed, follow=True)
        assert messages(response) == ["Type the number of those who leave. Nothing was written."]
    assert Person.objects.employed(TODAY).count() == 10
    client.post(address(this, "confirm/"), {"leaving": "9"})
    work()
    assert [person.number for person in Person.objects.employed(TODAY)] == ["1"]


def test_who_sends_a_full_file_does_not_leave_by_it(client, hr):
    factory.employ(hr)
    this = checked(client, [staff("1")], "full")
    assert (this.counts["leaving"], this.counts["employed"]) == (0, 1)


def test_the_list_is_filtered_and_paginated(client, hr):
    this = checked(client, [staff(str(number), "Ana" if number % 2 else "José") for number in range(1, 121)])
    page = client.get(address(this), {"p": 3}).context["page"]
    assert (page.paginator.count, page.number, len(page)) == (120, 3, 20)
    page = client.get(address(this), {"what": "new", "q": "jose pe"}).context["page"]
    assert (page.paginator.count, len(page)) == (60, 50)
    assert client.get(address(this), {"what": "leaving"}).context["page"].paginator.count == 0
    many = queries(lambda: client.get(address(this)))
    few = checked(client, [staff("1")])
    assert len(queries(lambda: client.get(address(few)))) == len(many) <= 12


def test_a_form_sent_twice_does_its_deed_once(client, hr):
    this = checked(client, [staff("1")])
    for _again in range(2):
        client.post(address(this, "confirm/"))
    assert (work(), work()) == (1, 0)
    client.post(address(this, "confirm/"))
    response = client.post(address(this, "columns/"), mapped(this))
    assert response.headers["Location"] == address(this)
    this.refresh_from_db()
    assert (this.state, Person.objects.filter(number="1").count()) == ("done", 1)


def test_an_import_is_cancelled(client, hr):
    this = checked(client, [staff("1")])
    response = client.post(address(this, "cancel/"), follow=True)
    assert messages(response) == ["Nothing was imported."]
    this.refresh_from_db()
    assert (this.state, this.lines.count(), this.parts.count()) == ("cancelled", 0, 0)
    assert not Person.objects.filter(number="1").exists()


def test_an_upload_that_nobody_confirms_goes_after_a_week(client, hr):
    this = checked(client, [staff("1")])
    jobs.run_waiting(at=AT + factory.days(6))
    assert PeopleImport.objects.get(pk=this.pk).state == "planned"
    jobs.run_waiting(at=AT + factory.days(8))
    assert PeopleImport.objects.get(pk=this.pk).state == "cancelled"
    assert ImportPart.objects.count() == 0


def test_a_job_that_died_is_taken_up_again(client, hr):
    this = upload(client, [staff("1")])
    client.post(address(this, "columns/"), mapped(this))
    assert actions.claim(this=this, state="checking", at=AT)
    assert (work(), jobs.run_waiting(at=AT + factory.days(1))) == (0, 1)
    this.refresh_from_db()
    assert this.state == "planned"


def test_somebody_who_changed_meanwhile_stops_it(client, hr):
    who = factory.hire("1", first_name="Anna")
    this = checked(client, [staff("1"), staff("2")])
    client.post(address(this, "confirm/"))
    Person.objects.filter(pk=who.pk).update(first_name="Hannah")
    work()
    this.refresh_from_db()
    assert (this.state, Person.objects.filter(number="2").exists()) == ("planned", False)
    assert this.lines.get(number="1").changes[0] == ["first_name", "Hannah", "Ana"]
    assert "Somebody changed people in Gatehouse meanwhile" in this.notes[0]


@pytest.fixture
def of_another(client):
    other = factory.person("other", "Olga", role="Human resources")
    client.force_login(other)
    return checked(client, [staff("1")])


@pytest.mark.parametrize("page", ["", "columns/", "questions/", "errors/"])
def test_who_is_limited_sees_only_their_own_imports(client, of_another, page):
    me = factory.person("me", role="Human resources")
    me.limited_to.add(factory.facility())
    client.force_login(me)
    assert client.get(address(of_another, page)).status_code == 404
    for deed in ("confirm/", "cancel/"):
        assert client.post(address(of_another, deed)).status_code == 404
    assert client.get("/admin/imports/").context["object_list"].count() == 0
    own = checked(client, [staff("2")])
    assert client.get(address(own)).status_code == 200


def test_who_is_limited_makes_nothing_for_others_and_teaches_no_source(client):
    me = factory.person("me", role="Human resources")
    me.limited_to.add(factory.facility())
    client.force_login(me)
    source = ImportSource.objects.create(name="Payroll")
    this = checked(client, [staff("2", position="Welder")], source=source.pk)
    form = client.get(address(this, "questions/")).context["form"]
    assert "create" not in dict(form.fields["means_0"].choices)
    client.post(address(this, "questions/"), {"means_0": str(factory.position().uuid)})
    work()
    client.post(address(this, "confirm/"))
    work()
    source.refresh_from_db()
    assert (PositionHeld.objects.count(), source.mapping, source.matches) == (1, {}, {})


@pytest.mark.parametrize(("role", "seen"), [("Compliance", 200), ("Editors", 302)])
def test_who_may_not_import_only_reads(client, of_another, role, seen):
    client.force_login(factory.person("reader", role=role))
    assert client.get(address(of_another)).status_code == seen
    assert client.get(NEW).headers["Location"] == "/admin/"
    for deed in ("confirm/", "cancel/"):
        assert client.post(address(of_another, deed)).headers["Location"] == "/admin/"
    of_another.refresh_from_db()
    assert of_another.state == "planned"


def test_the_source_is_edited_and_never_deleted(client, hr):
    response = client.post(
        "/admin/import-sources/new/",
        {"name": "Payroll", "number_prefix": "P-", "kinds": ["employee"], "employers": [factory.employer().pk]},
    )
    assert response.headers["Location"] == "/admin/import-sources/"
    source = ImportSource.objects.get()
    assert (source.kinds, list(source.employers.all())) == (["employee"], [factory.employer()])
    client.post(f"/admin/import-sources/delete/{source.pk}/")
    assert ImportSource.objects.count() == 1
