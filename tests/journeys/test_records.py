"""HR's and compliance's pages about records in the admin, each as wide as a phone and as wide as a desk."""

import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

from . import admin

pytestmark = pytest.mark.long

PAST = b"number,course,completed_on,method,check,score\ndock,Forklift basics,2024-03-02,classroom,,\n"
BROKEN = b"number,course,completed_on\nnobody,,2024-03-02\n"


def looked_at(page):
    """What axe finds, and whether a phone must scroll sideways."""
    found = []
    for window in (chromium.DESK, chromium.PHONE):
        page.set_viewport_size(window["viewport"])
        found += admin.axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{wide} px too wide at {window['viewport']['width']}"] if wide > 0 else []
    return found


def erasures():
    """Ask for two erasures of people who left: by the administrator, and by somebody else. Their paths."""
    from django.contrib.auth import get_user_model
    from django.db.models import Q
    from django.utils import timezone

    from learning.people.models import Employment
    from learning.records.erasing.actions import request_erasure

    at, people = timezone.now(), get_user_model().objects
    other = people.create_superuser(number="second", first_name="Sam", last_name="Second", password=None)
    still = Employment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=at.date())).values("person")
    left = people.filter(employments__isnull=False, erasure_requests=None).exclude(pk__in=still)
    gone = left.distinct().order_by("pk")[:2]
    asked = zip(gone, (people.get(number="admin"), other), strict=True)
    about = {"reason": "Request of the person", "at": at, "despite_retention": True}
    return [f"/admin/erasures/{request_erasure(person=who, by=by, **about).uuid}/" for who, by in asked]


def test_an_erasure_is_asked_for_and_decided(site, desk):
    # First: nobody is erased while an import or an export is under way.
    own, others = site.ask(erasures)
    chromium.sign_in(desk, site.url, "admin")
    found = {}
    for path, words in ((own, "Take it back"), (others, "Approve, and erase")):
        desk.goto(path)
        assert desk.get_by_role("button", name=words).is_visible()
        found[path] = looked_at(desk)
    desk.goto("/admin/erasures/")
    found["all"] = looked_at(desk)
    assert found == {own: [], others: [], "all": []}


def test_past_training_is_looked_through_before_it_is_recorded(site, desk):
    chromium.sign_in(desk, site.url, "hr")
    found = {}
    for name, content in (("past.csv", PAST), ("broken.csv", BROKEN)):
        desk.goto("/admin/past-training/new/")
        found[f"before {name}"] = looked_at(desk)
        desk.locator("[name=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
        desk.locator("main form button").last.click()
        desk.wait_for_url("**/past-training/*-*/")
        found[name] = looked_at(desk)
    assert desk.get_by_role("heading", name="Refused: nothing was recorded").is_visible()
    assert found == dict.fromkeys(found, [])
    assert len(found) == 4


def test_a_long_export_says_how_far_it_is(site, desk):
    chromium.sign_in(desk, site.url, "hr")
    desk.goto("/admin/exports/new/csv/?area=6")
    found = [looked_at(desk)]
    desk.locator("main form button").first.click()
    desk.wait_for_url("**/exports/*-*/")
    # It looks again by itself, in the middle of being looked at: to an answer without content the browser stays.
    desk.route("**/exports/*-*/", lambda route: route.fulfill(status=204))
    found.append(looked_at(desk))
    desk.goto("/admin/exports/")
    found.append(looked_at(desk))
    assert desk.get_by_text("Criteria area: 6").first.is_visible()
    assert found == [[], [], []]


def test_a_pack_says_what_is_in_it(site, desk):
    site.manage("evidence_pack", "--area", "6", "-o", str(site.home / "pack.zip"))
    chromium.sign_in(desk, site.url, "compliance")
    desk.goto("/admin/evidence/new/")
    found = [looked_at(desk)]
    desk.goto("/admin/evidence/")
    desk.locator("td.title a").first.click()
    expect(desk.get_by_role("link", name="Criterion 6.1")).to_be_visible()
    found.append(looked_at(desk))
    assert found == [[], []]
