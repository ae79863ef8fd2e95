"""HR says whom a rule selects: with the keyboard alone, on a phone, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

from .admin import axe

pytestmark = pytest.mark.long

WINDOWS = (chromium.DESK["viewport"], chromium.PHONE["viewport"])


def tab_to(page, locator):
    """Press Tab until the focus is there; whoever has only a keyboard gets there too."""
    for _press in range(80):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The keyboard does not reach {locator}.")


def findings(page):
    found = []
    for window in WINDOWS:
        page.set_viewport_size(window)
        found += axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{page.url}: {wide} px too wide at {window['width']}"] if wide > 0 else []
    page.set_viewport_size(WINDOWS[0])
    return found


def add(page, words):
    """With the keyboard: choose what to add, add it, and be led to it."""
    chooser = page.get_by_label("New condition").last
    tab_to(page, chooser)
    page.keyboard.type(words)
    tab_to(page, page.get_by_role("button", name="Add condition").last)
    page.keyboard.press("Enter")


def test_a_rule_by_keyboard_alone_counts_as_one_edits(signed_in, desk):
    signed_in(desk, "hr")
    desk.goto("/admin/audiences/new/")
    tab_to(desk, desk.get_by_label("Name", exact=False).first)
    desk.keyboard.type("Drivers and guards over there")
    add(desk, "Posi")
    summary = desk.locator("summary", has_text="Position:")
    expect(summary).to_be_focused()
    for title in ("Driver", "Gate guard"):
        tab_to(desk, desk.get_by_label(title, exact=True))
        desk.keyboard.press("Space")
    desk.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Driver, Gate guard")
    expect(desk.locator("#audience-preview")).to_contain_text("Driver or Gate guard")
    everywhere = desk.locator("[data-summary] strong").inner_text()
    add(desk, "Faci")
    tab_to(desk, desk.get_by_label("Nuevo Laredo yard · NLD · MX"))
    desk.keyboard.press("Space")
    expect(desk.locator("#audience-preview")).to_contain_text("Driver or Gate guard, at Nuevo Laredo yard")
    expect(desk.locator("#audience-status")).to_contain_text("people on")
    assert int(desk.locator("[data-summary] strong").inner_text()) < int(everywhere)
    assert findings(desk) == []
    tab_to(desk, desk.get_by_role("button", name="Create"))
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Audience 'Drivers and guards over there' created.")).to_be_visible()
    desk.goto("/admin/audiences/")
    expect(desk.get_by_text("Driver or Gate guard, at Nuevo Laredo yard")).to_be_visible()
    assert findings(desk) == []


def test_a_change_shows_who_drops_out_and_is_read_in_words(signed_in, desk):
    signed_in(desk, "hr")
    desk.goto("/admin/audiences/")
    desk.get_by_role("link", name="Handles seals or their papers", exact=True).click()
    desk.get_by_label("New condition").select_option(label="Hired within the last … days")
    desk.get_by_role("button", name="Add condition").click()
    desk.get_by_label("Days, the day itself included").fill("36500")
    desk.get_by_label("Not: leave these people out").last.check()
    expect(desk.locator("#audience-preview")).to_contain_text("people drop out, compared with version 1")
    assert findings(desk) == []
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Audience 'Handles seals or their papers' updated.")).to_be_visible()
    desk.get_by_role("link", name="Handles seals or their papers", exact=True).click()
    desk.get_by_role("link", name="Compare 1 and 2").click()
    expect(desk.get_by_role("listitem").filter(has_text="Added")).to_contain_text(
        "not hired within the last 36500 days"
    )
    assert findings(desk) == []
    desk.goto(desk.url.partition("?")[0].replace("compare", "inspect"))
    assert findings(desk) == []


def test_the_rule_is_made_without_scripts(site, new_context):
    page = new_context(base_url=site.url, java_script_enabled=False, **chromium.DESK).new_page()
    chromium.sign_in(page, site.url, "hr")
    page.goto("/admin/audiences/new/")
    page.get_by_label("Name", exact=False).first.fill("Not sensitive")
    page.get_by_label("New condition").select_option(label="Sensitive position")
    page.get_by_role("button", name="Add condition").click()
    page.get_by_label("not sensitive").check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#audience-preview")).to_contain_text("In a position that is not sensitive")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("Audience 'Not sensitive' created.")).to_be_visible()
