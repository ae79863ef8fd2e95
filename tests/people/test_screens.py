"""The screens for people in the admin: what they show, and that they act through the actions."""

import pytest
from django.apps import apps
from wagtail.models import ModelLogEntry

from learning.people.models import Employment, Facility, LeavePeriod, Person, Position, PositionHeld

from . import factory
from .admin import data, numbers, shown
from .factory import AT, HIRED, TODAY, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


def test_the_listing_shows_where_people_work_today(client, hr):
    who = factory.hire("100", first_name="Ana", last_name="Ruiz")
    factory.place(who, "Guard", "GATE")
    factory.place(who, "Driver", ends_on=TODAY)
    gone = factory.person("200", "Bo", last_name="Soto", is_active=False)
    factory.employ(gone, ends_on=TODAY)
    ana = ["Ana Ruiz", "100", "Dock hand, Guard", "Yard, Gate", "Corvina Freight", "", "True"]
    assert shown(client.get("/admin/people/"))[1:] == [ana]
    assert shown(client.get("/admin/people/?works=all"))[1:] == [
        ana,
        ["Bo Soto", "200", "", "", "Corvina Freight", "Left, last day 23 November 2026", "False"],
    ]


def test_the_listing_says_who_is_away_comes_or_waits_to_be_confirmed(client, hr):
    away, coming = factory.hire("1", last_name="Away"), factory.hire("2", on=TODAY + days(1), last_name="Coming")
    LeavePeriod.objects.create(person=away, starts_on=HIRED, ends_on=TODAY + days(3), recorded_at=AT)
    LeavePeriod.objects.create(person=coming, starts_on=HIRED, ends_on=TODAY, recorded_at=AT)
    factory.hire("3", last_name="Waiting", to_confirm=True)
    assert [row[5] for row in shown(client.get("/admin/people/"))[1:]] == [
        "On leave until 26 November 2026",
        "Begins 25 November 2026",
        "To be confirmed",
    ]


def test_somebody_who_was_merged_is_not_listed(client, hr):
    factory.person("100", merged_into=hr)
    assert numbers(client.get("/admin/people/")) == ["hr"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=ana+ruiz", ["100"]),
        ("q=nobody", []),
        ("position={guard}", ["200"]),
        ("facility={yard}", ["100"]),
        ("facility={yard}&position={guard}", []),
        ("works=left", ["300"]),
        ("works=left&position={dock}", ["300"]),
        ("works=left&facility={yard}", ["300"]),
        ("works=left&facility={gate}", []),
        ("works=all", ["100", "200", "300", "hr"]),
        ("works=away", ["200"]),
        ("is_active=false", []),
        ("is_active=false&works=all", ["300"]),
        ("to_confirm=true", ["100"]),
        ("tags={tag}", ["100"]),
        ("employer={agency}", ["200"]),
    ],
)
def test_search_and_filters(client, hr, query, expected):
    ana = factory.hire("100", first_name="Ana", last_name="Ruiz", to_confirm=True)
    ana.tags.create(name="Forklift")
    bo = factory.hire("200", "Guard", "GATE", first_name="Bo")
    bo.employments.update(employer=factory.employer("Otay Staffing"))
    LeavePeriod.objects.create(person=bo, starts_on=HIRED, recorded_at=AT)
    gone = factory.hire("300", first_name="Cy", is_active=False)
    gone.employments.update(ends_on=TODAY)
    gone.positions_held.update(ends_on=TODAY)
    ids = {
        "guard": Position.objects.get(title="Guard").pk,
        "dock": Position.objects.get(title="Dock hand").pk,
        "yard": Facility.objects.get(code="YARD").pk,
        "gate": Facility.objects.get(code="GATE").pk,
        "tag": ana.tags.get().pk,
        "agency": bo.employments.get().employer_id,
    }
    assert sorted(numbers(client.get(f"/admin/people/?{query.format(**ids)}"))) == expected


