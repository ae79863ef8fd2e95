"""HR's screens for requirements and assignments in the admin."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Group

from learning.assignments.actions import apply_requirements
from learning.assignments.models import Assignment, Requirement
from tests.queries import queries

from . import factory
from .factory import AT, TODAY, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


def with_role(role, number):
    who = factory.person(number, first_name="Helen")
    who.groups.add(Group.objects.get(name=role))
    return who


@pytest.fixture
def hr(client):
    who = with_role("Human resources", "hr")
    client.force_login(who)
    return who


def owe(number, due_on, key, **fields):
    required = factory.requirement(key, name=fields.pop("name", "Seals"))
    return Assignment.objects.create(
        requirement=required,
        version=required.versions.get(),
        person=factory.hire(number, **fields),
        course_key=key,
        assigned_on=TODAY,
        due_on=due_on,
        recorded_at=AT,
    )


def shown(response):
    table = response.context["table"]
    return [[str(column.get_value(row.instance)) for column in table.columns.values()] for row in table.rows]


def messages(response):
    return [str(message).strip() for message in response.context["messages"]]


def says(key, **changes):
    return {
        "name": "Seals for the dock",
        "course_key": str(key),
        "audience": factory.audience().pk,
        "due_days": 30,
        "repeat_months": 12,
        "starts_on": "2026-01-01",
        "active": "on",
    } | changes


def test_the_listing_says_what_is_required_and_how_it_stands(client, hr):
    key = factory.course()
    factory.requirement(key, name="Seals")
    factory.requirement(key, name="Off", active=False)
    owe("1", TODAY - days(1), key)
    owe("2", TODAY, key)
    assert shown(client.get("/admin/requirements/")) == [
        ["Off", "Seal security", "Dock", "30", "12", "off", "0", "0"],
        ["Seals", "Seal security", "Dock", "30", "12", "on", "2", "1"],
    ]


def test_a_course_that_is_not_released_shows_as_such(client, hr):
    factory.requirement("6c1f3f2e-1111-4222-8333-444455556666")
    assert shown(client.get("/admin/requirements/"))[0][1] == "not released"


def test_adding_one_assigns_at_once_and_says_how_many(client, hr):
    factory.hire("1")
    key = factory.course()
    response = client.post("/admin/requirements/new/", says(key), follow=True)
    assert response.redirect_chain == [("/admin/requirements/", 302)]
    assert messages(response)[0] == "1 assignment added, 0 withdrawn."
    version = Requirement.objects.get().versions.get()
    assert (version.due_days, version.starts_on, version.recorded_at, version.recorded_by) == (
        30,
        date(2026, 1, 1),
        AT,
        hr,
    )
    assert Assignment.objects.get().due_on == date(2026, 12, 1)


def test_changing_one_makes_a_version_and_keeps_the_old(client, hr):
    factory.hire("1")
    required = factory.requirement(factory.course())
    apply_requirements(on=TODAY, at=AT)
    address = f"/admin/requirements/edit/{required.pk}/"
    form = client.get(address).context["form"]
    assert form.fields["course_key"].disabled
    assert form.initial["due_days"] == 30
    response = client.post(address, says("ignored", active=""), follow=True)
    assert messages(response)[0] == "0 assignments added, 1 withdrawn."
    versions = client.get(address).context["versions"]
    assert [(version.number, version.active, version.recorded_by) for version in versions] == [
        (2, False, hr),
        (1, True, None),
    ]
    assert str(Requirement.objects.get().course_key) == str(required.course_key)


def test_saving_one_unchanged_makes_no_version(client, hr):
    required = factory.requirement(factory.course())
    client.post(f"/admin/requirements/edit/{required.pk}/", says(required.course_key))
    assert required.versions.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"due_days": 0}, "due_days", "Ensure this value is greater than or equal to 1."),
        ({"repeat_months": "often"}, "repeat_months", "Enter a whole number."),
        ({"starts_on": "soon"}, "starts_on", "Enter a valid date."),
        ({"audience": 0}, "audience", "Select a valid choice. That choice is not one of the available choices."),
        ({"name": "Taken"}, "name", "Requirement with this Name already exists."),
    ],
)
def test_what_cannot_be_required_is_refused_in_words(client, hr, changes, field, words):
    key = factory.course()
    factory.requirement(key, name="Taken")
    response = client.post("/admin/requirements/new/", says(key, **changes))
    assert response.context["form"].errors == {field: [words]}
    assert Requirement.objects.count() == 1


def test_a_course_that_nobody_released_cannot_be_required(client, hr):
    response = client.post("/admin/requirements/new/", says("6c1f3f2e-1111-4222-8333-444455556666"))
    assert list(response.context["form"].errors) == ["course_key"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_requirements_are_not_deleted(client, hr, method):
    required = factory.requirement(factory.course())
    response = getattr(client, method)(f"/admin/requirements/delete/{required.pk}/", follow=True)
    assert response.redirect_chain == [(f"/admin/requirements/edit/{required.pk}/", 302)]
    assert messages(response) == [
        "A requirement is not deleted: what people owed and did under it stays on record. Switch it off instead."
    ]
    assert Requirement.objects.get() == required


def test_compliance_reads_what_is_required_and_changes_nothing(client):
    required = factory.requirement(factory.course())
    client.force_login(with_role("Compliance", "compliance"))
    page = client.get(f"/admin/requirements/inspect/{required.pk}/")
    assert [version.number for version in page.context["versions"]] == [1]
    assert page.context["fields"][-1] == {"label": "Course", "value": "Seal security"}
    for address in ("/admin/requirements/new/", f"/admin/requirements/edit/{required.pk}/"):
        assert client.get(address).headers["Location"] == "/admin/"


def numbers(response):
    return [row.person.number for row in response.context["object_list"]]


def test_the_report_says_who_owes_what(client, hr):
    key = factory.course()
    owe("2", TODAY + days(40), key, first_name="Bo")
    owe("1", TODAY - days(4), key, first_name="Ana", last_name="Ruiz")
    owe("3", TODAY, key, first_name="Cy")
    done = owe("4", TODAY, key)
    done.record = factory.record(done.person, key, AT, tell=False)
    done.save()
    assert shown(client.get("/admin/reports/assignments/")) == [
        ["Ana Ruiz", "1", "Seal security", "20 November 2026", "Overdue"],
        ["Cy", "3", "Seal security", "24 November 2026", "Due within 30 days"],
        ["Bo", "2", "Seal security", "3 January 2027", "Later"],
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("standing=late", ["1"]),
        ("standing=due", ["2"]),
        ("standing=later", ["3"]),
        ("course_key={other}", ["3"]),
        ("facility={gate}", ["2"]),
        ("facility={gate}&standing=late", []),
        ("q=ruiz+ana", ["1"]),
        ("q=soto", []),
    ],
)
def test_the_report_is_filtered_and_searched(client, hr, query, expected):
    key, other = factory.course(), factory.course("Inspection", area=5)
    owe("1", TODAY - days(1), key, first_name="Ana", last_name="Ruiz")
    owe("2", TODAY, key, code="GATE")
    owe("3", TODAY + days(31), other, name="Inspection")
    gate = factory.facility("GATE").pk
    response = client.get(f"/admin/reports/assignments/?{query.format(other=other, gate=gate)}")
    assert numbers(response) == expected


@pytest.mark.parametrize("role", ["Editors", "Supervisors"])
@pytest.mark.parametrize("address", ["/admin/reports/assignments/", "/admin/requirements/"])
def test_the_screens_are_not_for_everybody(client, role, address):
    client.force_login(with_role(role, "stranger"))
    response = client.get(address)
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (
        302,
        "/admin/" if role == "Editors" else "/sign-in/",
    )


def test_the_first_page_says_how_many_are_overdue(client, hr):
    key = factory.course()
    owe("1", TODAY - days(1), key)
    owe("2", TODAY, key)
    page = client.get("/admin/").content.decode()
    assert '<a href="/admin/reports/assignments/?standing=late"><span>1</span> overdue assignment</a>' in page
    client.force_login(with_role("Editors", "editor"))
    assert "overdue" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("address", ["/admin/requirements/", "/admin/reports/assignments/"])
def test_queries_are_the_same_at_one_row_and_at_many(client, hr, address):
    def count():
        client.get(address)
        return len(queries(lambda: client.get(address)))

    def add(number):
        owe(str(number), TODAY, factory.course(f"Course {number}"), name=f"Requirement {number}")

    add(1)
    one = count()
    for number in range(2, 20):
        add(number)
    assert count() == one


def test_hr_of_one_facility_counts_and_reads_what_its_people_owe(client, hr):
    key = factory.course()
    here, there = owe("1", TODAY - days(1), key), owe("2", TODAY - days(1), key, code="GATE")
    hr.limited_to.add(here.person.positions_held.get().facility)
    client.force_login(hr)
    assert numbers(client.get("/admin/reports/assignments/")) == ["1"]
    assert numbers(client.get(f"/admin/reports/assignments/?q={there.person.number}")) == []
    assert shown(client.get("/admin/requirements/"))[0][-2:] == ["1", "1"]
    assert "<span>1</span> overdue assignment" in client.get("/admin/").content.decode()
    choices = client.get("/admin/reports/assignments/").context["filters"].form.fields["facility"].queryset
    assert [facility.code for facility in choices] == ["YARD"]


def test_hr_of_one_facility_reads_requirements_and_changes_none(client, hr):
    required = factory.requirement(factory.course())
    hr.limited_to.add(factory.facility())
    client.force_login(hr)
    assert required.name in client.get(f"/admin/requirements/inspect/{required.pk}/").content.decode()
    response = client.post(f"/admin/requirements/edit/{required.pk}/", says(required.course_key, due_days=5))
    assert response.headers["Location"] == "/admin/"
    assert required.versions.get().due_days == 30
