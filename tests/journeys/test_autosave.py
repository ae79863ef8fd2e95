"""The form of an editor while Wagtail saves it by itself; its events are dispatched here as Wagtail does."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.long

FORM = "<form data-edit-form><input name=prompt value=Why?><button name=action-publish value=1>Publish</button></form>"
POSTED = """document.addEventListener("submit", (event) => {
    event.preventDefault();
    const sent = new FormData(event.target, event.submitter);
    window.posted = [...(window.posted || []), [...sent.entries()]];
})"""
PUBLISHED = [["prompt", "Why?"], ["action-publish", "1"]]


@pytest.fixture
def page(new_context):
    page = new_context().new_page()
    page.set_content(FORM)
    page.add_script_tag(content=Path(finders.find("gatehouse/autosave.js")).read_text())
    page.evaluate(POSTED)
    return page


def happens(page, event):
    page.locator("form").evaluate("(form, name) => form.dispatchEvent(new Event(name, {bubbles: true}))", event)


def posted(page):
    return page.evaluate("window.posted || []")


def test_a_button_that_is_pressed_meanwhile_waits_for_the_answer(page):
    page.get_by_role("button").click()
    assert posted(page) == [PUBLISHED]
    for answer in ("w-autosave:success", "w-autosave:error"):
        page.evaluate("window.posted = []")
        happens(page, "w-autosave:save")
        page.get_by_role("button").click()
        page.get_by_role("button").click()
        page.get_by_role("button").evaluate("button => { button.disabled = true }")
        assert posted(page) == []
        happens(page, answer)
        assert posted(page) == [PUBLISHED]
        happens(page, answer)
        assert posted(page) == [PUBLISHED]
        page.locator("form").evaluate("form => form.lastElementChild.remove()")
        page.get_by_role("button").evaluate("button => { button.disabled = false }")
