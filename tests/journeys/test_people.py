"""People as HR and supervisors keep them, in a real browser: at the gate at 05:00, and HR's screens the day after."""

import re

import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

from .admin import axe as axe_of_ours

pytestmark = pytest.mark.long


def test_somebody_at_the_gate_is_added_from_a_phone_and_hr_confirms(site, phone, desk, axe):
    chromium.sign_in(phone, site.url, "supervisor")
    phone.get_by_role("link", name="My crew").click()
    phone.get_by_role("link", name="Add somebody").click()
    phone.get_by_label("First name").fill("Lucía")
    phone.get_by_label("Last name").fill("Barrón Ortega")
    phone.get_by_label("Agency or employer").select_option(label="Paso del Norte Staffing")
    phone.get_by_label("Position").select_option(label="Dock hand")
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("heading", name="A new slip for Lucía Barrón Ortega?")).to_be_visible()
    phone.goto("/team/")
    phone.get_by_role("link", name="Lucía Barrón Ortega", exact=True).click()
    expect(phone.get_by_text("To be confirmed by HR.")).to_be_visible()
    assert axe(phone) == []

    chromium.sign_in(desk, site.url, "hr")
    desk.goto("/admin/")
    desk.get_by_role("link", name="people to confirm").click()
    desk.get_by_role("link", name="Lucía Barrón Ortega", exact=True).click()
    desk.get_by_role("link", name="Confirm", exact=True).click()
    assert axe_of_ours(desk) == []
    desk.get_by_label("Staff number").fill("3025")
    desk.get_by_role("button", name="Confirm", exact=True).click()
    expect(desk.get_by_text("Lucía Barrón Ortega · 3025 is confirmed.")).to_be_visible()
    expect(desk.get_by_text(re.compile(r"staff number: T-\d{4} → 3025"))).to_be_visible()


@pytest.mark.parametrize(
    "page",
    [
        "/admin/people/",
        "/admin/people/new/",
        "/admin/quick-add/",
        "/admin/positions/classify/",
        "{driver}",
        "{driver} Leaves on …",
        "{driver} Merge with another account",
        "{driver} Add a leave",
    ],
)
def test_axe_finds_nothing_of_ours_in_the_screens_for_people(site, desk, page):
    chromium.sign_in(desk, site.url, "hr")
    address, _space, link = page.partition(" ")
    if address == "{driver}":
        desk.goto("/admin/people/?q=olmos")
        desk.get_by_role("link", name="Daniel Olmos", exact=True).click()
        if link:
            desk.get_by_role("link", name=link).click()
    else:
        desk.goto(address)
    expect(desk.locator("main").get_by_role("heading").first).to_be_visible()
    assert axe_of_ours(desk) == []
    desk.set_viewport_size(chromium.PHONE["viewport"])
    wide = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (wide, axe_of_ours(desk)) == (0, [])
