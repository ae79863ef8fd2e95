"""One door takes a password; everything else leads there or is closed."""

import re

import pytest
import time_machine
from django.core.management import call_command
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from wagtail.users.models import UserProfile

from learning.people.models import Person

from .. import factory
from ..factory import PASSWORD
from .doors import errors, sign_in

pytestmark = pytest.mark.django_db

NO_MATCH = "Number and password do not match. Mind capital letters."


@pytest.mark.parametrize("login", ["Ana-7", "ana-7", " ANA-7 ", "ana@example.com", "Ana@Example.com"])
@pytest.mark.parametrize("address", ["/sign-in/", "/es/sign-in/"])
def test_number_or_mail_and_a_password_sign_in(client, ana, login, address):
    """A staff number is typed on phones that begin with a capital letter: case does not matter in either."""
    response = sign_in(client, login, address=address)
    assert response.headers["Location"] == "/me/"
    assert client.session["_auth_user_id"] == str(ana.pk)
    assert client.session["attribution"] == "password"


def test_after_sign_in_the_language_of_the_profile_counts(client):
    factory.person("1", password=PASSWORD, language="es")
    assert sign_in(client, "1").headers["Location"] == "/es/me/"


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("Ana-7", "wrong"),
        ("ana@example.com", "wrong"),
        ("nobody", PASSWORD),
        ("nobody@example.com", PASSWORD),
        ("no-password", ""),
        ("no-password", "!"),
    ],
)
def test_known_and_unknown_accounts_get_the_same_answer(client, ana, login, password):
    factory.person("no-password")
    response = sign_in(client, login, password)
    assert response.status_code == 200
    if password:
        assert errors(response) == [NO_MATCH]
    assert "_auth_user_id" not in client.session


def test_inactive_people_do_not_sign_in(client, ana):
    Person.objects.update(is_active=False)
    assert errors(sign_in(client, "Ana-7", "wrong")) == [NO_MATCH]
    response = client.post("/sign-in/", {"login": "Ana-7", "password": PASSWORD}, follow=True)
    assert response.redirect_chain == [("/sign-in/", 302)]
    assert "This account may not sign in any more. If that is wrong, ask HR." in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_who_becomes_inactive_is_out_at_the_next_request(client, ana):
    client.force_login(ana)
    assert client.get("/admin/login/").status_code == 302
    assert client.get("/me/records/").status_code == 200
    Person.objects.update(is_active=False)
    response = client.get("/me/records/")
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in/?next=/me/records/")


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ("/courses/", "/courses/"),
        ("/es/courses/", "/es/courses/"),
        ("https://elsewhere.example/", "/me/"),
        ("//elsewhere.example/", "/me/"),
        ("javascript:alert(1)", "/me/"),
        ("", "/me/"),
    ],
)
def test_next_leads_to_our_own_pages_only(client, ana, there, expected):
    assert sign_in(client, "Ana-7", next=there).headers["Location"] == expected


def test_a_session_is_new_after_sign_in(client, ana):
    client.get("/sign-in/")
    session = client.session
    session["kept"] = "from before"
    session.save()
    before = session.session_key
    sign_in(client, "Ana-7")
    assert client.session.session_key != before


