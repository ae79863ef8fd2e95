"""What journeys at a shared tablet share."""

import re

from playwright.sync_api import expect

from tests.services import browser as chromium

TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}


def looker(page, axe):
    """`page.look()`: axe finds nothing, and no width makes the page scroll sideways."""

    def look(pictures=True):
        assert axe(page, pictures=pictures) == []
        usual = page.viewport_size
        for width in (360, 768, 1280):
            page.set_viewport_size({"width": width, "height": usual["height"]})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert (page.url, width, max(wide, 0)) == (page.url, width, 0)
        page.set_viewport_size(usual)

    page.look = look
    return page


def set_up(page, name="Dock 3"):
    """The supervisor makes this device a kiosk."""
    chromium.sign_in(page, "", "supervisor")
    page.goto("/kiosk/")
    page.look()
    page.get_by_role("link", name="Set up this device").click()
    page.get_by_label("Name").fill(name)
    page.look()
    page.get_by_role("button", name="Set up this device").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your number, please")


def scan(page, number):
    """As a scanner that is a keyboard to the tablet: types fast, then Enter; nothing has the focus."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Your number, please")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_url("**/kiosk/pin/")


def key_in(page, pin):
    for digit in pin:
        page.locator(".keypad").get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Sign in", exact=True).click()


def enter(page, number, pin):
    scan(page, number)
    key_in(page, pin)
    page.wait_for_url(re.compile(r"^(?!.*/kiosk/).*$"))


def at_the_door_after(page, milliseconds):
    expect(page).to_have_url(re.compile(r"/kiosk/$"), timeout=milliseconds)
    at_the_door(page)


def at_the_door(page):
    """Signed out: nothing of the person is left, whatever one presses."""
    expect(page).to_have_url(re.compile(r"/kiosk/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your number, please")
    expect(page.get_by_label("Staff number")).to_have_value("")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your number, please")
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == "django_language"] == []
