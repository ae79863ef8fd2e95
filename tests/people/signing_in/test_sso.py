"""Single sign-on against a provider in a process of its own: it says who somebody is, and nothing else."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from learning.people.models import Person
from learning.people.signing_in.sso import person_of
from tests.services import oidc

from .. import factory
from ..factory import PASSWORD
from . import doors

pytestmark = pytest.mark.django_db

UNKNOWN = "Your company account is not linked to a staff number here. Ask HR."
FAILED = "The company account did not let you in. Try again, or sign in another way."


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    with oidc.provider(tmp_path_factory.mktemp("oidc")) as address:
        yield address


@pytest.fixture(autouse=True)
def configured(settings, provider):
    settings.GATEHOUSE_OIDC_ISSUER = provider
    settings.GATEHOUSE_OIDC_NAME = "Corvina ID"
    settings.GATEHOUSE_OIDC_NUMBER_CLAIM = "employee_number"
    app = {"provider_id": "sso", "name": "Corvina ID", "client_id": "gatehouse", "secret": "secret"}
    app["settings"] = {"server_url": provider}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def come_back(client, provider, claims, **query):
    """The whole round: to the provider, signed in there as somebody with these claims, and back."""
    sent = client.get("/sign-in/sso/", query)
    address = sent.headers["Location"]
    assert address.startswith(f"{provider}/oauth2/authorize?")
    asked = parse_qs(urlsplit(address).query)
    assert (asked["code_challenge_method"], set(asked["scope"][0].split())) == (
        ["S256"],
        {"openid", "profile", "email"},
    )
    oidc.user(provider, claims)
    back = requests.post(address, data={"sub": claims["sub"]}, allow_redirects=False, timeout=10)
    return client.get(back.headers["Location"], follow=True)


def test_the_sign_in_page_offers_it_by_the_companys_name(client, settings):
    assert "Sign in with Corvina ID" in client.get("/sign-in/").content.decode()
    settings.GATEHOUSE_OIDC_ISSUER = ""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Sign in with" not in client.get("/sign-in/").content.decode()
    assert client.get("/sign-in/sso/").status_code == 404
    assert client.get("/sign-in/sso/callback/?code=x&state=y").status_code == 404


@pytest.mark.parametrize(
    "claims",
    [
        {"employee_number": "Ana-7"},
        {"employee_number": "ana-7", "email": "somebody-else@example.com"},
        {"email": "Ana@Example.com", "email_verified": True},
        {"email": "ana@example.com", "email_verified": "true"},
    ],
)
def test_a_person_is_found_by_number_or_verified_mail(client, provider, ana, claims):
    response = come_back(client, provider, {"sub": "a"} | claims)
    assert response.redirect_chain[-1][0] == "/me/"
    assert doors.who(client) == str(ana.pk)
    assert client.session["attribution"] == "sso"


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "ana@example.com"},
        {"email": "ana@example.com", "email_verified": False},
        {"email": "ana@example.com", "email_verified": "yes"},
        {"employee_number": "unknown", "email": "ana@example.com", "email_verified": True},
        {"employee_number": "unknown\x00"},
        {"email": "", "email_verified": True},
        {"preferred_username": "Ana-7", "sub": "Ana-7"},
    ],
)
def test_nobody_else_is_let_in_and_nobody_is_made(client, provider, ana, claims):
    response = come_back(client, provider, {"sub": "b"} | claims)
    assert response.redirect_chain[-1][0] == "/sign-in/"
    assert UNKNOWN in response.content.decode()
    assert doors.who(client) is None
    assert Person.objects.get() == ana
    assert not SocialAccount.objects.exists()


def test_no_claim_makes_anybody_more_than_they_were(client, provider, ana):
    rights = {"groups": ["Administrators"], "roles": ["admin"], "is_superuser": True, "is_staff": True, "role": "HR"}
    come_back(client, provider, {"sub": "c", "employee_number": "Ana-7", "family_name": "Other"} | rights)
    ana.refresh_from_db()
    assert (ana.is_superuser, ana.groups.count(), ana.last_name) == (False, 0, "")
    assert client.get("/admin/", follow=True).status_code == 403


def test_an_administrator_still_shows_the_second_factor(client, provider, live):
    factory.person("boss", role="Administrators", password=PASSWORD)
    come_back(client, provider, {"sub": "d", "employee_number": "boss"})
    assert client.session["attribution"] == "sso"
    assert client.get("/admin/").headers["Location"] == "/profile/second-factor/"


def test_a_leaver_is_refused(client, provider, ana):
    Person.objects.update(is_active=False)
    response = come_back(client, provider, {"sub": "e", "employee_number": "Ana-7"})
    assert "This account may not sign in any more." in response.content.decode()
    assert doors.who(client) is None


def test_it_leads_where_one_was_going(client, provider, ana):
    response = come_back(client, provider, {"sub": "f", "employee_number": "Ana-7"}, next="/courses/")
    assert response.redirect_chain[-1][0] == "/courses/"
    client.post("/sign-out/")
    response = come_back(client, provider, {"sub": "f", "employee_number": "Ana-7"}, next="https://evil.example.com/")
    assert response.redirect_chain[-1][0] == "/me/"


def test_linking_is_no_way_in(client, provider, ana):
    """allauth's "connect" would tie the account of the provider to whoever is signed in."""
    other = factory.person("other", password=PASSWORD)
    client.force_login(other)
    come_back(client, provider, {"sub": "g", "employee_number": "Ana-7"}, process="connect")
    assert doors.who(client) == str(ana.pk)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=made-up", "?error=access_denied&state=y"])
def test_an_answer_nobody_asked_for_is_refused(client, ana, query):
    response = client.get(f"/sign-in/sso/callback/{query}", follow=True)
    assert response.redirect_chain[-1][0] == "/sign-in/"
    assert FAILED in response.content.decode()
    assert doors.who(client) is None


def test_a_code_of_somebody_else_is_worth_nothing(client, provider, ana):
    """The answer to another browser's question: the state is not of this session."""
    stranger = type(client)()
    address = stranger.get("/sign-in/sso/").headers["Location"]
    oidc.user(provider, {"sub": "h", "employee_number": "Ana-7"})
    back = requests.post(address, data={"sub": "h"}, allow_redirects=False, timeout=10)
    response = client.get(back.headers["Location"], follow=True)
    assert FAILED in response.content.decode()
    assert doors.who(client) is None


def test_a_provider_that_is_gone_is_said_in_words(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:1"
    response = client.get("/sign-in/sso/", follow=True)
    assert FAILED in response.content.decode()


def test_the_provider_knows_one_address_in_every_language():
    assert reverse("openid_connect_callback", kwargs={"provider_id": "sso"}) == "/sign-in/sso/callback/"


def test_nobody_is_found_by_a_claim_that_the_settings_do_not_name(ana, settings):
    settings.GATEHOUSE_OIDC_NUMBER_CLAIM = ""
    assert person_of({"employee_number": "Ana-7", "": "Ana-7"}) is None
