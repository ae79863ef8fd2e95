"""A quiz on a bad line, in two windows, by keyboard alone and without a script: no answer is lost, none is doubled."""

import re

import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

from . import quizzing

pytestmark = pytest.mark.long

SAVED = re.compile(r"^Saved \d\d:\d\d$")


def status(page):
    return page.locator(".quizbar [data-status]")


def looked_at(page, axe):
    """axe finds nothing, and nothing is wider than the window, on a phone and on a desk."""
    found = []
    for window in (chromium.DESK, chromium.PHONE):
        page.set_viewport_size(window["viewport"])
        found += axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{wide} px too wide at {window['viewport']['width']}"] if wide > 0 else []
    assert found == []


def chosen(site, path, item):
    """How many options stood in each saved answer to a question; None where it was taken back."""
    return [answer and len(answer) for place, answer in quizzing.kept(site, path) if place == item]


def test_a_cut_line_is_counted_and_what_waited_is_sent_in_order(site, phone, signed_in, axe):
    page = signed_in(phone, "driver")
    path = quizzing.begin(site, "driver", time_limit=20)
    page.goto(path)
    page.get_by_label("Verify").check()
    expect(status(page)).to_have_text(SAVED)
    looked_at(page, axe)

    page.context.set_offline(True)
    page.get_by_label("Tug").check()
    expect(status(page)).to_have_text("Not saved yet. Trying again. 1 waiting")
    page.get_by_label("View").check()
    page.get_by_label("Tug").check()
    expect(status(page)).to_have_text("Not saved yet. Trying again. 3 waiting")
    page.get_by_role("button", name="Save and go to 2").click()
    expect(page.locator("legend")).to_contain_text("Question 1 of 5")
    assert len(quizzing.kept(site, path)) == 1
    looked_at(page, axe)

    # The button was pressed already: the page goes on by itself.
    page.context.set_offline(False)
    expect(page.locator("legend")).to_contain_text("Question 2 of 5")
    kept = [answer for _item, answer in quizzing.kept(site, path)]
    page.goto(f"{path}?question=1")
    values = {name: page.get_by_label(name).get_attribute("value") for name in ("View", "Verify", "Tug")}
    assert kept == [[values[name]] for name in ("Verify", "Tug", "View", "Tug")]
    expect(page.get_by_label("Tug")).to_be_checked()


def test_what_waited_when_the_page_was_lost_is_sent_by_the_next(site, phone, signed_in):
    page = signed_in(phone, "driver")
    path = quizzing.begin(site, "driver")
    page.goto(path)
    page.context.route("**/questions/**", lambda route: route.abort())
    page.get_by_label("Verify").check()
    expect(status(page)).to_have_text("Not saved yet. Trying again. 1 waiting")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(f"{path}?question=2")
    expect(page.locator("legend")).to_contain_text("Question 2 of 5")
    expect(status(page)).to_have_text("Not saved yet. Trying again. 1 waiting")
    page.context.unroute("**/questions/**")
    expect(status(page)).to_have_text("1 of 5 saved", timeout=20_000)
    assert chosen(site, path, 0) == [1]


def test_an_answer_to_a_save_that_is_lost_on_the_way_back_does_not_double_it(site, phone, signed_in):
    page = signed_in(phone, "driver")
    path = quizzing.begin(site, "driver")
    page.goto(path)
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.context.route("**/questions/**", lose)
    page.get_by_label("Verify").check()
    expect(status(page)).to_have_text(SAVED)
    assert (lost, chosen(site, path, 0)) == ([200], [1])
    # Nor does the button, which sends what is kept already.
    page.get_by_role("button", name="Save and go to 2").click()
    expect(page.locator("legend")).to_contain_text("Question 2 of 5")
    assert chosen(site, path, 0) == [1]


def test_of_two_windows_the_newer_writes_and_the_older_says_so(site, desk, new_context, signed_in, axe):
    older = signed_in(desk, "driver")
    path = quizzing.begin(site, "driver")
    older.goto(path)
    older.get_by_label("Verify").check()
    expect(status(older)).to_have_text(SAVED)
    newer = older.context.new_page()
    newer.goto(f"{path}?question=1")
    expect(older.get_by_role("alert")).to_contain_text("This quiz is open in a newer window.")
    expect(older.get_by_label("Tug")).to_be_disabled()
    looked_at(older, axe)
    newer.get_by_label("Tug").check()
    expect(status(newer)).to_have_text(SAVED)

    # On another device nothing tells the older window before it tries to save.
    elsewhere = signed_in(new_context(base_url=site.url, **chromium.PHONE).new_page(), "driver")
    elsewhere.goto(f"{path}?question=1")
    expect(elsewhere.get_by_label("Tug")).to_be_checked()
    with elsewhere.expect_response("**/tab/"):
        elsewhere.reload()
    newer.get_by_label("View").check()
    expect(newer.get_by_role("alert")).to_contain_text("what you give here is not saved")
    assert chosen(site, path, 0) == [1, 1]
    newer.get_by_role("link", name="Go on here instead").click()
    expect(newer.get_by_label("Tug")).to_be_checked()
    newer.get_by_label("View").check()
    expect(status(newer)).to_have_text(SAVED)
    assert chosen(site, path, 0) == [1, 1, 1]


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, locator):
    for _step in range(60):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {locator}")


