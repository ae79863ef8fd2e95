"""Deeds about one person in the admin: each says what will happen, refuses in words, and is for who may do it."""

import pytest
from wagtail.models import ModelLogEntry

from learning.people.models import Employment, LeavePeriod, Person, PositionHeld
from tests.queries import queries

from . import factory
from .admin import data, messages
from .factory import AT, HIRED, TODAY, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def ana():
    return factory.hire("100", first_name="Ana", last_name="Ruiz")


def left(who, on=TODAY):
    who.employments.update(ends_on=on)
    who.positions_held.update(ends_on=on)
    return who


def first_entry(who):
    return ModelLogEntry.objects.for_instance(who).first().message


def test_a_new_person_comes_with_employment_and_position_in_one_step(client, hr, heard):
    boss = factory.person("1", "Bea")
    page = client.get("/admin/people/new/")
    posted = data(
        page.context["form"],
        number="100",
        first_name="Ana",
        company=factory.company().pk,
        employer=factory.employer().pk,
        manager=boss.pk,
        position=factory.position().pk,
        facility=factory.facility().pk,
        starts_on="2026-11-01",
    )
    response = client.post("/admin/people/new/", posted)
    who = Person.objects.get(number="100")
    assert response.headers["Location"] == f"/admin/people/edit/{who.pk}/"
    job, held = Employment.objects.get(), PositionHeld.objects.get()
    assert (job.person, job.manager, job.starts_on, job.ends_on, job.kind) == (who, boss, HIRED, None, "employee")
    assert (held.person, held.facility, held.starts_on) == (who, factory.facility(), HIRED)
    assert heard == [[who.pk]] * 3


@pytest.mark.parametrize("missing", ["employer", "position", "facility", "starts_on"])
def test_half_an_employment_is_refused_and_nobody_is_made(client, hr, missing):
    work = {
        "employer": factory.employer().pk,
        "position": factory.position().pk,
        "facility": factory.facility().pk,
        "starts_on": "2026-11-01",
    }
    work.pop(missing)
    posted = {"number": "100", "first_name": "Ana", "language": "en", "company": factory.company().pk} | work
    response = client.post("/admin/people/new/", posted)
    assert response.context["form"].errors == {missing: ["This field is required."]}
    assert not Person.objects.filter(number="100").exists()


def test_who_is_limited_to_facilities_enters_people_there_and_with_work(client, hr):
    hr.limited_to.add(factory.facility("GATE"))
    client.force_login(hr)
    form = client.get("/admin/people/new/").context["form"]
    assert list(form.fields["facility"].queryset) == [factory.facility("GATE")]
    response = client.post("/admin/people/new/", {"number": "100", "first_name": "Ana", "language": "en"})
    assert set(response.context["form"].errors) == {"company", "employer", "position", "facility", "starts_on"}


def test_leaving_is_one_deed_that_says_what_ends(client, hr, ana):
    page = client.get(f"/admin/people/leaves/{ana.pk}/")
    assert page.context["ends"] == [
        "Corvina Freight, since 1 November 2026",
        "Dock hand · Yard, since 1 November 2026",
    ]
    assert page.context["described"] == "Ana Ruiz · 100 · Dock hand · Yard"
    response = client.post(f"/admin/people/leaves/{ana.pk}/", {"last_day": "2026-11-24"}, follow=True)
    assert response.redirect_chain == [(f"/admin/people/edit/{ana.pk}/", 302)]
    assert messages(response) == ["Ana Ruiz · 100: the last day is noted."]
    assert (ana.employments.get().ends_on, ana.positions_held.get().ends_on) == (TODAY + days(1),) * 2
    html = response.content.decode()
    assert "Leaves; until: 24 November 2026" in html


def test_a_last_day_that_is_over_asks_why(client, hr, ana):
    address = f"/admin/people/leaves/{ana.pk}/"
    response = client.post(address, {"last_day": "2026-11-20"})
    assert response.context["form"].errors == {"reason": ["This changes days that are over: say why."]}
    client.post(address, {"last_day": "2026-11-20", "reason": "Told late"})
    assert first_entry(ana) == "Leaves; until: 20 November 2026. Reason: Told late"


def test_a_mistake_is_undone_from_the_page(client, hr, ana):
    Employment.objects.update(recorded_at=AT - days(20))
    PositionHeld.objects.update(recorded_at=AT - days(20))
    client.post(f"/admin/people/leaves/{ana.pk}/", {"last_day": "2026-11-24"})
    response = client.post(f"/admin/people/stays/{ana.pk}/", {}, follow=True)
    assert messages(response)[-1] == "Ana Ruiz · 100 works here as before."
    assert (ana.employments.get().ends_on, ana.positions_held.get().ends_on) == (None, None)
    response = client.post(f"/admin/people/stays/{ana.pk}/", {})
    assert response.context["form"].errors == {"__all__": ["Nothing was ended that could go on."]}


