"""What a page weighs, and whether anything jumps while it comes, on a slow phone line."""

import gzip

import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

from . import learning

pytestmark = pytest.mark.long

LARGEST = 100_000
LESSON = f"{learning.COURSE}steps/second-look/"
PAGES = [
    "/me/",
    "/me/records/",
    "/courses/",
    "/courses/seal-security/",
    "/guides/",
    "/guides/checking-a-seal/",
    "/search/?q=seal",
    "/help/learner/",
    "/profile/",
    LESSON,
    f"{learning.COURSE}steps/quiz/",
    "quiz",
    "result",
    f"{learning.COURSE}complete/",
]
# What a lesson shows, not what a page is made of.
SHOWN = ("image", "media")
# As Chrome's own tools call it "slow 4G": bits a second as bytes, and milliseconds there and back.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SEEN = """
window.jumped = 0;
window.largest = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) jumped += entry.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) largest = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
"""


@pytest.fixture(scope="module")
def walked(site, browser):
    """`{path: (bytes, shift, largest paint in ms)}` of each page, opened with an empty cache by somebody on a phone."""
    learning.bring(site)
    context = browser.new_context(base_url=site.url, **chromium.PHONE)
    page = context.new_page()
    chromium.sign_in(page, site.url, "driver")
    learning.start(page)
    learning.to_the_quiz(page)
    page.get_by_role("button", name="Begin the quiz").click()
    addresses = {"quiz": page.url}
    found = {path: measured(context, addresses.get(path, path)) for path in PAGES[:-2]}
    # The window that was measured is the newer one, and the older can only read.
    page.reload()
    for number in (1, 2):
        expect(page.locator(".question__no")).to_have_text(f"Question {number} of 2")
        page.get_by_label(learning.RIGHT).check()
        page.locator("form[data-answers] .pager button").click()
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("link", name="See what you have earned").wait_for()
    found["result"] = measured(context, page.url)
    found[PAGES[-1]] = measured(context, PAGES[-1])
    context.close()
    return found


def measured(context, address):
    page = context.new_page()
    page.add_init_script(SEEN)
    debugger = context.new_cdp_session(page)
    debugger.send("Network.enable")
    debugger.send("Network.setCacheDisabled", {"cacheDisabled": True})
    debugger.send("Network.emulateNetworkConditions", SLOW)
    asked = {}
    page.on("request", lambda request: asked.setdefault(request.url, request.resource_type))
    page.goto(address, wait_until="networkidle")
    shift, largest = page.evaluate("[jumped, largest]")
    page.close()
    return sum(weight(context, url) for url, kind in asked.items() if kind not in SHOWN), shift, largest


def weight(context, url):
    """As a proxy compresses it; a font is compressed in itself. Asked once more: a browser keeps no body for us."""
    body = context.request.get(url).body()
    return len(body) if url.endswith(".woff2") else len(gzip.compress(body))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_and_nothing_jumps(walked, path):
    size, shift, largest = walked[path]
    told = f"{path}: {size / 1000:.0f} KB, shift {shift:.3f}, largest paint {largest:.0f} ms"
    assert size <= LARGEST, told
    assert shift < 0.1, told
    # A page that painted nothing would be neither light nor still.
    assert largest > 0
