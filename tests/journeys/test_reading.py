"""Lessons and guides for eyes and ears: read aloud, at twice the text size, without motion, on paper."""

import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

pytestmark = pytest.mark.long

GUIDE = "/guides/checking-a-seal/"
PAGES = ["/me/", "/courses/", "/courses/seal-security/", GUIDE, "/search/?q=seal", "/help/learner/", "/profile/"]
# No machine of ours has a voice: what the page gives to the device's own is written down, and said at once.
VOICE = """
window.said = [];
speechSynthesis.speak = (words) => { said.push([words.lang, words.text]); setTimeout(() => words.onend(), 5); };
speechSynthesis.cancel = () => {};
"""


@pytest.fixture
def reader(site, new_context):
    page = new_context(base_url=site.url, **chromium.PHONE).new_page()
    page.add_init_script(VOICE)
    return page


def test_a_guide_is_read_aloud_in_its_language_from_top_to_bottom(reader):
    reader.goto(GUIDE)
    headings = reader.locator("article h2:not(.vh)").all_inner_texts()
    reader.get_by_role("button", name="Listen").click()
    expect(reader.get_by_role("button", name="Stop listening")).to_be_visible()
    expect(reader.get_by_role("button", name="Listen", exact=True)).to_be_visible(timeout=20_000)
    said = reader.evaluate("said")
    assert {language for language, _text in said} == {"en"}
    texts = [text for _language, text in said]
    assert [text for text in texts if text in headings] == headings
    assert texts[0].startswith("A seal that nobody checks is a piece of steel.")
    assert len(texts) == len(set(texts))


def test_reading_stops_when_asked(reader):
    reader.add_init_script("speechSynthesis.speak = (words) => { said.push(words.text); };")
    reader.goto(GUIDE)
    reader.get_by_role("button", name="Listen").click()
    expect(reader.locator(".is-read")).to_have_count(1)
    reader.get_by_role("button", name="Stop listening").click()
    expect(reader.locator(".is-read")).to_have_count(0)
    assert reader.evaluate("said.length") == 1


def test_pages_stand_twice_the_text_size(site, browser_type):
    options = chromium.launch_options()
    options["args"] = [*options["args"], "--blink-settings=defaultFontSize=32"]
    browser = browser_type.launch(**options)
    page = browser.new_page(viewport={"width": 720, "height": 900}, service_workers="block")
    chromium.sign_in(page, site.url, "driver")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    wrong = []
    for path in PAGES:
        page.goto(site.url + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wrong += [f"{path}: {wide} px too wide"] if wide > 0 else []
    browser.close()
    assert wrong == []


def test_nothing_moves_for_who_wants_no_motion(desk):
    desk.emulate_media(reduced_motion="reduce")
    desk.goto(GUIDE)
    moving = desk.evaluate(
        "[...document.querySelectorAll('*')].filter((one) => { const is = getComputedStyle(one);"
        " return parseFloat(is.transitionDuration) > 0 || parseFloat(is.animationDuration) > 0; }).length"
    )
    assert moving == 0


def test_paper_has_the_guide_and_not_what_is_for_the_screen(desk):
    desk.goto(GUIDE)
    desk.emulate_media(media="print", color_scheme="dark")
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    for gone in (".site-head__bar", ".site-foot", ".split__aside", ".figure__more"):
        assert all(not one.is_visible() for one in desk.locator(gone).all()), gone
    colours = "(() => { const is = getComputedStyle(document.body); return [is.color, is.backgroundColor]; })()"
    assert desk.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
