"""Pages beside the main way, each looked at as wide as a phone and as wide as a desk."""

import pytest

from tests.services import browser as chromium

from . import admin, quizzing

pytestmark = pytest.mark.long

# A desk at four times the text size, a phone, a tablet, a desk.
WIDTHS = (320, 360, 768, 1280)
SESSIONS = ["/team/sessions/", "/team/sessions/new/", "/team/sessions/given/"]

# Who goes where; nobody is a visitor who has not signed in.
PAGES = {
    "": [
        "/",
        "/es/",
        "/es/sign-in/",
        "/verify/",
        "/verify/AAAAAAAAAAAAAAAAAAAA/",
        "/nothing-here/",
        "/es/nothing-here/",
    ],
    "driver": [
        "/courses/",
        "/es/courses/",
        "/es/courses/seal-security/",
        "/guides/",
        "/guides/checking-a-seal/",
        "/es/guides/checking-a-seal/",
        "/search/?q=seal",
        "/search/?q=zebra",
        "/search/?q=seal&kind=courses&area=10",
        "/help/",
        "/help/learner/",
        "/es/help/hr/",
        "/profile/",
        "/me/records/",
        "/es/me/",
        "/mailbox/",
        "/s/",
        "/s/ZZZZZZZZ1234/",
    ],
    "supervisor": ["/me/", "/team/", "/team/?show=all", "/team/add/", "/es/team/", *SESSIONS],
}


@pytest.mark.parametrize("number", PAGES)
def test_axe_finds_nothing(site, desk, axe, number):
    if number:
        chromium.sign_in(desk, site.url, number)
    found = []
    for path in PAGES[number]:
        for window in (chromium.DESK, chromium.PHONE):
            desk.set_viewport_size(window["viewport"])
            desk.goto(path)
            found += [f"{path}: {finding}" for finding in axe(desk)]
        for width in WIDTHS:
            desk.set_viewport_size({"width": width, "height": 800})
            wide = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{path}: {wide} px too wide at {width}"] if wide > 0 else []
    assert found == []


# Where a link on the page before leads: part of its address.
LOOKED_AFTER = {
    "/admin/reports/questions/": ["/reports/questions/", "/grade-again/"],
    "/admin/reports/mastery/": [],
    "/admin/reports/attempts/": ["/reports/attempts/", "/void/"],
    "/admin/marking/": ["/marking/"],
    "/admin/extra-time/": ["/extra-time/give/"],
    "/admin/questions/import/": [],
    "/team/skills/": ["/team/skills/"],
}


def test_axe_finds_nothing_where_quizzes_are_looked_after(site, desk):
    quizzing.begin(site, "driver", ["observed_skill"])
    chromium.sign_in(desk, site.url, "admin")
    found = {}
    for path, onward in LOOKED_AFTER.items():
        desk.goto(path)
        found[desk.url] = admin.axe(desk)
        for part in onward:
            link = desk.locator(f"main a[href*='{part}']:not([href*='?']):not([href$='{path}'])").first
            desk.goto(link.get_attribute("href"))
            found[desk.url] = admin.axe(desk)
    assert len(found) == 14
    assert {url: findings for url, findings in found.items() if findings} == {}
