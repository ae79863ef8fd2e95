"""What stands around every page: languages, the demo's mark, the account, and nothing that is not there."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import is_valid_path
from django.utils import translation

from learning.people.models import Company, Person
from tests.content import factory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    Company.objects.create(name="Corvina Freight", time_zone="America/Denver")
    factory.guide("Checking a seal")


def sign_in(client, **fields):
    person = Person.objects.create_user(number="driver", first_name="Daniel", last_name="Olmos", **fields)
    client.force_login(person)
    return person


def page(client, address="/guides/checking-a-seal/"):
    return client.get(address).content.decode()


def test_the_language_switch_keeps_the_page_and_its_query(client):
    html = page(client, "/search/?q=seal")
    form = re.search(r'<form method="post" action="/language/">(.*?)</form>', html)[1]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert (fields["next"], fields["language"]) == ("/search/?q=seal", "es")
    assert '<button class="site-tools__item" lang="es">Español</button>' in form
    response = client.post("/language/", fields)
    assert response.headers["Location"] == "/es/search/?q=seal"
    assert '<button class="site-tools__item" lang="en">English</button>' in page(client, "/es/search/?q=seal")


def test_every_page_of_a_demo_says_so(client, settings):
    html = page(client)
    assert "<title>Checking a seal · Gatehouse · Demo</title>" in html
    assert "<strong>Demo</strong>" in html
    assert 'href="/mailbox/"' in html
    settings.DEMO = False
    html = page(client)
    assert "Demo" not in html
    assert "/mailbox/" not in html


def test_a_visitor_sees_where_to_sign_in_and_no_account(client):
    html = page(client)
    assert re.findall(r'<a class="site-tools__item" href="([^"]+)"', html) == ["/search/", "/sign-in/"]
    assert re.findall(r'<li><a href="([^"]+)"([^>]*)>', html)[:2] == [
        ("/courses/", ""),
        ("/guides/", ' aria-current="true"'),
    ]
    assert "account__sheet" not in html


def test_the_account_shows_who_one_is_and_signs_out(client):
    sign_in(client)
    html = page(client)
    assert "<strong>Daniel Olmos</strong>" in html
    assert "Staff number driver" in html
    assert '<span class="avatar" aria-hidden="true">DO</span>' in html
    assert '<form method="post" action="/sign-out/">' in html
    assert 'href="/me/"' in html
    assert "Corvina Freight" in html


def test_the_way_to_the_admin_shows_to_those_whom_it_lets_in(client):
    person = sign_in(client)
    assert 'href="/admin/"' not in page(client)
    editors = Group.objects.create(name="Writers")
    editors.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    person.groups.add(editors)
    client.force_login(person)
    assert 'href="/admin/"' in page(client)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("es", "/es")])
def test_the_frame_leads_nowhere_that_is_not_there(client, language, prefix):
    sign_in(client, language=language)
    html = page(client, f"{prefix}/guides/checking-a-seal/")
    ours = {address for address in re.findall(r'(?:href|action)="(/[^"#?]*)', html) if "/static/" not in address}
    assert {f"{prefix}/verify/", f"{prefix}/sign-out/", f"{prefix}/me/", f"{prefix}/search/"} <= ours
    with translation.override(language):
        assert [address for address in ours if not is_valid_path(address)] == []


def test_the_home_page_is_the_door_and_leads_on_who_is_inside(client):
    html = page(client, "/")
    assert 'href="/sign-in/"' in html
    sign_in(client)
    assert client.get("/").headers["Location"] == "/me/"


def test_the_policy_of_a_page_allows_no_inline_code(client):
    policy = client.get("/guides/checking-a-seal/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
