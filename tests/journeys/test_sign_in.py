import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.long


@pytest.mark.parametrize("window", ["phone", "desk"])
def test_a_driver_signs_in_and_sees_what_is_owed(request, window, signed_in, axe):
    page = request.getfixturevalue(window)
    page.goto("/sign-in/")
    assert axe(page) == []

    signed_in(page, "driver")
    expect(page).to_have_url(re.compile(r"/me/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Daniel")
    expect(page.get_by_text("Seal security").first).to_be_visible()
    assert axe(page) == []
