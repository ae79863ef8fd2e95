"""Somebody starts at 05:00: added by a supervisor or by HR, found again if they were here before, confirmed later."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from learning.people.models import Employer, Employment, Person, PositionHeld
from learning.people.quick_add import actions, likely
from tests.queries import queries
from tests.threads import together

from . import factory
from .admin import messages, numbers
from .factory import AT, TODAY, days


def add(first_name="Ramiro", **fields):
    values = {
        "last_name": "Quiroz",
        "employer": "Otay Staffing",
        "position": factory.position(),
        "facility": factory.facility(),
        "starts_on": TODAY,
        "ends_on": TODAY + days(30),
        "at": AT,
        "by": None,
    }
    return actions.add_quickly(first_name=first_name, **(values | fields))


def said(form, **changes):
    """What a phone posts of the form."""
    return {
        "token": form.initial["token"],
        "first_name": "Ramiro",
        "last_name": "Quiroz Peña",
        "employer": "",
        "agency": "Otay Staffing",
        "position": factory.position().pk,
        "facility": factory.facility().pk,
        "until": "2026-12-23",
        "language": "es",
        "phone": "",
    } | changes


@pytest.fixture
def supervisor(client, noon_in_denver, db):
    who = factory.hire("boss", "Yard supervisor", first_name="Marta", role="Supervisors")
    client.force_login(who)
    return who


def test_the_person_works_from_today_under_a_number_of_the_system(db):
    boss = factory.person("boss")
    who = add(manager=boss, by=boss, language="es", phone="1")
    assert (who.number, who.to_confirm, who.language, who.has_usable_password()) == ("T-0001", True, "es", False)
    job, held = who.employments.get(), who.positions_held.get()
    assert (job.employer.name, job.employer.kind, job.kind, job.manager) == (
        "Otay Staffing",
        "agency",
        "temporary",
        boss,
    )
    assert (job.starts_on, job.until, held.until, held.facility) == (
        TODAY,
        TODAY + days(29),
        TODAY + days(29),
        factory.facility(),
    )
    entries = ModelLogEntry.objects.for_instance(who).order_by("pk").values_list("action", "user__number")
    assert list(entries) == [(f"people.{deed}", "boss") for deed in ("add_quickly", "employ", "place")]


def test_an_agency_is_found_in_whatever_capitals_and_a_contractor_brings_contractors(db):
    factory.employer("Otay Staffing")
    Employer.objects.create(name="Fence Co", kind="contractor")
    assert add(employer=" otay  STAFFING ").employments.get().kind == "employee"
    assert add(employer="Fence Co").employments.get().kind == "contractor"
    assert Employer.objects.count() == 2


def test_numbers_are_never_given_twice(db):
    assert [add().number, add().number] == ["T-0001", "T-0002"]
    factory.person("t-0004")
    last = add()
    assert last.number == "T-0003"
    actions.confirm(person=last, at=AT, by=None, number="4711")
    assert add().number == "T-0005"


def test_several_at_the_same_moment_have_several_numbers(committed_database):
    factory.position(), factory.facility(), factory.employer("Otay Staffing")
    answers = together(*[add] * 6)
    assert sorted(person.number for person in answers) == [f"T-000{number}" for number in range(1, 7)]


def test_a_form_sent_several_times_adds_one_person(committed_database):
    factory.position(), factory.facility(), factory.employer("Otay Staffing")
    token = uuid.uuid4()
    answers = together(*[lambda: add(uuid=token)] * 5)
    assert {person.pk for person in answers} == {Person.objects.get().pk}
    assert Employment.objects.count() == PositionHeld.objects.count() == 1


def test_a_supervisor_adds_somebody_into_the_own_line_and_goes_on_to_the_slip(client, supervisor):
    form = client.get("/team/add/").context["form"]
    assert form.initial["until"] == TODAY + days(29)
    assert form.initial["facility"] == factory.facility()
    response = client.post("/team/add/", said(form))
    who = Person.objects.get(number="T-0001")
    assert response.headers["Location"] == f"/team/{who.uuid}/slip/"
    assert who.uuid == form.initial["token"]
    assert (who.employments.get().manager, who.employments.get().until) == (supervisor, TODAY + days(29))
    assert Person.objects.under(supervisor, TODAY).get() == who
    page = client.get(response.headers["Location"])
    assert messages(page) == [
        "Ramiro Quiroz Peña is added, with the staff number T-0001. Now the slip to sign in with."
    ]
    assert client.post("/team/add/", said(form)).headers["Location"] == f"/team/{who.uuid}/slip/"
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"first_name": ""}, "first_name", "This field is required."),
        ({"agency": " "}, "agency", "Choose the agency, or write its name."),
        ({"until": "2026-11-23"}, "until", "This day is over."),
        ({"until": "2028-01-01"}, "until", "More than a year is for HR to enter."),
        ({"facility": "{other}"}, "facility", None),
        ({"position": ""}, "position", "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_in_words(client, supervisor, changes, field, words):
    other = factory.facility("OTHER").pk
    changes = {name: value.format(other=other) for name, value in changes.items()}
    form = client.get("/team/add/").context["form"]
    errors = client.post("/team/add/", said(form, **changes)).context["form"].errors
    assert list(errors) == [field]
    assert words is None or errors[field] == [words]
    assert not Person.objects.filter(to_confirm=True).exists()


def test_a_returner_is_offered_first_and_hired_again_as_the_same_person(client, supervisor):
    gone = factory.hire("300", first_name="Ramiro", last_name="Pena Lopez")
    gone.employments.update(ends_on=TODAY - days(5))
    gone.positions_held.update(ends_on=TODAY - days(5))
    form = client.get("/team/add/").context["form"]
    page = client.post("/team/add/", said(form))
    (found,) = page.context["found"]
    assert (found.number, found.left_on, str(found.holds[0].position)) == ("300", TODAY - days(6), "Dock hand")
    assert Person.objects.count() == 2
    response = client.post("/team/add/", said(form, again=str(gone.uuid)))
    assert response.headers["Location"] == f"/team/{gone.uuid}/slip/"
    gone.refresh_from_db()
    assert (gone.to_confirm, gone.employments.count(), gone.number) == (True, 2, "300")
    assert gone.employments.get(ends_on__gt=TODAY).manager == supervisor


def test_somebody_of_the_same_name_may_be_new_all_the_same(client, supervisor):
    factory.hire("300", first_name="Ramiro", last_name="Quiroz")
    form = client.get("/team/add/").context["form"]
    page = client.post("/team/add/", said(form))
    assert [(person.number, person.left_on) for person in page.context["found"]] == [("300", None)]
    # Whoever works here is not hired again.
    client.post("/team/add/", said(form, again=str(page.context["found"][0].uuid)))
    assert not Person.objects.filter(to_confirm=True).exists()
    client.post("/team/add/", said(form, new="1"))
    assert Person.objects.get(to_confirm=True).number == "T-0001"


def test_people_of_other_facilities_are_not_offered(client, supervisor):
    factory.hire("300", code="OTHER", first_name="Ramiro", last_name="Quiroz")
    form = client.get("/team/add/").context["form"]
    client.post("/team/add/", said(form))
    assert Person.objects.get(to_confirm=True).number == "T-0001"


@pytest.mark.parametrize(
    ("first_name", "last_name", "expected"),
    [
        ("jose", "peña", ["1"]),
        ("JOSÉ", "Garcia", ["1"]),
        ("José", "Lopez", []),
        ("José Luis", "García Peña", ["1"]),
        ("José", "", ["1", "2"]),
        ("Ana", "García", []),
        # In the address only.
        ("Mail", "García", []),
    ],
)
def test_who_is_likely(db, first_name, last_name, expected):
    factory.person("1", "José", last_name="García Peña", email="mail@example.com")
    factory.person("2", "Jose", last_name="Ruiz")
    factory.person("3", "José", last_name="García", merged_into=factory.person("9", "Other"))
    found = likely.people_named(first_name, last_name, among=Person.objects.all(), on=TODAY)
    assert sorted(person.number for person in found) == expected


def test_looking_for_likely_people_asks_as_much_for_one_as_for_many(db):
    def count():
        return len(queries(lambda: likely.people_named("Ana", "Ruiz", among=Person.objects.all(), on=TODAY)))

    factory.hire("1", first_name="Ana", last_name="Ruiz")
    one = count()
    for number in range(2, 9):
        factory.hire(str(number), first_name="Ana", last_name="Ruiz")
    assert count() == one


def test_only_who_leads_a_crew_adds_to_it(client, noon_in_denver, db):
    client.force_login(factory.hire("dock"))
    assert client.get("/team/add/").status_code == 404
    boss = factory.hire("lead", "Dispatcher")
    factory.hire("driver").employments.update(manager=boss)
    client.force_login(boss)
    assert client.get("/team/add/").context["form"].initial["facility"] == factory.facility()


def test_a_supervisor_limited_to_facilities_adds_there_only(client, supervisor):
    supervisor.limited_to.add(factory.facility("GATE"))
    client.force_login(supervisor)
    form = client.get("/team/add/").context["form"]
    assert list(form.fields["facility"].queryset) == [factory.facility("GATE")]


def test_hr_adds_in_the_admin_and_confirms_with_the_real_number(client, hr, noon_in_denver):
    form = client.get("/admin/quick-add/").context["form"]
    response = client.post("/admin/quick-add/", said(form))
    who = Person.objects.get(number="T-0001")
    assert response.headers["Location"] == f"/team/{who.uuid}/slip/"
    home = client.get("/admin/").content.decode()
    assert '<a href="/admin/people/?to_confirm=true&amp;works=all"><span>1</span> person to confirm</a>' in home
    assert numbers(client.get("/admin/people/?to_confirm=true&works=all")) == ["T-0001"]

    address = f"/admin/people/confirm/{who.pk}/"
    factory.person("4711", "Bo")
    fields = {"first_name": "Ramiro", "last_name": "Quiroz", "language": "es"}
    page = client.post(address, fields | {"number": "4711"})
    assert page.context["form"].errors == {
        "number": ["Bo has this staff number. If it is the same person, merge the two."]
    }
    response = client.post(address, fields | {"number": "4712"}, follow=True)
    assert messages(response) == ["Ramiro Quiroz · 4712 is confirmed."]
    who.refresh_from_db()
    assert (who.number, who.to_confirm) == ("4712", False)
    said_of = [entry.message for entry in ModelLogEntry.objects.for_instance(who).order_by("pk")]
    assert said_of[-2:] == [
        "Changed; staff number: T-0001 → 4712; last name: Quiroz Peña → Quiroz",
        "Confirmed",
    ]
    assert client.get(address).status_code == 404
    assert "to confirm" not in client.get("/admin/").content.decode()


def test_the_page_to_confirm_offers_who_it_may_be(client, hr, noon_in_denver):
    known = factory.hire("300", first_name="Ramiro", last_name="Quiroz")
    who = add()
    page = client.get(f"/admin/people/confirm/{who.pk}/")
    assert [person.number for person in page.context["found"]] == ["300"]
    assert f'href="/admin/people/merge/{known.pk}/{who.pk}/"' in page.content.decode()


def test_a_number_that_somebody_else_has_is_refused_by_the_deed(db):
    factory.person("A-1", "Bo")
    with pytest.raises(ValidationError):
        actions.confirm(person=add(), at=AT, by=None, number="a-1")
