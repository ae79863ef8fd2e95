"""A person without mail: a slip from the supervisor, a PIN on a phone, a course at a shared tablet, and the record."""

import re

import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

from . import kiosks, starter

SEALS = starter.Course("seal-security")
pytestmark = pytest.mark.long

JOEL, OLD_PIN, PIN = "3020", "482613", "731958"


@pytest.fixture
def window(site, new_context, axe):
    def open_one(size):
        return kiosks.looker(new_context(base_url=site.url, **size).new_page(), axe)

    return open_one


def slip_for(page, name):
    """The supervisor makes a slip; its code, as printed."""
    page.goto("/team/?show=all")
    page.get_by_role("link", name=f"New slip for {name}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"A new slip for {name}?")
    page.look()
    page.get_by_role("button", name="Make the slip").click()
    expect(page.locator("article.slip")).to_have_count(1)
    page.look()
    return page.locator(".slip__code").inner_text()


def start(page, code):
    """The code typed on a phone, a PIN chosen."""
    page.goto("/sign-in/")
    page.get_by_role("link", name="I have a slip").click()
    page.look()
    page.get_by_label("Code").fill(code.lower())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, Joel")
    page.look()
    page.get_by_label("PIN, six digits").fill("123456")
    page.get_by_label("The same PIN again").fill("123456")
    page.get_by_role("button", name="Set it").click()
    expect(page.get_by_role("alert")).to_contain_text("Too easy to guess")
    page.look()
    page.get_by_label("PIN, six digits").fill(PIN)
    page.get_by_label("The same PIN again").fill(PIN)
    page.get_by_role("button", name="Set it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your PIN is set")
    page.look()
    page.goto("/start/")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This slip was used already. Each works once.")
    page.look()


def learn(page):
    """Seal security from the first lesson to the end of the session."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("Joel")
    page.look()
    page.get_by_role("button", name=re.compile("^Start *: Seal security")).click()
    for title in SEALS.lessons:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.get_by_role("button", name=re.compile("^Done")).click()
    page.get_by_role("button", name="Begin the quiz").click()
    SEALS.answer(page, right=True)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You passed, Joel")
    expect(page.get_by_text("This tablet signs you out when you leave this page.")).to_be_visible()
    page.look()
    page.get_by_role("link", name="See what you have earned").click()
    expect(page.get_by_text("This tablet signs you out when you leave this page.")).to_be_visible()
    page.get_by_role("link", name="My training").first.click()
    kiosks.at_the_door(page)


def test_from_a_slip_to_a_record(site, window):
    boss = window(chromium.DESK)
    chromium.sign_in(boss, site.url, "supervisor")
    code = slip_for(boss, "Joel Barnes")
    start(window(chromium.PHONE), code)

    tablet = window(kiosks.TABLET)
    kiosks.set_up(tablet)
    tablet.look()
    kiosks.scan(tablet, JOEL)
    tablet.look()
    kiosks.key_in(tablet, OLD_PIN)
    expect(tablet.get_by_role("alert")).to_contain_text("Number and PIN do not match.")
    tablet.look()
    kiosks.key_in(tablet, PIN)
    learn(tablet)

    hr = window(chromium.DESK)
    chromium.sign_in(hr, site.url, "hr")
    hr.goto("/admin/reports/completions/")
    hr.locator("tbody tr", has_text="Joel Barnes").get_by_role("link", name="Joel Barnes").first.click()
    expect(hr.locator("main")).to_contain_text("PIN at a kiosk")
    expect(hr.locator("main")).to_contain_text("slip from the supervisor, Marcus Bell")


def test_five_wrong_pins_lock_the_number_and_a_kiosk_administers_nothing(window):
    tablet = window(kiosks.TABLET)
    kiosks.set_up(tablet, "Gate 2")
    for _time in range(5):
        kiosks.scan(tablet, JOEL)
        kiosks.key_in(tablet, "000001")
        expect(tablet.get_by_role("alert")).to_contain_text("Number and PIN do not match.")
        tablet.get_by_role("button", name="Another number").click()
    kiosks.scan(tablet, JOEL)
    kiosks.key_in(tablet, PIN)
    expect(tablet.get_by_role("alert")).to_contain_text("Too many wrong PINs. Wait 15 minutes")
    tablet.look()
    tablet.goto("/sign-in/")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Your number, please")


def test_the_supervisor_withdraws_a_lost_tablet(site, window):
    tablet, boss = window(kiosks.TABLET), window(chromium.PHONE)
    kiosks.set_up(tablet, "Yard 7")
    chromium.sign_in(boss, site.url, "supervisor")
    boss.goto("/team/kiosks/")
    boss.look()
    boss.get_by_role("link", name="Withdraw Yard 7").click()
    boss.look()
    boss.get_by_role("button", name="Withdraw it").click()
    expect(boss.get_by_role("status")).to_contain_text("“Yard 7” is no shared tablet any more.")
    tablet.goto("/kiosk/")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("This device is not a shared tablet")
