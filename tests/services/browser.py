"""Debian's Chromium, and what we ask of every page in it."""

import contextlib
import re
from pathlib import Path
from urllib.parse import urlsplit

from . import packages

AXE = Path(__file__).resolve().parent.parent / "journeys" / "vendor" / "axe.min.js"
PASSWORD = "gatehouse-demo"
# A worker would stand between a test and what it makes of the line; one journey lets it in.
DESK = {"viewport": {"width": 1280, "height": 800}, "service_workers": "block"}
PHONE = DESK | {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


def launch_options():
    # The sandbox needs rights that root in a container lacks; only our own pages are opened.
    return {"executable_path": packages.program("chromium", "chromium"), "args": ["--no-sandbox", "--disable-gpu"]}


def sign_in(page, url, number):
    page.goto(f"{url}/sign-in/")
    page.locator("[name=login]").fill(number)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def axe(page, within=None, pictures=True):
    """What axe finds on the page, one line each: rule, element, and how to mend it. `make shots` gets its pictures.

    The dark scheme changes nothing but colours, so only these are looked at once more in it.
    The debugger's own channel brings axe in, since the page's policy rightly lets nobody else's script run.
    """
    if Pictures.folder and pictures:
        Pictures.take(page)
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": AXE.read_text()})
    debugger.detach()
    found = _run(page, within, {})
    with dark(page):
        return found + [f"dark: {finding}" for finding in _run(page, within, {"runOnly": ["color-contrast"]})]


# Wagtail moves colours whatever one asked for; what moves for ever cannot be finished.
FINISH = "document.getAnimations().forEach((each) => { try { each.finish() } catch { each.cancel() } })"


@contextlib.contextmanager
def dark(page):
    """Without motion, or a colour on its way to another would be measured."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate(FINISH)
    yield
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")


def _run(page, within, options):
    options |= {"resultTypes": ["violations"]}
    result = page.evaluate("([within, options]) => axe.run(within || document, options)", [within, options])
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


class Pictures:
    """Of each page that axe looks at, in their order: as a phone, a tablet and a desk show it, light and dark."""

    folder = None
    taken = 0
    last = None
    # A picture further down comes only once it is near, and what stays in place belongs at the top.
    READY = """async () => {
      scrollTo(0, 0);
      const all = [...document.images].map((each) => { each.loading = "eager"; return each.decode(); });
      await Promise.allSettled(all);
    }"""
    # Names of files must not change from one run to the next.
    CHANCE = re.compile(r"[0-9a-f-]{32,36}|(?<=/verify/)[^/]{8,}")

    @classmethod
    def take(cls, page):
        if page.url == cls.last:
            return
        cls.last = page.url
        cls.taken += 1
        path = cls.CHANCE.sub("x", urlsplit(page.url).path)
        usual = page.viewport_size
        page.evaluate(cls.READY)
        name = f"{cls.taken:02d}-{path.strip('/').replace('/', '-') or 'home'}"
        for width in (360, 768, 1280):
            page.set_viewport_size({"width": width, "height": usual["height"]})
            cls.shoot(page, f"{name}-{width}")
            with dark(page):
                cls.shoot(page, f"{name}-{width}-dark")
        page.set_viewport_size(usual)

    @classmethod
    def shoot(cls, page, name):
        page.screenshot(path=cls.folder / f"{name}.png", full_page=True, scale="css", animations="disabled")