def test_adding_a_person_goes_through_the_action_and_on_to_their_page(client, hr, heard):
    response = client.post(
        "/admin/people/new/",
        {"number": "100", "first_name": "Ana", "email": "Ana@Example.com", "language": "es", "is_active": "on"},
    )
    who = Person.objects.get(number="100")
    assert response.headers["Location"] == f"/admin/people/edit/{who.pk}/"
    assert (who.first_name, who.email, who.language, who.is_active) == ("Ana", "ana@example.com", "es", True)
    assert not who.has_usable_password()
    assert heard == [[who.pk]]
    entry = ModelLogEntry.objects.get(action="wagtail.create")
    assert (entry.object_id, entry.user) == (str(who.pk), hr)


def test_changing_a_person_goes_through_the_action(client, hr, heard):
    who = factory.hire("100", first_name="Ana")
    form = client.get(f"/admin/people/edit/{who.pk}/").context["form"]
    client.post(f"/admin/people/edit/{who.pk}/", data(form, first_name="Anita", time_zone="America/Chicago"))
    who.refresh_from_db()
    assert (who.first_name, who.time_zone) == ("Anita", "America/Chicago")
    assert heard == [[who.pk]]
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.object_id, entry.user) == ("people.change", str(who.pk), hr)
    assert entry.message == "Changed; first name: Ana → Anita; time zone: America/Chicago"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"number": "HR"}, "__all__", "Somebody else has this staff number."),
        ({"email": "HELEN@example.com"}, "__all__", "Somebody else has this email address."),
        ({"email": "nowhere"}, "email", "Enter a valid email address."),
        (
            {"time_zone": "localtime"},
            "time_zone",
            "Select a valid choice. localtime is not one of the available choices.",
        ),
        ({"first_name": ""}, "first_name", "This field is required."),
    ],
)
def test_what_cannot_be_a_person_is_refused_in_words(client, hr, changes, field, words):
    Person.objects.filter(pk=hr.pk).update(email="helen@example.com")
    response = client.post("/admin/people/new/", {"number": "100", "first_name": "Ana", "language": "en"} | changes)
    assert response.context["form"].errors == {field: [words]}
    assert Person.objects.count() == 1


def test_no_form_takes_a_password_or_makes_a_superuser(client, admin):
    who = factory.person("100")
    stolen = {"password": "x", "password1": "x", "password2": "x", "is_superuser": "on", "is_staff": "on"}
    form = client.get(f"/admin/people/edit/{who.pk}/").context["form"]
    assert set(form.fields) == {
        "number",
        "first_name",
        "last_name",
        "email",
        "phone",
        "badge",
        "language",
        "time_zone",
        "is_active",
        "groups",
        "limited_to",
    }
    client.post(f"/admin/people/edit/{who.pk}/", data(form, **stolen))
    who.refresh_from_db()
    assert (who.is_superuser, who.has_usable_password()) == (False, False)


def test_roles_are_given_by_administrators_only(client, hr):
    who = factory.person("100")
    role = factory.person("x", role="Administrators").groups.get()
    form = client.get(f"/admin/people/edit/{who.pk}/").context["form"]
    assert "groups" not in form.fields
    client.post(f"/admin/people/edit/{who.pk}/", data(form, groups=[role.pk]))
    assert not who.groups.exists()
    client.force_login(factory.person("admin", role="Administrators"))
    form = client.get(f"/admin/people/edit/{who.pk}/").context["form"]
    client.post(f"/admin/people/edit/{who.pk}/", data(form, groups=[role.pk]))
    assert who.groups.get() == role


def test_hr_does_not_touch_the_accounts_of_those_who_work_in_the_admin(client, hr):
    boss = factory.person("admin", "Ada", role="Administrators", email="ada@example.com", phone="1")
    form = client.get(f"/admin/people/edit/{boss.pk}/").context["form"]
    assert [name for name, field in form.fields.items() if field.disabled] == ["number", "email", "is_active"]
    client.post(
        f"/admin/people/edit/{boss.pk}/", data(form, number="x", email="helen@example.com", phone="2", is_active="")
    )
    boss.refresh_from_db()
    assert (boss.number, boss.email, boss.phone, boss.is_active) == ("admin", "ada@example.com", "2", True)


