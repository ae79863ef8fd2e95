"""What the screens for people refuse: deleting, bulk actions, and whoever may not see or change people."""

import pytest

from learning.people.models import Company, Person
from tests.queries import queries

from . import factory
from .admin import messages

pytestmark = [pytest.mark.django_db, pytest.mark.indexed, pytest.mark.usefixtures("noon_in_denver")]


KEPT = {
    "people": (lambda: factory.person("100"), "People are not deleted: their records stay."),
    "employments": (lambda: factory.employ(factory.person("100")), "An employment is not deleted"),
    "positions-held": (lambda: factory.place(factory.person("100")), "A position held is not deleted"),
    "leaves": (lambda: factory.away(factory.person("100")), "A leave is not deleted"),
    "tags": (lambda: factory.tag(), "A tag is not deleted"),
    "audiences": (lambda: factory.audience(), "An audience is not deleted"),
    "positions": (lambda: factory.position(), "It stays: records and rules may name it."),
    "facilities": (lambda: factory.facility(), "It stays: records and rules may name it."),
    "employers": (lambda: factory.employer(), "It stays: records and rules may name it."),
    "companies": (lambda: factory.company(), "It stays: records and rules may name it."),
}


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_of_people_is_deleted_even_by_a_superuser(client, name, method):
    client.force_login(Person.objects.create_superuser("root", first_name="Root"))
    make, words = KEPT[name]
    row = make()
    for address in (f"/admin/{name}/", f"/admin/{name}/edit/{row.pk}/"):
        assert "/delete/" not in client.get(address).content.decode()
    response = getattr(client, method)(f"/admin/{name}/delete/{row.pk}/", follow=True)
    assert response.redirect_chain == [(f"/admin/{name}/edit/{row.pk}/", 302)]
    assert messages(response)[0].startswith(words)
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_bulk_actions_on_users_are_closed(client, action, method):
    root = Person.objects.create_superuser("root", first_name="Root")
    client.force_login(root)
    who = factory.person("100")
    role = factory.person("x", role="Administrators").groups.get()
    address = f"/admin/bulk/people/person/{action}/?id={who.pk}"
    response = getattr(client, method)(address, {"role": role.pk, "mark_as_active": ""}, follow=True)
    assert response.redirect_chain == [("/admin/people/", 302)]
    assert messages(response) == ["People are changed one by one, each on their own page, and are never deleted."]
    who.refresh_from_db()
    assert (who.is_active, who.groups.count()) == (True, 0)


@pytest.mark.parametrize("address", ["/admin/users/", "/admin/users/new/", "/admin/users/edit/1/"])
def test_wagtails_own_screens_for_users_are_gone(client, admin, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", KEPT)
def test_who_may_only_view_reads_and_changes_nothing(client, name):
    row = KEPT[name][0]()
    client.force_login(factory.person("compliance", role="Compliance"))
    listing = client.get(f"/admin/{name}/").content.decode()
    assert f"/admin/{name}/inspect/{row.pk}/" in listing
    assert f"/admin/{name}/edit/" not in listing
    assert f"/admin/{name}/new/" not in listing
    page = client.get(f"/admin/{name}/inspect/{row.pk}/")
    assert str(row) in page.content.decode()
    for address in (f"/admin/{name}/new/", f"/admin/{name}/edit/{row.pk}/"):
        response = client.post(address, {}, follow=True)
        assert response.redirect_chain == [("/admin/", 302)]
        assert messages(response) == ["Sorry, you do not have permission to access this area."]


def test_who_may_only_view_sees_work_and_rule(client):
    client.force_login(factory.person("compliance", role="Compliance"))
    who = factory.hire("100")
    page = client.get(f"/admin/people/inspect/{who.pk}/")
    assert [row.employer.name for row in page.context["employments"]] == ["Corvina Freight"]
    assert "/admin/employments/" not in page.content.decode().split('aria-labelledby="employments"')[1]
    fields = {field["label"]: field["value"] for field in page.context["fields"]}
    assert (fields["Staff number"], fields["May sign in"], fields["Language"]) == ("100", "yes", "English")
    audience = factory.audience()
    assert client.get(f"/admin/audiences/inspect/{audience.pk}/").context["preview"].selected.number == 1


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("role", ["Editors", None])
def test_people_are_not_for_editors_and_learners(client, name, role):
    row = KEPT[name][0]()
    client.force_login(factory.person("stranger", role=role))
    for page in ("", "new/", f"edit/{row.pk}/", f"inspect/{row.pk}/", f"delete/{row.pk}/", f"history/{row.pk}/"):
        response = client.get(f"/admin/{name}/{page}")
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/admin/" if role else "/sign-in/")


@pytest.mark.parametrize("page", ["", "results/", "chosen/{pk}/", "chosen-multiple/?id={pk}"])
def test_the_chooser_of_people_is_for_those_who_may_see_them(client, hr, page):
    who = factory.person("100", "Ana", last_name="Ruiz")
    address = "/admin/choose-person/" + page.format(pk=who.pk)
    assert "Ana Ruiz · 100" in client.get(address).json().__str__() if page != "results/" else True
    client.force_login(factory.person("editor", role="Editors"))
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


def test_the_chooser_searches_by_words(client, hr):
    factory.person("100", "Ana", last_name="Ruiz")
    factory.person("200", "Bo", last_name="Soto")
    html = client.get("/admin/choose-person/results/?q=soto+bo").content.decode()
    assert "Bo Soto · 200" in html
    assert "Ana Ruiz" not in html


@pytest.mark.parametrize(
    "name", ["people", "employments", "positions-held", "audiences", "positions", "facilities", "choose-person"]
)
def test_listings_ask_the_same_number_of_queries_at_one_row_and_at_many(client, hr, name):
    def count():
        client.get(f"/admin/{name}/")
        return len(queries(lambda: client.get(f"/admin/{name}/")))

    def add(number):
        who = factory.hire(str(number), f"Position {number}", f"F{number}")
        who.employments.update(manager=hr)
        factory.audience(
            f"Audience {number}", {"and": [{"position": [str(factory.position(f"Position {number}").uuid)]}]}
        )

    add(1)
    one = count()
    for number in range(2, 9):
        add(number)
    assert count() == one


def test_listings_are_paginated(client, hr):
    Person.objects.bulk_create(Person(number=str(number), first_name="Ana") for number in range(70))
    page = client.get("/admin/people/?p=2")
    assert (len(page.context["object_list"]), page.context["paginator"].count) == (21, 71)


def test_the_company_on_a_form_is_the_only_one(client, hr):
    company = factory.company()
    assert client.get("/admin/employments/new/").context["form"].initial["company"] == company
    assert Company.objects.count() == 1
