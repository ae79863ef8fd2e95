"""Single sign-on in a real browser, at a provider that runs beside the site."""

import re

import pytest
from playwright.sync_api import expect

from tests.services import copies, oidc

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    with oidc.provider(tmp_path_factory.mktemp("oidc")) as address:
        yield address


@pytest.fixture(scope="module")
def site(company, provider, django_db_blocker, tmp_path_factory):
    original, database = company
    values = {
        "GATEHOUSE_OIDC_ISSUER": provider,
        "GATEHOUSE_OIDC_CLIENT_ID": "gatehouse",
        "GATEHOUSE_OIDC_CLIENT_SECRET": "a secret",
        "GATEHOUSE_OIDC_NAME": "Corvina ID",
        "GATEHOUSE_OIDC_NUMBER_CLAIM": "employee_number",
    }
    with django_db_blocker.unblock():
        name = copies.copy(database)
        home = tmp_path_factory.mktemp("site") / "home"
        with original.copy(home, copies.url(name), values).serving() as site:
            yield site
        copies.drop(name)


def go_there_and_back(page, sub):
    page.goto("/sign-in/")
    page.get_by_role("link", name="Sign in with Corvina ID").click()
    page.locator("[name=sub]").first.fill(sub)
    page.get_by_role("button", name="Authorize").click()


def test_a_person_comes_in_by_the_company_account(provider, phone, axe):
    oidc.user(provider, {"sub": "daniel", "employee_number": "driver"})
    phone.goto("/sign-in/")
    assert axe(phone) == []
    go_there_and_back(phone, "daniel")
    expect(phone).to_have_url(re.compile(r"/me/$"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Daniel")


def test_somebody_we_do_not_know_is_told_whom_to_ask(provider, desk, axe):
    oidc.user(provider, {"sub": "stranger", "email": "stranger@example.com", "email_verified": True})
    go_there_and_back(desk, "stranger")
    expect(desk).to_have_url(re.compile(r"/sign-in/$"))
    expect(desk.get_by_role("status")).to_contain_text("Your company account is not linked to a staff number here.")
    assert axe(desk) == []


def test_saying_no_at_the_provider_leads_back(desk):
    desk.goto("/sign-in/")
    desk.get_by_role("link", name="Sign in with Corvina ID").click()
    desk.get_by_role("button", name="Deny").click()
    expect(desk.get_by_role("status")).to_contain_text("The company account did not let you in.")
