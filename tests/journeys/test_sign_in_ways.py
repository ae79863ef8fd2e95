"""Each way in besides the password, in a real browser: by mail, app and passkey. And Spanish before it is known who."""

import re

import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

from .ways_in import address_in, code_in, enter, fresh_code, newest_mail, sign_out, with_passkeys

pytestmark = pytest.mark.long

AT_HOME = re.compile(r"/me/$")


def looked_at(page, axe, *paths):
    """What axe and the window find on these pages, as wide as a phone and as wide as a desk."""
    found = []
    for path in paths or [page.url]:
        if paths:
            page.goto(path)
        found += axe(page)
        for window in (chromium.PHONE, chromium.DESK):
            page.set_viewport_size(window["viewport"])
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{path}: {wide} px too wide"] if wide > 0 else []
    return found


def test_a_forgotten_password_is_set_anew_by_mail(site, phone, axe):
    phone.goto("/sign-in/")
    phone.get_by_role("link", name="Forgot your password?").click()
    phone.get_by_label("Staff number or work email").fill("dock")
    assert axe(phone) == []
    phone.get_by_role("button", name="Send the link").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    assert axe(phone) == []

    address = site.ask(mail_of, "dock")
    phone.goto(address_in(newest_mail(site, address)))
    expect(phone).to_have_url(re.compile(r"-set-password/$"))
    assert axe(phone) == []
    phone.get_by_label("New password", exact=True).fill("short")
    phone.get_by_label("New password once more").fill("short")
    phone.get_by_role("button", name="Save the password").click()
    expect(phone.get_by_role("alert")).to_contain_text("The password was not changed")
    assert axe(phone) == []
    phone.get_by_label("New password", exact=True).fill("checked by hand twice")
    phone.get_by_label("New password once more").fill("checked by hand twice")
    phone.get_by_role("button", name="Save the password").click()
    expect(phone.get_by_role("status")).to_contain_text("Your password was changed.")
    enter(phone, "dock", "checked by hand twice")
    expect(phone).to_have_url(AT_HOME)


def mail_of(number):
    from learning.people.models import Person

    return Person.objects.get(number=number).email


def test_a_code_by_mail_signs_in_without_javascript(site, new_context, axe):
    page = new_context(base_url=site.url, java_script_enabled=False, **chromium.PHONE).new_page()
    page.goto("/sign-in/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    page.get_by_role("link", name="Send me a code by mail").click()
    page.get_by_label("Staff number or work email").fill("guard")
    page.get_by_role("button", name="Send the code").click()
    address = site.ask(mail_of, "guard")
    page.get_by_label("Code from the mail").fill("WRNG-CODE")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("That code is not right")
    page.get_by_label("Code from the mail").fill(code_in(newest_mail(site, address)))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(AT_HOME)


def test_an_app_and_a_recovery_code(site, desk, signed_in, axe):
    signed_in(desk, "supervisor")
    desk.locator(".account summary").click()
    desk.get_by_role("link", name="Your account").click()
    assert looked_at(desk, axe) == []
    desk.get_by_role("link", name="Set up an app").click()
    assert looked_at(desk, axe) == []
    secret = desk.locator("ol code").inner_text().replace(" ", "")
    first = fresh_code(secret)
    desk.get_by_label("Code from the app").fill(first)
    desk.get_by_role("button", name="Set up").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Write these codes down now")
    assert looked_at(desk, axe) == []
    recovery = desk.locator(".codes code").first.inner_text()
    desk.get_by_role("link", name="I have them, go on").click()
    expect(desk.get_by_text("10 codes are left.")).to_be_visible()
    sign_out(desk)

    enter(desk, "supervisor", chromium.PASSWORD)
    expect(desk.get_by_role("heading", level=1)).to_have_text("One more step")
    assert looked_at(desk, axe) == []
    desk.get_by_label("Code").fill(fresh_code(secret, first))
    desk.get_by_role("button", name="Sign in").click()
    expect(desk).to_have_url(AT_HOME)
    sign_out(desk)

    enter(desk, "supervisor", chromium.PASSWORD)
    desk.get_by_label("Code").fill(recovery)
    desk.get_by_role("button", name="Sign in").click()
    expect(desk).to_have_url(AT_HOME)
    desk.goto("/profile/")
    expect(desk.get_by_text("9 codes are left.")).to_be_visible()
    assert looked_at(desk, axe, "/profile/second-factor/codes/new/", "/profile/second-factor/app/remove/") == []


def test_a_passkey_signs_in_by_itself(site, new_context, axe):
    # A passkey belongs to a name; an address in digits has none.
    page = new_context(base_url=site.url.replace("127.0.0.1", "localhost"), **chromium.PHONE).new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto("/sign-in/")
    enter(page, "office", chromium.PASSWORD)
    page.wait_for_url(AT_HOME)
    page.goto("/profile/second-factor/passkey/")
    assert axe(page) == []
    with_passkeys(page)
    page.get_by_label("Name of this passkey").fill("Phone of the office")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("link", name="I have them, go on").click()
    expect(page.get_by_text("Phone of the office").first).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(AT_HOME)
    sign_out(page)

    # After a password it is the second factor.
    enter(page, "office", chromium.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(AT_HOME)

    page.goto("/profile/")
    page.get_by_role("button", name="Remove Phone of the office").click()
    expect(page.get_by_role("status")).to_contain_text("The passkey was removed.")
    assert refused == []
    assert axe(page) == []


def test_spanish_before_anybody_is_known(site, phone, axe):
    phone.goto("/sign-in/")
    for path in ("/sign-in/", "/sign-in/code/", "/sign-in/reset/", "/sign-in/reset/sent/"):
        phone.goto(path)
        phone.get_by_role("button", name="Español").click()
        expect(phone).to_have_url(re.compile(f"/es{path}$"))
        expect(phone.locator("html")).to_have_attribute("lang", "es")
        assert looked_at(phone, axe) == []
        phone.get_by_role("button", name="English").click()
        expect(phone).to_have_url(re.compile(f"(?<!/es){path}$"))
