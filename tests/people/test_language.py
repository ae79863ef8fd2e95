"""Which language a page is in: the profile's, else the cookie's, else the browser's."""

import pytest

from learning.people.models import Person

from . import factory

pytestmark = pytest.mark.django_db

SPANISH = {"HTTP_ACCEPT_LANGUAGE": "es-MX,es;q=0.9,en;q=0.5"}


def redirect_of(response):
    return (response.status_code, response.headers["Location"]) if response.status_code == 302 else None


@pytest.mark.parametrize(
    ("profile", "cookie", "browser", "expected"),
    [
        (None, None, "es-MX,es;q=0.9,en;q=0.5", (302, "/es/sign-in/?next=/me/")),
        (None, None, "fr,es;q=0.8,en;q=0.5", (302, "/es/sign-in/?next=/me/")),
        (None, None, "en,es", None),
        (None, None, "fr", None),
        (None, None, "", None),
        (None, "es", "en", (302, "/es/sign-in/?next=/me/")),
        (None, "en", "es", None),
        (None, "fr", "es", (302, "/es/sign-in/?next=/me/")),
        ("es", "en", "en", (302, "/es/sign-in/?next=/me/")),
    ],
)
def test_profile_then_cookie_then_browser(client, profile, cookie, browser, expected):
    if profile:
        client.force_login(factory.person("1", language=profile))
    if cookie:
        client.cookies["django_language"] = cookie
    response = client.get("/sign-in/?next=/me/", HTTP_ACCEPT_LANGUAGE=browser)
    assert redirect_of(response) == expected


def test_an_english_profile_is_not_sent_to_spanish(client):
    client.force_login(factory.person("1", language="en"))
    client.cookies["django_language"] = "es"
    assert client.get("/me/", **SPANISH).status_code == 200


def test_nobody_is_sent_away_from_a_prefix_they_chose(client):
    client.force_login(factory.person("1", language="en"))
    assert client.get("/es/me/").status_code == 200


def test_the_redirect_says_what_it_depends_on(client):
    response = client.get("/sign-in/", **SPANISH)
    assert {"Cookie", "Accept-Language"} <= {part.strip() for part in response.headers["Vary"].split(",")}


def test_a_form_is_never_redirected(client):
    """It would arrive empty."""
    factory.person("1", password=factory.PASSWORD)
    response = client.post("/sign-in/", {"login": "1", "password": factory.PASSWORD}, **SPANISH)
    assert response.headers["Location"] == "/me/"


@pytest.mark.parametrize("address", ["/healthz", "/admin/login/?next=/admin/", "/static/nothing.css"])
def test_what_has_no_translation_stays_where_it_is(client, address):
    location = client.get(address, **SPANISH).headers.get("Location", "")
    assert not location.startswith("/es/")


@pytest.mark.parametrize(
    ("language", "there", "expected"),
    [
        ("es", "/me/?page=2", "/es/me/?page=2"),
        ("en", "/es/me/records/?page=2", "/me/records/?page=2"),
        ("es", "/es/me/", "/es/me/"),
        ("fr", "/es/me/", "/me/"),
        ("", "/es/me/", "/me/"),
        ("es", "https://elsewhere.example/", "/es/"),
        ("es", "//elsewhere.example/", "/es/"),
        ("es", "javascript:alert(1)", "/es/"),
    ],
)
def test_switching_stays_on_the_page(client, language, there, expected):
    response = client.post("/language/", {"language": language, "next": there})
    assert redirect_of(response) == (302, expected)


def test_switching_is_kept_in_a_cookie_before_sign_in(client):
    client.post("/language/", {"language": "es", "next": "/sign-in/"})
    cookie = client.cookies["django_language"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("es", 365 * 24 * 3600, "Lax")
    assert redirect_of(client.get("/sign-in/", HTTP_ACCEPT_LANGUAGE="en")) == (302, "/es/sign-in/")


def test_switching_is_kept_in_the_profile_after_sign_in(client):
    who = factory.person("1", "Ana", language="es")
    client.force_login(who)
    response = client.post("/es/language/", {"language": "en", "next": "/es/me/"})
    assert redirect_of(response) == (302, "/me/")
    assert Person.objects.get().language == "en"
    assert client.get("/me/", **SPANISH).status_code == 200


def test_switching_takes_a_post(client):
    assert client.get("/language/?language=es&next=/").status_code == 405


def test_an_address_with_two_slashes_leads_to_no_other_site(client):
    response = client.get("/", PATH_INFO="//elsewhere.example/", **SPANISH)
    assert response.status_code == 404
