"""Every kind of question, answered on a phone by touch, at a desk by keyboard alone, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from quizzes.kinds import KINDS
from tests.services import browser as chromium

from . import quizzing

pytestmark = pytest.mark.long

SAVED = re.compile(r"^Saved \d\d:\d\d$")
STEPS = 80


class Touch:
    """A finger on a phone."""

    def __init__(self, page):
        self.page = page

    def press(self, locator):
        locator.tap()

    def pick(self, select, label):
        select.select_option(label)

    def type(self, field, text):
        field.tap()
        self.page.keyboard.type(text)

    def mark(self, picture):
        box = picture.locator("img").bounding_box()
        picture.tap(position={"x": box["width"] * 0.2, "y": box["height"] * 0.35})


class Plain(Touch):
    """A browser that runs no script, with a mouse or a finger."""

    def press(self, locator):
        locator.click()

    def type(self, field, text):
        field.fill(text)

    def mark(self, picture):
        button = picture.locator("input:visible")
        box = button.bounding_box()
        button.click(position={"x": box["width"] * 0.2, "y": box["height"] * 0.35})


class Keyboard(Touch):
    def reach(self, locator):
        for _step in range(STEPS):
            if locator.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reached {locator}")

    def press(self, locator):
        self.reach(locator)
        radio = locator.evaluate("element => element.matches('input')")
        self.page.keyboard.press("Space" if radio else "Enter")

    def pick(self, select, label):
        self.reach(select)
        self.page.keyboard.type(label)

    def type(self, field, text):
        self.reach(field)
        self.page.keyboard.type(text)

    def mark(self, picture):
        """From the middle, where the cross begins, into the first place."""
        self.reach(picture)
        for key in ["ArrowLeft"] * 12 + ["ArrowUp"] * 6 + ["Enter"]:
            self.page.keyboard.press(key)


def single_choice(way, page):
    way.press(page.get_by_role("radio").first)


def multiple_response(way, page):
    way.press(page.get_by_role("checkbox", name="View"))


def true_false(way, page):
    way.press(page.get_by_role("radio").first)


def matching(way, page):
    for label, match in (("Pin", "cut"), ("Barrel", "glued"), ("Cable", "bent")):
        way.pick(page.get_by_label(label), match)


def ordering(way, page):
    first = page.locator(".order li").first
    text = first.locator("span").first.inner_text()
    way.press(first.get_by_role("button", name="Move down"))
    expect(page.locator(".order li").nth(1)).to_contain_text(text)


def categorise(way, page):
    for label, group in (("Loose pin", "Hold"), ("Wrong number", "Hold"), ("Clean seal", "Go on")):
        way.pick(page.get_by_label(label), group)


def blanks(way, page):
    way.pick(page.get_by_label("Gap 1"), "bolt")
    way.pick(page.get_by_label("Gap 2"), "high")


def number(way, page):
    way.type(page.get_by_label("Number"), "18")


def short_text(way, page):
    way.type(page.get_by_label("Your answer"), "seal")


def long_answer(way, page):
    way.type(page.get_by_label("Your answer"), "I compare the numbers and tell my supervisor.")


def hotspot(way, page):
    way.mark(page.locator(".hotspot__picture"))
    expect(page.locator(".hotspot [role=status]")).to_have_text("Marks: 1")
    way.press(page.locator(".hotspot summary"))
    way.press(page.get_by_role("checkbox", name="Right hinge"))
    # By its name or by a press, a mark is a mark; without a script the next page counts it.
    expect(page.locator(".hotspot [role=status]")).to_have_text(f"Marks: {1 if isinstance(way, Plain) else 2}")


def scenario(way, page):
    way.press(page.get_by_role("button", name="Call"))
    expect(page.locator(".story")).to_contain_text("Nobody answers.")
    way.press(page.get_by_role("button", name="Wait"))
    expect(page.locator(".story")).to_contain_text("The story ends here.")


def observed_skill(way, page):
    expect(page.locator(".observed")).to_contain_text("Waits to be watched.")


ANSWERS = {
    answer.__name__: answer
    for answer in (
        single_choice,
        multiple_response,
        true_false,
        matching,
        ordering,
        categorise,
        blanks,
        number,
        short_text,
        long_answer,
        hotspot,
        scenario,
        observed_skill,
    )
}


def fits(page):
    """Nothing is wider than the window, and whatever is pressed is large enough for a finger."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    small = page.locator(".question").evaluate(
        """question => [...question.querySelectorAll("button, select, summary, .choice, input:not([type=hidden])")]
            .filter(element => !element.closest(".choice") || element.matches(".choice"))
            .map(element => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
            .filter(([, box]) => box.height > 0 && box.height < 44).map(([html]) => html)"""
    )
    return [f"{wide} px too wide"] * (wide > 0) + small


def answer_all(way, page, axe):
    found = {}
    for place, kind in enumerate(ANSWERS, 1):
        expect(page.locator("legend")).to_contain_text(f"Question {place} of {len(ANSWERS)}")
        found[kind] = fits(page) + (axe(page) if axe else [])
        ANSWERS[kind](way, page)
        found[kind] += fits(page)
        way.press(page.locator(".pager button"))
    assert {kind: rows for kind, rows in found.items() if rows} == {}
    expect(page.get_by_role("heading", level=1)).to_have_text(f"All {len(ANSWERS)} answers are saved")


def test_there_is_a_way_for_each_kind():
    assert list(ANSWERS) == sorted(KINDS, key=list(ANSWERS).index)


@pytest.mark.parametrize(
    ("way", "window", "script"),
    [
        (Touch, chromium.PHONE, True),
        (Keyboard, chromium.DESK, True),
        (Plain, chromium.PHONE, False),
        (Plain, chromium.DESK, False),
    ],
    ids=["touch", "keyboard", "plain-phone", "plain-desk"],
)
def test_each_kind_is_answered(site, new_context, signed_in, axe, way, window, script):
    page = new_context(base_url=site.url, java_script_enabled=script, **window).new_page()
    signed_in(page, "driver")
    path = quizzing.begin(site, "driver", kinds=list(ANSWERS))
    page.goto(path)
    answer_all(way(page), page, axe if script else None)
    last = dict(quizzing.kept(site, path))
    spot = last[list(ANSWERS).index("hotspot")]
    assert len(spot["points"]) == len(spot["places"]) == 1
    assert abs(spot["points"][0][0] - 200) <= 5 and abs(spot["points"][0][1] - 350) <= 5
    assert len(last[list(ANSWERS).index("scenario")]) == 2
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Handed in. A person marks it.")