def test_an_administrator_does_not_touch_the_account_of_a_superuser(client, admin):
    root = Person.objects.create_superuser("root", first_name="Root", email="root@example.com")
    form = client.get(f"/admin/people/edit/{root.pk}/").context["form"]
    assert [name for name, field in form.fields.items() if field.disabled] == [
        "number",
        "email",
        "is_active",
        "groups",
        "limited_to",
    ]


def test_nobody_shuts_the_door_on_themselves(client, admin):
    form = client.get(f"/admin/people/edit/{admin.pk}/").context["form"]
    client.post(f"/admin/people/edit/{admin.pk}/", data(form, is_active="", groups=[], first_name="Adele"))
    admin.refresh_from_db()
    assert (admin.first_name, admin.is_active, admin.groups.count()) == ("Adele", True, 1)


def test_employment_is_added_from_the_persons_page(client, hr, heard):
    who, boss = factory.person("100"), factory.person("1")
    page = client.get(f"/admin/people/edit/{who.pk}/")
    assert f'href="/admin/employments/new/?person={who.pk}"' in page.content.decode()
    company, employer = factory.company(), factory.employer()
    form = client.get(f"/admin/employments/new/?person={who.pk}").context["form"]
    response = client.post(
        "/admin/employments/new/",
        data(form, employer=employer.pk, manager=boss.pk, starts_on="2026-11-01", until="2026-11-30"),
    )
    assert response.headers["Location"] == f"/admin/people/edit/{who.pk}/"
    row = Employment.objects.get()
    assert (row.person, row.company, row.manager, row.starts_on) == (who, company, boss, HIRED)
    assert (row.ends_on, row.until, row.recorded_at) == (TODAY + days(7), TODAY + days(6), AT)
    assert heard == [[who.pk]]


@pytest.mark.parametrize("page", ["employments", "positions-held"])
def test_an_address_that_names_no_person_opens_an_empty_form(client, hr, page):
    form = client.get(f"/admin/{page}/new/?person=ana").context["form"]
    assert form.initial["person"] is None


def test_employment_ends_by_its_last_day(client, hr, heard):
    who = factory.hire("100")
    row = Employment.objects.get()
    form = client.get(f"/admin/employments/edit/{row.pk}/").context["form"]
    assert "person" not in form.fields
    client.post(f"/admin/employments/edit/{row.pk}/", data(form, until="2026-11-24"))
    row.refresh_from_db()
    assert row.ends_on == TODAY + days(1)
    assert heard == [[who.pk]]
    assert client.get(f"/admin/employments/edit/{row.pk}/").context["form"].initial["until"] == TODAY


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"until": "2026-10-31"}, {"until": ["This is before the first day."]}),
        ({"until": "9999-12-31"}, {"until": ["The last day that counts. Empty while it goes on."]}),
        ({"manager": "self"}, {"manager": ["Nobody is their own manager."]}),
    ],
)
def test_an_employment_that_cannot_be_is_refused_in_words(client, hr, changes, errors):
    who = factory.hire("100")
    row = Employment.objects.get()
    changes = {name: who.pk if value == "self" else value for name, value in changes.items()}
    form = client.get(f"/admin/employments/edit/{row.pk}/").context["form"]
    response = client.post(f"/admin/employments/edit/{row.pk}/", data(form, **changes))
    assert response.context["form"].errors == errors


def test_nobody_is_hired_as_their_own_manager(client, hr):
    who = factory.person("100")
    posted = {
        "person": who.pk,
        "manager": who.pk,
        "company": factory.company().pk,
        "employer": factory.employer().pk,
        "kind": "employee",
        "starts_on": "2026-11-01",
    }
    response = client.post("/admin/employments/new/", posted)
    assert response.context["form"].errors == {"__all__": ["Nobody is their own manager."]}


