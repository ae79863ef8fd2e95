"""A tablet that somebody walked away from; its times are shortened by the setting that the pages read."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.services import copies
from tests.services.site import Site

from . import kiosks

pytestmark = pytest.mark.long

JOEL, PIN = "3020", "482613"


class Impatient(Site):
    """Signs out after 8 seconds on a page; on a lesson asks after 6, for 4."""

    @property
    def settings(self):
        return super().settings | {"GATEHOUSE_KIOSK_IDLE": "8,6,4"}


@pytest.fixture(scope="module")
def site(company, django_db_blocker, tmp_path_factory):
    original, database = company
    with django_db_blocker.unblock():
        name = copies.copy(database)
        home = tmp_path_factory.mktemp("impatient") / "home"
        shutil.copytree(original.home, home)
        with Impatient(Path(home), copies.url(name)).serving() as site:
            yield site
        copies.drop(name)


@pytest.fixture
def tablet(site, new_context, axe):
    page = kiosks.looker(new_context(base_url=site.url, **kiosks.TABLET).new_page(), axe)
    kiosks.set_up(page)
    return page


def lesson(page):
    page.goto("/courses/seal-security/")
    page.locator(".wall .btn-bar .btn").click()
    page.wait_for_url("**/steps/**")
    return page.url.split("#")[0]


def test_who_walks_away_is_signed_out_and_comes_back_to_the_same_place(tablet):
    kiosks.enter(tablet, JOEL, PIN)
    expect(tablet.get_by_role("heading", level=1)).to_contain_text("Joel")
    dialog = tablet.get_by_role("dialog", name="Still here?")
    expect(dialog).to_be_visible(timeout=9000)
    assert tablet.evaluate("document.activeElement.matches('[data-stay]')")
    kiosks.at_the_door_after(tablet, 5000)

    kiosks.enter(tablet, JOEL, PIN)
    there = lesson(tablet)
    tablet.mouse.wheel(0, 900)
    expect(dialog).to_be_visible(timeout=9000)
    # While its pictures are taken, the tablet would sign them out.
    tablet.look(pictures=False)
    kiosks.at_the_door_after(tablet, 6000)
    kiosks.enter(tablet, JOEL, PIN)
    expect(tablet).to_have_url(there)
    # To the very spot on it.
    assert tablet.evaluate("window.scrollY") > 300


def test_who_answers_stays(tablet):
    kiosks.enter(tablet, JOEL, PIN)
    there = lesson(tablet)
    dialog = tablet.get_by_role("dialog", name="Still here?")
    for answer in ("click", "Escape"):
        expect(dialog).to_be_visible(timeout=8000)
        if answer == "click":
            dialog.get_by_role("button", name="Yes, go on").click()
        else:
            tablet.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    expect(tablet).to_have_url(there)


@pytest.mark.parametrize("sign", ["key", "scroll", "touch", "playback"])
def test_reading_scrolling_touching_and_watching_are_no_silence(tablet, sign):
    kiosks.enter(tablet, JOEL, PIN)
    lesson(tablet)
    dialog = tablet.get_by_role("dialog", name="Still here?")
    if sign == "playback":
        tablet.evaluate(SILENCE)
    for _second in range(8):
        tablet.wait_for_timeout(1000)
        if sign == "key":
            tablet.keyboard.press("Shift")
        elif sign == "scroll":
            tablet.mouse.wheel(0, 40)
        elif sign == "touch":
            tablet.touchscreen.tap(20, 200)
        assert not dialog.is_visible()
    if sign == "playback":
        tablet.evaluate("document.querySelector('audio').pause()")
    expect(dialog).to_be_visible(timeout=8000)


# An element that says it plays: the policy of the page lets no sound of a test's own in.
SILENCE = """() => {
  const audio = document.createElement("audio");
  Object.defineProperty(audio, "paused", { value: false, writable: true });
  audio.pause = () => { audio.paused = true; };
  document.body.append(audio);
}"""


def test_the_number_that_somebody_typed_and_left_is_forgotten(tablet):
    tablet.clock.install()
    tablet.goto("/kiosk/")
    tablet.get_by_label("Staff number").fill(JOEL)
    tablet.clock.fast_forward(61_000)
    expect(tablet.get_by_label("Staff number")).to_have_value("")
    kiosks.scan(tablet, JOEL)
    tablet.clock.fast_forward(61_000)
    expect(tablet).to_have_url(re.compile(r"/kiosk/$"))
