"""Limits to facilities: whom somebody may see, and what they may no longer change."""

import pytest
from django.contrib.auth.models import Group

from learning.people.models import Facility, Person

from . import factory
from .admin import data
from .factory import HIRED, TODAY, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def limited(client, hr):
    hr.limited_to.add(factory.facility("YARD"))
    client.force_login(hr)
    return hr


def seen(user):
    found = Person.objects.visible_to(Person.objects.get(pk=user.pk), TODAY).exclude(pk=user.pk)
    return sorted(found.values_list("number", flat=True))


def test_hr_of_one_facility_sees_who_works_or_will_work_there(limited):
    factory.hire("here")
    factory.hire("elsewhere", code="PORT")
    factory.hire("coming", on=TODAY + days(5))
    both = factory.hire("both", code="PORT")
    factory.place(both, "Guard", "YARD")
    factory.person("nowhere")
    assert seen(limited) == ["both", "coming", "here"]
    limited.limited_to.clear()
    assert seen(limited) == ["both", "coming", "elsewhere", "here", "nowhere"]


def test_who_left_is_still_of_the_last_facility(limited):
    factory.place(factory.person("left here"), "Dock hand", "YARD", ends_on=TODAY)
    moved = factory.person("moved away")
    factory.place(moved, "Dock hand", "YARD", ends_on=TODAY)
    factory.place(moved, "Dock hand", "PORT", on=TODAY)
    left_there = factory.person("left there")
    factory.place(left_there, "Dock hand", "YARD", on=HIRED - days(90), ends_on=HIRED)
    factory.place(left_there, "Dock hand", "PORT", ends_on=TODAY)
    assert seen(limited) == ["left here"]


def test_a_merged_account_is_where_the_one_is_that_it_was_merged_into(limited):
    here, there = factory.hire("here"), factory.hire("there", code="PORT")
    factory.person("was here", merged_into=here)
    factory.person("was there", merged_into=there)
    assert seen(limited) == ["here", "was here"]


def test_supervisors_see_the_line_under_them_and_within_it_their_facilities():
    lead, second = factory.hire("lead", role="Supervisors"), factory.hire("second")
    second.employments.update(manager=lead)
    for number, code in (("near", "YARD"), ("far", "PORT")):
        factory.hire(number, code=code).employments.update(manager=second)
    factory.person("old", merged_into=Person.objects.get(number="far"))
    factory.hire("stranger")
    assert seen(lead) == ["far", "near", "old", "second"]
    lead.limited_to.add(factory.facility("YARD"))
    assert seen(lead) == ["near", "second"]


def test_several_facilities_are_seen_together(limited):
    factory.hire("here")
    factory.hire("port", code="PORT")
    factory.hire("gate", code="GATE")
    limited.limited_to.add(factory.facility("GATE"))
    assert seen(limited) == ["gate", "here"]
    user = Person.objects.get(pk=limited.pk)
    assert {facility.code for facility in Facility.objects.visible_to(user)} == {"GATE", "YARD"}
    assert Facility.objects.visible_to(factory.person("x")).count() == 3


@pytest.mark.parametrize(
    ("permission", "remains"),
    [
        ("people.view_company", True),
        ("people.change_company", False),
        ("people.add_facility", False),
        ("people.change_position", False),
        ("people.change_audience", False),
        ("people.add_importsource", False),
        ("people.add_peopleimport", True),
        ("assignments.view_requirement", True),
        ("assignments.change_requirement", False),
        ("people.add_person", True),
        ("people.change_employment", True),
        ("courses.change_enrolment", True),
    ],
)
def test_what_facilities_share_is_only_read_by_who_is_limited(hr, permission, remains):
    assert hr.has_perm(permission)
    hr.limited_to.add(factory.facility())
    assert Person.objects.get(pk=hr.pk).has_perm(permission) is remains


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_who_is_limited_gives_roles(client, admin, superuser):
    admin.is_superuser = superuser
    admin.save()
    admin.limited_to.add(factory.facility())
    client.force_login(admin)
    who = factory.hire("100")
    form = client.get(f"/admin/people/edit/{who.pk}/").context["form"]
    assert not {"groups", "limited_to"} & set(form.fields)
    role = Group.objects.get(name="Compliance")
    assert client.get(f"/admin/groups/edit/{role.pk}/").headers["Location"] == "/admin/"


@pytest.mark.parametrize("change", ["add", "remove", "clear", "clear the facility"])
def test_other_limits_end_what_is_open(client, hr, change):
    yard, gate = factory.facility("YARD"), factory.facility("GATE")
    hr.limited_to.set([yard, gate])
    client.force_login(hr)
    deeds = {
        "add": lambda: hr.limited_to.add(factory.facility("PORT")),
        "remove": lambda: hr.limited_to.remove(gate),
        "clear": hr.limited_to.clear,
        "clear the facility": yard.limited_people.clear,
    }
    assert client.get("/admin/people/").status_code == 200
    deeds[change]()
    assert client.get("/admin/people/").headers["Location"] == "/sign-in/?next=/admin/people/"


