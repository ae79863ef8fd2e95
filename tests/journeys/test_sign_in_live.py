"""A real company, not a demo: whoever works in the admin sets up a second factor before anything else."""

import re

import pytest
from playwright.sync_api import expect

from tests.services import copies
from tests.services.site import Site

from .ways_in import enter, fresh_code, sign_out

pytestmark = pytest.mark.long

PASSWORD = "a seal is checked twice"


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    values = {"GATEHOUSE_MODE": "live", "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    with django_db_blocker.unblock():
        name = copies.copy(django_db_setup)
        site = Site(tmp_path_factory.mktemp("live") / "home", copies.url(name), more=values)
        site.manage("createsuperuser", "--noinput", "--number=1", "--first_name=Ada")
        with site.serving():
            yield site
        copies.drop(name)


def test_an_administrator_reaches_nothing_without_a_second_factor(desk, axe):
    desk.goto("/sign-in/?next=/admin/")
    enter(desk, "1", PASSWORD)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Set up a second factor first")
    assert axe(desk) == []
    for path in ("/admin/", "/me/", "/courses/", "/es/profile/"):
        desk.goto(path)
        expect(desk).to_have_url(re.compile(r"/profile/second-factor/$"))

    desk.goto("/profile/second-factor/")
    desk.get_by_role("link", name="Set up an app for codes").click()
    secret = desk.locator("ol code").inner_text().replace(" ", "")
    first = fresh_code(secret)
    desk.get_by_label("Code from the app").fill(first)
    desk.get_by_role("button", name="Set up").click()
    desk.get_by_role("link", name="I have them, go on").click()
    desk.goto("/admin/")
    expect(desk).to_have_url(re.compile(r"/admin/$"))
    desk.goto("/profile/")
    sign_out(desk)

    enter(desk, "1", PASSWORD)
    desk.goto("/admin/")
    expect(desk).to_have_url(re.compile(r"/sign-in/\?next="))
    enter(desk, "1", PASSWORD)
    desk.get_by_label("Code").fill(fresh_code(secret, first))
    desk.get_by_role("button", name="Sign in").click()
    expect(desk).to_have_url(re.compile(r"/admin/$"))
