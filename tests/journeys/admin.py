"""What an editor does in Wagtail's admin, and what axe says of it: findings of Wagtail's own parts are listed."""

import re

from playwright.sync_api import expect

from tests.services import browser as chromium

# What axe finds in Wagtail 8.0 itself: rule and part of the page. A newer Wagtail may shorten the list.
WAGTAIL_8_0 = {"landmark-unique": ".w-h-", "aria-input-field-name": ".notranslate"}


def axe(page):
    """What axe finds on a page of the admin that is not Wagtail's own."""
    return [
        finding
        for finding in chromium.axe(page)
        if not any(finding.startswith(f"{rule}: {part}") for rule, part in WAGTAIL_8_0.items())
    ]


def publish_guide(page, title, summary, text):
    """From the front page of the admin to a published guide, as somebody who has never seen it would."""
    page.goto("/admin/")
    page.look(in_admin=True)
    page.goto("/admin/pages/")
    # One site in each language.
    english = page.get_by_role("row").filter(has_text="English")
    english.get_by_role("link", name="Explore child pages of 'Gatehouse'").click()
    page.get_by_role("link", name="Explore child pages of 'Guides'").click()
    page.get_by_role("link", name="Add child page").first.click()
    page.get_by_role("textbox", name="Title*").fill(title)
    page.get_by_role("textbox", name="Summary*").fill(summary)
    page.get_by_role("button", name="Insert a block").click()
    page.get_by_role("option", name="Text").click()
    page.get_by_role("combobox", name="Text").or_(page.locator(".public-DraftEditor-content")).first.click()
    page.keyboard.type(text)
    page.look(in_admin=True)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    # Wagtail saves by itself while one types: by then the page may exist already.
    said = re.compile(rf"Page '{title}' (created and|has been) published\.")
    # On a busy machine the new page takes a while to be indexed and shown.
    expect(page.get_by_text(said)).to_be_visible(timeout=30_000)
