"""Without a line: a page of ours in the language of the page, and on once the line is back."""

import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

pytestmark = pytest.mark.long


@pytest.fixture
def installed(site, new_context, axe):
    page = new_context(base_url=site.url, **chromium.PHONE | {"service_workers": "allow"}).new_page()
    chromium.sign_in(page, site.url, "driver")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("/courses/seal-security/", "en", "Seal security"),
        ("/es/courses/seal-security/", "es", "Seguridad de los sellos"),
    ],
)
def test_a_page_says_what_is_safe_and_goes_on(installed, axe, path, language, title):
    page = installed
    page.context.set_offline(True)
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("main .btn")).to_have_count(1)
    assert page.evaluate("getComputedStyle(document.querySelector('.wall')).backgroundColor") == "rgb(13, 39, 71)"
    assert axe(page) == []
    page.context.set_offline(False)
    page.locator("main .btn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_no_page_that_knows_somebody_is_kept(installed):
    installed.goto("/me/")
    kept = installed.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name))))"
        ".then((opened) => Promise.all(opened.map((cache) => cache.keys())))"
        ".then((lists) => lists.flat().map((request) => new URL(request.url).pathname))"
    )
    assert sorted(kept) == [
        "/offline/en/",
        "/offline/es/",
        "/static/gatehouse/fonts/public-sans-latin-wght-normal.woff2",
        "/static/gatehouse/gatehouse.css",
        "/static/gatehouse/mark.svg",
        "/static/gatehouse/tokens.css",
    ]
