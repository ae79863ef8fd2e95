"""The second factor: set up, asked for, obligatory for whoever works in the admin outside a demo."""

import json

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.people.models import Person

from .. import factory
from ..factory import PASSWORD
from . import doors
from .doors import sign_in

pytestmark = pytest.mark.django_db

LEAD = "/profile/second-factor/"


@pytest.fixture
def later():
    """Codes of an app work once: each step of these tests is a minute after the one before."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield lambda seconds=60: clock.shift(seconds)


def again(client, later, login="Ana-7"):
    client.post("/sign-out/")
    later()
    return sign_in(client, login)


def test_with_an_app_a_password_alone_does_not_sign_in(client, ana, later):
    sign_in(client, "Ana-7")
    secret, _codes = doors.set_up_app(client)
    assert again(client, later).headers["Location"] == "/sign-in/second-factor/"
    assert doors.who(client) is None
    assert client.get("/me/records/").status_code == 302
    wrong = client.post("/sign-in/second-factor/", {"code": "000000"})
    assert doors.field_errors(wrong, "code") == ["That code is not right, or not right any more. Use the newest one."]
    right = client.post("/sign-in/second-factor/", {"code": doors.totp(secret)})
    assert right.headers["Location"] == "/me/"
    assert client.session["attribution"] == "password_2fa"


def test_a_code_of_the_app_works_once_as_long_as_it_is_good(client, ana, later):
    sign_in(client, "Ana-7")
    secret, _codes = doors.set_up_app(client)
    again(client, later)
    code = doors.totp(secret)
    assert client.post("/sign-in/second-factor/", {"code": code}).status_code == 302
    again(client, lambda: later(31))
    assert client.post("/sign-in/second-factor/", {"code": code}).status_code == 200
    assert doors.who(client) is None


def test_a_recovery_code_works_once(client, ana, later):
    sign_in(client, "Ana-7")
    _secret, codes = doors.set_up_app(client)
    assert len(set(codes)) == 10
    again(client, later)
    assert client.post("/sign-in/second-factor/", {"code": codes[3]}).headers["Location"] == "/me/"
    assert client.session["attribution"] == "password_2fa"
    again(client, later)
    assert client.post("/sign-in/second-factor/", {"code": codes[3]}).status_code == 200
    assert doors.who(client) is None


def test_recovery_codes_are_shown_once(client, ana):
    sign_in(client, "Ana-7")
    _secret, codes = doors.set_up_app(client)
    page = client.get("/profile/second-factor/codes/").content.decode()
    assert not any(code in page for code in codes)
    assert "10 codes are left" in page


def test_a_mailed_code_does_not_go_round_the_app(client, ana, later, mailoutbox):
    sign_in(client, "Ana-7")
    secret, _codes = doors.set_up_app(client)
    client.post("/sign-out/")
    later()
    client.post("/sign-in/code/", {"email": "Ana-7"})
    code = doors.code_in(doors.arrived(mailoutbox))
    asked = client.post("/sign-in/code/confirm/", {"code": code})
    assert asked.headers["Location"] == "/sign-in/second-factor/"
    client.post("/sign-in/second-factor/", {"code": doors.totp(secret)})
    assert client.session["attribution"] == "mail_code"


def test_a_new_password_by_mail_does_not_go_round_the_app(client, ana, later, mailoutbox, settings):
    sign_in(client, "Ana-7")
    doors.set_up_app(client)
    client.post("/sign-out/")
    client.post("/sign-in/reset/", {"email": "Ana-7"})
    path = doors.address_in(doors.arrived(mailoutbox)).removeprefix(settings.GATEHOUSE_PUBLIC_URL)
    client.post(client.get(path).headers["Location"], {"password1": "seal no 88 z", "password2": "seal no 88 z"})
    assert sign_in(client, "Ana-7", "seal no 88 z").headers["Location"] == "/sign-in/second-factor/"


def test_secrets_are_not_readable_in_the_database(client, ana):
    sign_in(client, "Ana-7")
    secret, codes = doors.set_up_app(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = json.dumps([str(row[0]) for row in cursor.fetchall()])
    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_under_another_key_no_code_fits(client, ana, later, settings):
    """Not even that of an empty secret."""
    sign_in(client, "Ana-7")
    _secret, codes = doors.set_up_app(client)
    client.post("/sign-out/")
    settings.SECRET_KEY = "another key of another house"
    sign_in(client, "Ana-7")
    for code in (doors.totp(""), codes[0]):
        assert client.post("/sign-in/second-factor/", {"code": code}).status_code == 200
    assert doors.who(client) is None


def test_with_a_retired_key_codes_still_fit(client, ana, later, settings):
    sign_in(client, "Ana-7")
    secret, _codes = doors.set_up_app(client)
    client.post("/sign-out/")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of another house"
    later()
    sign_in(client, "Ana-7")
    assert client.post("/sign-in/second-factor/", {"code": doors.totp(secret)}).headers["Location"] == "/me/"


def test_after_a_while_changing_how_one_signs_in_asks_once_more(client, ana, later):
    sign_in(client, "Ana-7")
    later(301)
    response = client.get("/profile/second-factor/app/")
    assert response.headers["Location"] == "/profile/confirm/?next=%2Fprofile%2Fsecond-factor%2Fapp%2F"
    assert client.post(response.headers["Location"], {"password": "wrong"}).status_code == 200
    response = client.post("/profile/confirm/", {"password": PASSWORD, "next": "/profile/second-factor/app/"})
    assert response.headers["Location"] == "/profile/second-factor/app/"
    assert client.get("/profile/second-factor/app/").status_code == 200
    assert client.session["attribution"] == "password"


def test_in_a_demo_nobody_is_led_to_one(client):
    factory.person("hr", password=PASSWORD, role="Human resources")
    assert sign_in(client, "hr", next="/admin/").headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


ROLES = ["Human resources", "Compliance", "Editors", "Administrators"]


def member(role):
    if role == "superuser":
        return Person.objects.create_superuser("x", PASSWORD, first_name="Xenia")
    return factory.person("x", "Xenia", password=PASSWORD, role=role)


@pytest.mark.parametrize("role", [*ROLES, "superuser"])
def test_outside_a_demo_the_roles_of_the_admin_reach_nothing_without_one(client, live, role):
    member(role)
    sign_in(client, "x")
    for address in (
        "/admin/",
        "/me/",
        "/courses/",
        "/profile/",
        "/es/me/records/",
        "/",
        "/profile/password/",
        "/search/",
    ):
        response = client.get(address)
        there = "/es" + LEAD if address.startswith("/es/") else LEAD
        assert (response.status_code, response.headers.get("Location")) == (302, there), address
    assert client.post("/profile/password/", {}).headers["Location"] == LEAD
    assert "Set up a second factor first" in client.get(LEAD).content.decode()

    _secret, _codes = doors.set_up_app(client)
    assert client.get("/admin/").status_code == 200
    assert client.get(LEAD).headers["Location"] == "/profile/"


@pytest.mark.parametrize("role", [None, "Supervisors"])
def test_outside_a_demo_everybody_else_goes_on_without(client, live, role):
    factory.person("x", password=PASSWORD, role=role)
    sign_in(client, "x")
    assert client.get("/me/records/").status_code == 200


def test_who_has_one_shows_it_and_is_in(client, live, later):
    member("Compliance")
    sign_in(client, "x")
    secret, _codes = doors.set_up_app(client)
    again(client, later, "x")
    assert client.get("/admin/").status_code == 302
    client.post("/sign-in/second-factor/", {"code": doors.totp(secret)})
    assert client.get("/admin/").status_code == 200


def test_a_session_that_was_opened_without_it_must_show_the_one_there_is(client, live, later):
    """By a slip, say: what opened it is not what the admin asks for."""
    who = member("Compliance")
    sign_in(client, "x")
    secret, _codes = doors.set_up_app(client)
    other = Client()
    other.force_login(who)
    assert other.get("/admin/").headers["Location"] == LEAD
    assert "One more step" in other.get(LEAD).content.decode()
    # Adding another one is changing how one signs in: that must be shown to be theirs first.
    assert other.get("/profile/second-factor/app/").headers["Location"].startswith("/profile/confirm/")
    later()
    shown = other.post("/profile/confirm/code/?next=/profile/", {"code": doors.totp(secret)})
    assert shown.headers["Location"] == "/profile/"
    assert other.get("/admin/").status_code == 200


def test_a_role_gained_while_signed_in_asks_for_one(client, live):
    who = factory.person("x", password=PASSWORD)
    sign_in(client, "x")
    assert client.get("/me/records/").status_code == 200
    who.groups.add(factory.Group.objects.get(name="Editors"))
    assert client.get("/me/records/").headers["Location"].startswith("/sign-in/")
    sign_in(client, "x")
    assert client.get("/me/records/").headers["Location"] == LEAD


def test_the_last_one_stays_where_it_is_obligatory(client, live, later):
    member("Editors")
    sign_in(client, "x")
    doors.set_up_app(client)
    page = client.get("/profile/second-factor/app/remove/")
    assert "Your role needs a second factor. Add another one first." in page.content.decode()
    client.post("/profile/second-factor/app/remove/")
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_who_may_do_without_removes_it(client, ana):
    sign_in(client, "Ana-7")
    doors.set_up_app(client)
    assert client.post("/profile/second-factor/app/remove/").headers["Location"] == "/profile/"
    assert not Authenticator.objects.exists()


def test_nobody_removes_the_passkey_of_somebody_else(client, ana):
    theirs = Authenticator.objects.create(
        user=factory.person("other"), type="webauthn", data={"name": "Theirs", "credential": {}}
    )
    sign_in(client, "Ana-7")
    for passkey in (theirs.pk, "x", ""):
        assert client.post("/profile/second-factor/passkey/remove/", {"passkey": passkey}).status_code == 404
    assert Authenticator.objects.get() == theirs


def test_a_session_at_a_kiosk_is_not_led_away(client, live):
    who = member("Compliance")
    client.force_login(who)
    session = client.session
    session["attribution"] = "pin_kiosk"
    session.save()
    assert client.get("/me/records/").status_code == 200


def test_hr_sees_whether_somebody_has_one(client):
    client.force_login(factory.person("hr", role="Human resources"))
    who = factory.hire("12")
    address = reverse("wagtailusers_users:inspect", args=[who.pk])
    assert "<dt>Second factor</dt><dd>not set</dd>" in client.get(address).content.decode()
    Authenticator.objects.create(user=who, type="recovery_codes", data={})
    assert "<dt>Second factor</dt><dd>not set</dd>" in client.get(address).content.decode()
    Authenticator.objects.create(user=who, type="totp", data={})
    assert "<dt>Second factor</dt><dd>set</dd>" in client.get(address).content.decode()