def test_by_keyboard_alone(site, desk, signed_in, axe):
    page = signed_in(desk, "driver")
    path = quizzing.begin(site, "driver")
    page.goto(path)
    tab_to(page, page.get_by_label("View"))
    press(page, "ArrowDown")
    expect(status(page)).to_have_text(SAVED)
    tab_to(page, page.get_by_role("button", name="Save and go to 2"))
    press(page, "Enter")

    tab_to(page, page.get_by_label("View"))
    press(page, "Space", "Tab", "Tab", "Space")
    tab_to(page, page.get_by_role("button", name="Save and go to 3"))
    press(page, "Enter")

    first = page.locator(".order li").first.locator("span").first.inner_text()
    tab_to(page, page.locator(".order li").first.get_by_role("button", name="Move down"))
    press(page, "Enter", "Enter")
    expect(page.locator(".order li").last).to_contain_text(first)
    expect(page.locator(".order + [role=status]")).to_have_text(f"{first}, now place 3 of 3")
    looked_at(page, axe)
    tab_to(page, page.get_by_role("button", name="Save and go to 4"))
    press(page, "Enter")

    # Enter in a field saves and goes on; it clears nothing.
    tab_to(page, page.get_by_label("Number"))
    page.keyboard.type("18")
    press(page, "Enter")
    expect(page.locator("legend")).to_contain_text("Question 5 of 5")
    for gap in ("Gap 1", "Gap 2"):
        tab_to(page, page.get_by_label(gap))
        press(page, "ArrowDown")
    tab_to(page, page.get_by_role("button", name="Save and look it over"))
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("All 5 answers are saved")
    tab_to(page, page.get_by_role("button", name="Hand in"))
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("You passed|of 5"))


def test_an_answer_is_cleared_by_an_act_of_its_own(site, phone, signed_in):
    page = signed_in(phone, "driver")
    path = quizzing.begin(site, "driver")
    page.goto(f"{path}?question=2")
    clear = page.get_by_role("button", name="Clear my answer")
    expect(clear).to_be_hidden()
    page.get_by_label("Tug").check()
    expect(clear).to_be_visible()
    page.get_by_label("Tug").uncheck()
    expect(page.locator("[data-note]")).to_contain_text("“Clear my answer” takes an answer back.")
    clear.click()
    expect(clear).to_be_hidden()
    assert chosen(site, path, 1) == [1, None]


@pytest.mark.parametrize(("number", "role"), [(1, "radio"), (2, "checkbox"), (3, "button")])
def test_saving_an_answer_moves_no_button_away_from_a_finger(site, phone, signed_in, number, role):
    page = signed_in(phone, "driver")
    path = quizzing.begin(site, "driver", kinds=["single_choice", "multiple_response", "ordering"])
    page.goto(f"{path}?question={number}")
    onward = page.locator(".pager button")
    place = "button => button.getBoundingClientRect().top + scrollY"
    before = onward.evaluate(place)
    page.locator("fieldset").get_by_role(role, disabled=False).first.click()
    expect(status(page)).to_have_text(SAVED)
    expect(page.get_by_role("button", name="Clear my answer")).to_be_visible()
    assert onward.evaluate(place) == before


def test_all_on_one_page_with_each_answer_checked(site, phone, signed_in, axe):
    page = signed_in(phone, "driver")
    path = quizzing.begin(site, "driver", layout="all", feedback="each")
    page.goto(path)
    looked_at(page, axe)
    one, two = (page.locator(f"#question-{number}") for number in (1, 2))
    two.get_by_label("View").check()
    expect(status(page)).to_have_text(SAVED)
    one.get_by_label("Verify").check()
    one.get_by_role("button", name="Check my answer").click()
    expect(one).to_contain_text("Reason of Verify")
    expect(two.get_by_label("View")).to_be_checked()
    looked_at(page, axe)
    page.locator("#question-3").get_by_role("button", name="Keep this order").click()
    expect(page.locator("#question-3").get_by_role("button", name="Clear my answer")).to_be_visible()
    page.get_by_role("button", name="Save and look it over").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 questions are still open")
    looked_at(page, axe)


def test_the_clock_hands_in_when_it_runs_out(site, phone, signed_in, axe):
    page = signed_in(phone, "driver")
    path = quizzing.begin(site, "driver", time_limit=1, grace=5)
    page.goto(path)
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^0:[0-5]\d left$"))
    page.get_by_label("Verify").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 5. You need 3.", timeout=80_000)
    expect(page.locator("main")).to_contain_text("Time was up. What you had saved by then was handed in.")
    looked_at(page, axe)


@pytest.mark.parametrize("layout", ["one", "all"])
def test_without_a_script(site, new_context, signed_in, axe, layout):
    page = new_context(base_url=site.url, java_script_enabled=False, **chromium.PHONE).new_page()
    signed_in(page, "driver")
    path = quizzing.begin(site, "driver", layout=layout, time_limit=20)
    page.goto(path)
    expect(page.get_by_text(re.compile(r"^Until \d\d:\d\d$"))).to_be_visible()
    name = (lambda number: page.locator(f"#question-{number}")) if layout == "all" else lambda number: page
    go_on = (lambda number: None) if layout == "all" else lambda number: page.locator(".pager button").click()
    name(1).get_by_label("Verify").check()
    go_on(1)
    name(2).get_by_label("View").check()
    name(2).get_by_label("Tug").check()
    go_on(2)
    text = name(3).locator(".order li").first.locator("span").first.inner_text()
    name(3).locator(".order li").first.get_by_role("button", name="Move down").click()
    expect(name(3).locator(".order li").nth(1)).to_contain_text(text)
    go_on(3)
    name(4).get_by_label("Number").fill("18")
    go_on(4)
    name(5).get_by_label("Gap 1").select_option("bolt")
    name(5).get_by_label("Gap 2").select_option("high")
    page.get_by_role("button", name="Save and look it over").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All 5 answers are saved")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You passed")