def test_a_leaver_is_hired_again_under_the_same_account(client, hr, ana):
    assert client.get(f"/admin/people/hire-again/{ana.pk}/").status_code == 404
    left(ana)
    assert f"/admin/people/hire-again/{ana.pk}/" in client.get(f"/admin/people/edit/{ana.pk}/").content.decode()
    page = client.get(f"/admin/people/hire-again/{ana.pk}/")
    work = {
        "employer": factory.employer().pk,
        "position": factory.position("Guard").pk,
        "facility": factory.facility().pk,
    }
    response = client.post(
        f"/admin/people/hire-again/{ana.pk}/", data(page.context["form"], starts_on="2026-11-24", **work), follow=True
    )
    assert messages(response) == ["Ana Ruiz · 100 works here again."]
    assert ana.employments.count() == 2
    assert ana.positions_held.get(position__title="Guard").starts_on == TODAY
    assert first_entry(ana) == "Hired again; Corvina Freight"


def test_two_accounts_are_looked_at_side_by_side_and_merged(client, hr, ana):
    other = factory.hire("A-7", first_name="Ana", last_name="Ruiz", phone="555-0142")
    page = client.post(f"/admin/people/merge/{ana.pk}/", {"other": other.pk})
    address = f"/admin/people/merge/{ana.pk}/{other.pk}/"
    assert page.headers["Location"] == address
    page = client.get(address)
    assert page.context["both"] == [ana, other]
    assert f'href="/admin/people/merge/{other.pk}/{ana.pk}/"' in page.content.decode()
    errors = client.post(address, {"reason": ""}).context["form"].errors
    assert errors == {"reason": ["This field is required."], "sure": ["This field is required."]}
    response = client.post(address, {"reason": "Same badge", "sure": "on"}, follow=True)
    assert messages(response) == ["Ana Ruiz · A-7 was merged into Ana Ruiz · 100."]
    other.refresh_from_db()
    assert other.merged_into == ana
    assert f'href="/admin/people/inspect/{other.pk}/"' in response.content.decode()
    assert "This account was merged into" in client.get(f"/admin/people/inspect/{other.pk}/").content.decode()
    for deed in ("leaves", "stays", "hire-again", "merge"):
        assert client.get(f"/admin/people/{deed}/{other.pk}/").status_code == 404


def test_what_cannot_be_merged_is_refused_in_words(client, hr, ana):
    response = client.post(f"/admin/people/merge/{ana.pk}/", {"other": ana.pk})
    assert response.context["form"].errors == {"other": ["These are the same account."]}
    assert client.get(f"/admin/people/merge/{ana.pk}/{ana.pk}/").status_code == 404
    boss = factory.person("admin", role="Administrators")
    page = client.get(f"/admin/people/merge/{ana.pk}/{boss.pk}/")
    words = "One of them works in the administration: only an administrator merges it."
    assert page.context["barred"] is True
    assert words in page.content.decode()
    client.post(f"/admin/people/merge/{ana.pk}/{boss.pk}/", {"reason": "x", "sure": "on"})
    assert not Person.objects.filter(merged_into__isnull=False).exists()


DEEDS = ["leaves/{ana}/", "stays/{ana}/", "hire-again/{ana}/", "confirm/{ana}/", "merge/{ana}/", "merge/{ana}/{bo}/"]


@pytest.mark.parametrize("address", DEEDS)
@pytest.mark.parametrize(("role", "to"), [("Compliance", "/admin/"), ("Editors", "/admin/"), (None, "/sign-in/")])
def test_deeds_are_for_who_may_change_people(client, ana, address, role, to):
    address = address.format(ana=ana.pk, bo=factory.hire("200").pk)
    client.force_login(factory.person("me", role=role))
    for method in ("get", "post"):
        response = getattr(client, method)(f"/admin/people/{address}")
        assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, to)


@pytest.mark.parametrize("address", [*DEEDS, "edit/{ana}/", "inspect/{ana}/", "history/{ana}/", "delete/{ana}/"])
def test_people_of_another_facility_are_not_found(client, hr, ana, address):
    bo = factory.hire("200", code="GATE", to_confirm=True)
    hr.limited_to.add(factory.facility("GATE"))
    client.force_login(hr)
    address = address.format(ana=ana.pk, bo=bo.pk)
    assert client.get(f"/admin/people/{address}").status_code == 404
    assert client.post(f"/admin/people/{address}", {"last_day": "2026-11-24", "reason": "x"}).status_code == 404
    assert ana.employments.get().ends_on is None
    assert client.get(f"/admin/people/edit/{bo.pk}/").context["person"] == bo


@pytest.mark.parametrize("name", ["employments", "positions-held", "leaves"])
def test_neither_are_their_dated_rows(client, hr, ana, name):
    factory.away(ana)
    bo = factory.hire("200", code="GATE")
    factory.away(bo)
    hr.limited_to.add(factory.facility("GATE"))
    client.force_login(hr)
    rows = client.get(f"/admin/{name}/").context["object_list"]
    assert [row.person.number for row in rows] == ["200"]
    model = {"employments": Employment, "positions-held": PositionHeld, "leaves": LeavePeriod}[name]
    for page in ("edit", "inspect", "history", "delete"):
        assert client.get(f"/admin/{name}/{page}/{model.objects.get(person=ana).pk}/").status_code == 404
    form = client.get(f"/admin/{name}/new/?person={ana.pk}").context["form"]
    assert form.initial["person"] is None
    posted = data(form, person=ana.pk, starts_on="2026-11-24")
    assert "person" in client.post(f"/admin/{name}/new/", posted).context["form"].errors


