"""A whole course to its certificate: by keyboard alone, without scripts, and with a line that breaks on the way."""

import re

import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

from . import learning

pytestmark = pytest.mark.long


@pytest.fixture(scope="module", autouse=True)
def small_course(site):
    learning.bring(site)


@pytest.fixture
def visit(site, new_context):
    """A window for somebody who has signed in; each journey is another person's."""

    def lead(number, **options):
        page = new_context(base_url=site.url, **chromium.PHONE | options).new_page()
        chromium.sign_in(page, site.url, number)
        return page

    return lead


def reach(page, role, name):
    """Tab until the focus is there, as somebody does who sees nothing but its ring."""
    wanted = page.get_by_role(role, name=name).first
    expect(wanted).to_be_visible()
    for _press in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            ring = wanted.evaluate("one => getComputedStyle(one.closest('label') ?? one).outlineStyle")
            assert ring != "none", f"{name} shows no ring"
            return
    pytest.fail(f"No way by keyboard to {role} “{name}”.")


def press(page, role, name, key="Enter"):
    reach(page, role, name)
    page.keyboard.press(key)


def choose(page, name):
    """The first radio of the group is what Tab reaches; arrows go on from there."""
    wanted = page.get_by_role("radio", name=name)
    expect(wanted).to_be_visible()
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    while not wanted.is_checked():
        page.keyboard.press("ArrowDown")


def test_by_keyboard_alone(visit):
    page = visit("dock", **chromium.DESK)
    page.goto(learning.COURSE)
    press(page, "button", re.compile("^(Start|Take it again)"))
    expect(page.get_by_role("heading", level=1)).to_have_text("First look")
    # The first press of Tab offers to skip the menu.
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    press(page, "button", "Done, next: Second look")
    choose(page, learning.RIGHT)
    press(page, "button", "Check my answer")
    expect(page.locator(".self-check")).to_contain_text("Right")
    press(page, "button", "Done, next: Quiz")
    press(page, "button", "Begin the quiz")
    for number in (1, 2):
        expect(page.locator("legend")).to_contain_text(f"Question {number} of 2")
        choose(page, learning.RIGHT)
        press(page, "button", "Save and go to 2" if number == 1 else "Save and look it over")
    expect(page.get_by_role("heading", level=1)).to_have_text("All 2 answers are saved")
    press(page, "button", "Hand in")
    press(page, "link", "See what you have earned")
    press(page, "link", "See the certificate")
    expect(page.get_by_role("article", name="Certificate of training")).to_contain_text(learning.TITLE)


def answer(page):
    for number in (1, 2):
        expect(page.locator("legend")).to_contain_text(f"Question {number} of 2")
        page.get_by_label(learning.RIGHT).check()
        page.locator("form[data-answers] .pager button").click()


def test_without_scripts(visit):
    page = visit("guard", java_script_enabled=False)
    learning.start(page)
    learning.to_the_quiz(page)
    page.get_by_role("button", name="Begin the quiz").click()
    answer(page)
    learning.to_the_certificate(page)
    # What only a script can do takes no place.
    page.goto("/guides/checking-a-seal/")
    assert [button.is_visible() for button in page.locator("[data-listen], [data-print]").all()] == [False, False]


def test_with_a_line_that_breaks_in_a_lesson_and_in_the_quiz(visit):
    page = visit("office", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready")
    learning.start(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Done, next: Second look").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This device is not connected right now")
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    # Nothing of it had arrived: the lesson is there again, and goes on.
    expect(page.get_by_role("heading", level=1)).to_have_text("First look")
    learning.to_the_quiz(page)

    page.get_by_role("button", name="Begin the quiz").click()
    expect(page.locator("[data-status]")).to_contain_text("saved")
    page.context.set_offline(True)
    page.get_by_label(learning.RIGHT).check()
    expect(page.locator("[data-status]")).to_have_text("Not saved yet. Trying again. 1 waiting")
    page.context.set_offline(False)
    expect(page.locator("[data-status]")).to_have_text(re.compile("^Saved "), timeout=30_000)
    answer(page)
    learning.to_the_certificate(page)