def test_position_is_added_and_moved(client, hr, heard):
    who = factory.person("100")
    posted = {
        "person": who.pk,
        "position": factory.position().pk,
        "facility": factory.facility().pk,
        "starts_on": "2026-11-01",
    }
    client.post("/admin/positions-held/new/", posted)
    held = PositionHeld.objects.get()
    assert (held.person, held.company, held.ends_on) == (who, factory.company(), None)
    other = Facility.objects.create(
        code="MX",
        name="Tijuana",
        country="MX",
        time_zone="America/Tijuana",
        company=factory.company("Corvina de México"),
    )
    form = client.get(f"/admin/positions-held/edit/{held.pk}/").context["form"]
    address = f"/admin/positions-held/edit/{held.pk}/"
    response = client.post(address, data(form, facility=other.pk))
    assert response.context["form"].errors == {"reason": ["This changes days that are over: say why."]}
    client.post(address, data(form, facility=other.pk, reason="It was Tijuana"))
    held.refresh_from_db()
    assert (held.facility, held.company) == (other, other.company)
    assert heard == [[who.pk], [who.pk]]


@pytest.mark.parametrize("name", ["employments", "positions-held"])
@pytest.mark.parametrize(
    ("query", "expected"),
    [("q=ana+ruiz", ["100"]), ("current=yes", ["100"]), ("current=no", ["200", "300"]), ("", ["100", "200", "300"])],
)
def test_what_people_do_is_searched_and_filtered(client, hr, name, query, expected):
    factory.hire("100", first_name="Ana", last_name="Ruiz")
    gone, coming = factory.hire("200"), factory.hire("300", on=TODAY + days(1))
    gone.employments.update(ends_on=TODAY)
    gone.positions_held.update(ends_on=TODAY)
    assert coming.employments.exists()
    rows = client.get(f"/admin/{name}/?{query}").context["object_list"]
    assert sorted(row.person.number for row in rows) == expected


def test_the_history_says_who_changed_a_person(client, hr):
    who = factory.person("100", "Ana")
    form = client.get(f"/admin/people/edit/{who.pk}/").context["form"]
    client.post(f"/admin/people/edit/{who.pk}/", data(form, first_name="Anita"))
    entries = client.get(f"/admin/people/history/{who.pk}/").context["object_list"]
    assert [(entry.message, entry.user, entry.label) for entry in entries] == [
        ("Changed; first name: Ana → Anita", hr, "Anita · 100")
    ]


PLAIN = {
    "positions": ("Position", {"title": "Dock hand", "sensitive": "on"}, {"title": "Dock hand", "sensitive": True}),
    "employers": ("Employer", {"name": "Otay Staffing", "kind": "agency"}, {"name": "Otay Staffing", "kind": "agency"}),
    "companies": (
        "Company",
        {"name": "Corvina", "ctpat_account": "1", "time_zone": "America/Denver"},
        {"name": "Corvina", "ctpat_account": "1", "time_zone": "America/Denver"},
    ),
}


@pytest.mark.parametrize("name", PLAIN)
def test_plain_listings_add_and_list(client, hr, name):
    label, posted, stored = PLAIN[name]
    client.post(f"/admin/{name}/new/", posted)
    model = apps.get_model("people", label)
    assert model.objects.values(*stored).get() == stored
    assert client.get(f"/admin/{name}/").context["object_list"].get() == model.objects.get()


def test_facility_is_added(client, hr):
    posted = {"company": factory.company().pk, "code": "OTAY", "name": "Otay Mesa", "country": "US"}
    response = client.post("/admin/facilities/new/", posted | {"time_zone": "Mars/Olympus"})
    assert list(response.context["form"].errors) == ["time_zone"]
    client.post("/admin/facilities/new/", posted | {"time_zone": "America/Tijuana"})
    assert Facility.objects.get().time_zone == "America/Tijuana"