def test_leave_is_added_and_changed_and_shown(client, hr, ana):
    form = client.get(f"/admin/leaves/new/?person={ana.pk}").context["form"]
    posted = data(form, starts_on="2026-11-20", until="2026-11-30")
    response = client.post("/admin/leaves/new/", posted)
    assert response.context["form"].errors == {"reason": ["This changes days that are over: say why."]}
    response = client.post("/admin/leaves/new/", posted | {"reason": "Doctor's note"}, follow=True)
    assert response.redirect_chain == [(f"/admin/people/edit/{ana.pk}/", 302)]
    leave = LeavePeriod.objects.get()
    assert (leave.starts_on, leave.until) == (TODAY - days(4), TODAY + days(6))
    form = client.get(f"/admin/leaves/edit/{leave.pk}/").context["form"]
    client.post(f"/admin/leaves/edit/{leave.pk}/", data(form, until="2026-12-06"))
    leave.refresh_from_db()
    assert leave.until == TODAY + days(12)
    assert list(client.get(f"/admin/people/edit/{ana.pk}/").context["leaves"]) == [leave]


def test_a_circle_of_managers_is_refused_in_the_form(client, hr, ana):
    mo = factory.hire("3", first_name="Mo")
    mo.employments.update(manager=ana)
    job = ana.employments.get()
    form = client.get(f"/admin/employments/edit/{job.pk}/").context["form"]
    response = client.post(f"/admin/employments/edit/{job.pk}/", data(form, manager=mo.pk))
    assert response.context["form"].errors == {"manager": ["Mo is in Ana Ruiz's own line."]}


def test_the_person_page_asks_as_much_for_one_as_for_many(client, admin, ana):
    def count():
        client.get(f"/admin/people/edit/{ana.pk}/")
        return len(queries(lambda: client.get(f"/admin/people/edit/{ana.pk}/")))

    factory.employ(ana, HIRED - days(999), HIRED - days(990))
    factory.away(ana)
    one = count()
    for number in range(8):
        other = factory.employer(f"Employer {number}")
        factory.employ(ana, HIRED - days(900 - number * 20), HIRED - days(890 - number * 20), employer=other)
        factory.place(ana, f"Position {number}")
        factory.away(ana, HIRED + days(number), HIRED + days(number + 1))
    assert count() == one


def test_the_chooser_tells_people_of_one_name_apart(client, hr, ana):
    gone = left(factory.hire("200", "Guard", "GATE", first_name="Ana", last_name="Ruiz"))
    html = client.get("/admin/choose-person/results/?q=ana").content.decode()
    cells = html.split("<tr")[2:]
    assert ["Dock hand" in row and "Yard" in row for row in cells] == [True, False]
    chosen = client.get(f"/admin/choose-person/chosen/{ana.pk}/").json()["result"]
    assert chosen["title"] == "Ana Ruiz · 100 · Dock hand · Yard"
    assert client.get(f"/admin/choose-person/chosen/{gone.pk}/").json()["result"]["title"] == "Ana Ruiz · 200"
    job = factory.hire("300").employments.get()
    job.manager = ana
    job.save()
    page = client.get(f"/admin/employments/edit/{job.pk}/").content.decode()
    assert "Ana Ruiz · 100 · Dock hand · Yard" in page


@pytest.mark.parametrize("query", ["pena", "PEÑA", "garcia", "jose garcia", "Peña José"])
def test_the_chooser_takes_either_surname_without_accents(client, hr, query):
    factory.person("1", "José", last_name="García Peña")
    factory.person("2", "Jose", last_name="Ruiz")
    html = client.get("/admin/choose-person/results/", {"q": query}).content.decode()
    assert "José García Peña · 1" in html
    assert "Jose Ruiz" not in html


def test_the_chooser_does_not_know_people_of_another_facility(client, hr, ana):
    factory.hire("200", code="GATE", first_name="Bo")
    hr.limited_to.add(factory.facility("GATE"))
    client.force_login(hr)
    html = client.get("/admin/choose-person/results/").content.decode()
    assert "Bo · 200" in html
    assert "Ana Ruiz" not in html
    assert client.get(f"/admin/choose-person/chosen/{ana.pk}/").status_code == 404


def test_the_listing_of_people_is_within_its_budget(client, hr):
    tag = factory.tag()
    for number in range(60):
        who = factory.hire(str(number), f"Position {number}", f"F{number}")
        who.tags.add(tag)
    client.get("/admin/people/")
    assert len(queries(lambda: client.get("/admin/people/"))) <= 15
