"""What journeys through the doors share: the mailbox of a site, codes of an app, a passkey in the browser."""

import email
import email.policy
import re
import time

from tests.people.signing_in.doors import totp


def newest_mail(site, address, after=0):
    """The newest mail to that address, as soon as there are more than `after`."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        found = [message for message in _mails(site) if message["To"] == address]
        if len(found) > after:
            return found[-1].get_body(("plain",)).get_content()
        time.sleep(0.1)
    raise AssertionError(f"no mail came to {address}")


def _mails(site):
    files = sorted((site.home / "mailbox" / "new").glob("*"), key=lambda file: file.stat().st_mtime_ns)
    return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


def code_in(text):
    return re.search(r"^([A-Z]{4}-[A-Z]{4})$", text, re.MULTILINE)[1]


def address_in(text):
    return re.search(r"^https?://\S+$", text, re.MULTILINE)[0]


def fresh_code(secret, used=""):
    """A code of the app that was not used before: waits for the next one if need be."""
    while (code := totp(secret)) == used:
        time.sleep(0.5)
    return code


def with_passkeys(page):
    """A device with a finger that is always there, until axe is asked: it goes with the channel that axe closes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"isUserVerified": True}})


def enter(page, number, password):
    page.locator("#login").fill(number)
    page.locator("#password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.locator(".account summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
