"""Every part, block and kind of question in every state, as a phone and a desk show them."""

import pytest

from tests.services import browser as chromium

pytestmark = pytest.mark.long


@pytest.mark.parametrize("path", ["/styleguide/", "/styleguide/blocks/", "/styleguide/questions/", "/es/styleguide/"])
def test_axe_finds_nothing(desk, axe, path):
    for window in (chromium.DESK, chromium.PHONE):
        desk.set_viewport_size(window["viewport"])
        desk.goto(path)
        assert axe(desk) == []
        wide = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, f"{wide} px too wide at {window['viewport']['width']}"