def test_saving_the_same_limits_ends_nothing(client, hr):
    hr.limited_to.add(factory.facility())
    client.force_login(hr)
    hr.limited_to.set([factory.facility()])
    assert client.get("/admin/people/").status_code == 200


def form_of(client, address):
    return client.get(address).context["form"]


def test_who_is_limited_places_people_at_their_own_facilities_only(client, limited):
    who, port = factory.hire("100"), factory.facility("PORT")
    (held,) = who.positions_held.all()
    address = f"/admin/positions-held/edit/{held.pk}/"
    posted = data(form_of(client, address))
    response = client.post(address, posted | {"facility": port.pk})
    assert list(response.context["form"].errors) == ["facility"]
    response = client.post("/admin/positions-held/new/", posted | {"person": who.pk, "facility": port.pk})
    assert list(response.context["form"].errors) == ["facility"]
    assert list(who.positions_held.values_list("facility__code", flat=True)) == ["YARD"]


def test_who_is_limited_changes_no_position_elsewhere(client, limited):
    """Somebody may work at two facilities: each is for its own HR."""
    who = factory.hire("100")
    elsewhere = factory.place(who, "Guard", "PORT")
    address = f"/admin/positions-held/edit/{elsewhere.pk}/"
    posted = data(form_of(client, address), facility=factory.facility("YARD").pk, reason="Moved")
    response = client.post(address, posted)
    words = ["This position is at a facility that is not yours: nothing was changed."]
    assert response.context["form"].errors == {"__all__": words}
    elsewhere.refresh_from_db()
    assert elsewhere.facility.code == "PORT"


def test_who_is_limited_cannot_add_somebody_who_works_nowhere(client, limited):
    response = client.post("/admin/people/new/", {"number": "100", "first_name": "Ana", "language": "en"})
    assert {"facility", "position", "starts_on"} <= set(response.context["form"].errors)
    assert not Person.objects.filter(number="100").exists()


def test_who_is_limited_cannot_place_or_employ_a_stranger(client, limited):
    stranger = factory.hire("900", code="PORT")
    own = factory.hire("100")
    for page, row in (("positions-held", own.positions_held.get()), ("employments", own.employments.get())):
        posted = data(form_of(client, f"/admin/{page}/edit/{row.pk}/"), person=stranger.pk)
        response = client.post(f"/admin/{page}/new/", posted)
        assert list(response.context["form"].errors)[0] == "person"
        assert client.get(f"/admin/{page}/new/?person={stranger.pk}").context["form"].initial["person"] is None
    assert (stranger.positions_held.count(), stranger.employments.count()) == (1, 1)


@pytest.mark.parametrize("field", ["person", "manager"])
def test_a_form_that_comes_back_does_not_say_who_a_stranger_is(client, limited, field):
    stranger, own = factory.hire("900", code="PORT", last_name="Hidden"), factory.hire("100", last_name="Known")
    row = own.employments.get()
    posted = data(form_of(client, f"/admin/employments/edit/{row.pk}/"), person=own.pk) | {field: stranger.pk}
    page = client.post("/admin/employments/new/", posted)
    assert field in page.context["form"].errors
    assert "Hidden" not in page.content.decode()
    assert "Known" in client.post("/admin/employments/new/", posted | {field: own.pk, "starts_on": ""}).content.decode()


@pytest.mark.parametrize("made_up", ["abc", "-1", "9" * 30, "1.5", "²"])
def test_a_made_up_key_is_nobody(client, hr, made_up):
    assert client.get(f"/admin/choose-person/chosen/{made_up}/").status_code == 404
    chosen = client.get("/admin/choose-person/chosen-multiple/", {"id": [made_up, hr.pk]}).json()["result"]
    assert [row["id"] for row in chosen] == [str(hr.pk)]
    page = client.post("/admin/employments/new/", {"person": made_up, "manager": made_up})
    assert {"person", "manager"} <= set(page.context["form"].errors)


def test_whose_number_it_is_stays_unsaid_when_it_is_a_strangers(client, limited):
    factory.hire("900", code="PORT", last_name="Hidden")
    newcomer = factory.hire("T-0001", to_confirm=True)
    address = f"/admin/people/confirm/{newcomer.pk}/"
    page = client.post(address, data(form_of(client, address), number="900"))
    assert page.context["form"].errors == {"number": ["Somebody else has this staff number."]}