def test_signing_out_takes_a_post(client, ana):
    client.force_login(ana)
    assert client.get("/sign-out/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_the_admins_sign_out_is_ours(client):
    """Wagtail's own forgets who one is when a mere link is followed."""
    client.force_login(factory.person("hr", role="Human resources"))
    assert "Sign out now?" in client.get("/admin/logout/").content.decode()
    assert "_auth_user_id" in client.session
    assert client.post("/admin/logout/").headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_wrong_passwords_for_one_account_are_limited_from_anywhere(client, ana):
    for number in range(5):
        assert errors(sign_in(client, "ana-7", "wrong", remote=f"10.0.0.{number}")) == [NO_MATCH]
    response = sign_in(client, "Ana-7", remote="10.0.0.99")
    assert errors(response) == ["Too many tries. Wait five minutes, then try again."]
    factory.person("8", password=PASSWORD)
    assert sign_in(client, "8", remote="10.0.0.99").status_code == 302


def test_the_limit_ends_after_five_minutes(client, ana):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for _number in range(6):
            sign_in(client, "ana-7", "wrong")
        clock.shift(301)
        assert sign_in(client, "Ana-7").status_code == 302


def test_unknown_accounts_are_limited_in_the_same_words(client):
    for _number in range(5):
        sign_in(client, "nobody", "wrong")
    assert errors(sign_in(client, "nobody", "wrong")) == ["Too many tries. Wait five minutes, then try again."]


def test_one_address_cannot_try_many_accounts(client):
    for number in range(100):
        response = sign_in(client, f"account-{number}", "wrong")
        if errors(response) != [NO_MATCH]:
            break
    assert errors(response) == ["Too many tries. Wait five minutes, then try again."]
    assert number >= 10


def addresses():
    """Every address of the URLconf, its arguments filled with something that fits."""
    samples = {
        "int": "1",
        "str": "x",
        "slug": "x",
        "uuid": "6c1f3f2e-1111-4222-8333-444455556666",
        "path": "x",
    }

    def walk(patterns, prefix):
        for pattern in patterns:
            part = str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                route = prefix + part
                route = re.sub(r"<(?:(\w+):)?\w+>", lambda match: samples.get(match[1] or "str", "x"), route)
                yield "/" + re.sub(r"\(\?P<\w+>[^()]*(?:\([^()]*\))?[^()]*\)|\(\?:es/\)\?|[\^$\\]", "", route)
            else:
                yield from walk(pattern.url_patterns, prefix + part)

    yield from walk(get_resolver().url_patterns, "")


CREDENTIALS = {
    "login": "root",
    "username": "root",
    "number": "root",
    "email": "root@example.com",
    "user": "root",
    "password": PASSWORD,
    "password1": PASSWORD,
    "pass": PASSWORD,
    "next": "/",
}


def test_a_password_posted_anywhere_but_to_the_door_gives_no_session(client):
    Person.objects.create_superuser("root", PASSWORD, first_name="Root", email="root@example.com")
    doors, asked = [], 0
    client.raise_request_exception = False
    for address in sorted({*addresses(), "/es/sign-in/", "/_util/login/", "/es/_util/login/", "/admin/login/"}):
        client.cookies.clear()
        client.post(address, CREDENTIALS, headers={"authorization": "Basic cm9vdDphIHNlYWwgaXMgY2hlY2tlZCB0d2ljZQ=="})
        asked += 1
        if "_auth_user_id" in client.session:
            doors.append(address)
    assert doors == ["/es/sign-in/", "/sign-in/"]
    assert asked > 150


@pytest.mark.parametrize(
    ("door", "ours"),
    [("/admin/login/", "/sign-in/"), ("/_util/login/", "/sign-in/"), ("/es/_util/login/", "/es/sign-in/")],
)
def test_other_doors_lead_to_ours(client, door, ours):
    assert client.get(f"{door}?next=/admin/pages/").headers["Location"] == f"{ours}?next=/admin/pages/"


@pytest.mark.parametrize("page", ["", "done/", "confirm/MQ/set-password/", "complete/"])
def test_wagtails_password_reset_is_closed(client, page):
    assert client.get(f"/admin/password_reset/{page}").status_code == 404
    assert client.post(f"/admin/password_reset/{page}", {"email": "ana@example.com"}).status_code == 404


@pytest.mark.parametrize("page", ["sign-up/", "signup/", "accounts/signup/", "password/reset/"])
def test_nobody_signs_up(client, page):
    assert client.get(f"/{page}").status_code == 404


def test_who_may_not_enter_the_admin_is_told_and_not_sent_round(client, ana):
    client.force_login(ana)
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain == [("/sign-in/?next=/admin/", 302)]
    assert response.status_code == 403
    assert "Your account does not open this page" in response.content.decode()
    response = sign_in(client, "Ana-7", address="/sign-in/?next=/admin/")
    assert response.status_code == 403


def test_who_signs_in_for_the_admin_without_the_right_is_told(client, ana):
    response = client.post("/sign-in/", {"login": "Ana-7", "password": PASSWORD, "next": "/admin/people/"}, follow=True)
    assert [address for address, _status in response.redirect_chain] == [
        "/admin/people/",
        "/sign-in/?next=/admin/people/",
    ]
    assert response.status_code == 403


def test_who_may_enter_the_admin_goes_there_at_once(client):
    factory.person("hr", password=PASSWORD, role="Human resources")
    assert client.get("/admin/people/").headers["Location"] == "/sign-in/?next=/admin/people/"
    response = client.post("/sign-in/", {"login": "hr", "password": PASSWORD, "next": "/admin/people/"}, follow=True)
    assert response.redirect_chain == [("/admin/people/", 302)]
    assert response.status_code == 200


def test_the_account_page_of_the_admin_leaves_name_mail_and_password_alone(client):
    who = factory.person("hr", "Helen", password=PASSWORD, email="hr@example.com", role="Human resources")
    client.force_login(who)
    response = client.get("/admin/account/")
    panels = [panel.name for panels in response.context["panels_by_tab"].values() for panel in panels]
    assert panels == ["avatar", "locale", "theme"]
    stolen = {
        "name_email-first_name": "Mallory",
        "name_email-email": "m@example.com",
        "password-new_password1": "another one 77",
        "password-new_password2": "another one 77",
    }
    kept = {
        "locale-preferred_language": "es",
        "locale-current_time_zone": "America/Denver",
        "theme-theme": "dark",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    assert client.post("/admin/account/", stolen | kept).status_code == 302
    who.refresh_from_db()
    assert (who.first_name, who.email, who.check_password(PASSWORD)) == ("Helen", "hr@example.com", True)
    assert (who.wagtail_userprofile.theme, who.wagtail_userprofile.preferred_language) == ("dark", "es")


def test_times_in_the_admin_are_local_from_the_first_sign_in(client, ana):
    who = factory.person("hr", "Helen", password=PASSWORD, role="Human resources")
    factory.place(who)
    for person in (who, ana, who):
        client.force_login(person)
    client.get("/admin/account/")
    assert list(UserProfile.objects.values_list("user__number", "current_time_zone")) == [("hr", "America/Denver")]


def test_the_account_page_is_for_those_who_may_enter_the_admin(client, ana):
    assert client.get("/admin/account/").headers["Location"] == "/sign-in/?next=/admin/account/"
    client.force_login(ana)
    assert client.get("/admin/account/").headers["Location"] == "/sign-in/?next=/admin/account/"


def test_an_operator_sets_a_password(client, monkeypatch):
    factory.person("9")
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)
    call_command("changepassword", "9", verbosity=0)
    assert sign_in(client, "9").status_code == 302


def test_an_operator_makes_a_superuser(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", number="root", first_name="Root", verbosity=0)
    assert Person.objects.get().is_superuser
    assert sign_in(client, "root").status_code == 302
