"""`make shots`: the main journey once more, and the pages beside it, with pictures of every page in var/shots/."""

import os
import re
import shutil
import tempfile
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "learning.settings.test"
django.setup()

from django.conf import settings  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from tests.services import browser as chromium  # noqa: E402
from tests.services.site import Site  # noqa: E402

from . import test_pages, test_the_whole_way  # noqa: E402

FOLDER = settings.BASE_DIR / "var" / "shots"
WIDTHS = (360, 1280)


def take(page):
    """A picture at each width, named by its place in the sequence and its address."""
    before = page.viewport_size
    number = len(list(FOLDER.glob(f"*-{WIDTHS[0]}.png"))) + 1
    address = page.url.split("/", 3)[3].split("?")[0]
    name = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "id", address).strip("/").replace("/", "-") or "home"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=FOLDER / f"{number:03d}-{name}-{width}.png", full_page=True)
    page.set_viewport_size(before)


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="gatehouse-shots-") as folder:
        site = Site(Path(folder) / "home")
        print("Making the demo company …", flush=True)
        site.prepare()
        with site.serving(), sync_playwright() as playwright:
            browser = playwright.chromium.launch(**chromium.launch_options())

            def visit(number, window):
                page = browser.new_context(base_url=site.url, **window).new_page()
                page.look = lambda in_admin=False: take(page)
                if number:
                    chromium.sign_in(page, site.url, number)
                return page

            for number, paths in test_pages.PAGES.items():
                page = visit(number, chromium.DESK)
                for path in paths:
                    page.goto(path)
                    take(page)
            print("Walking the whole way …", flush=True)
            test_the_whole_way.test_the_whole_way(site, visit)
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER.relative_to(settings.BASE_DIR)}/")


if __name__ == "__main__":
    main()
