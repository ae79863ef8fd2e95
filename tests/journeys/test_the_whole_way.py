"""The main job from end to end: what is owed, a failed and a passed quiz, the record, its export, a guide, a notice."""

import csv
import datetime
import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

from . import admin, starter

SEALS = starter.Course("seal-security")


@pytest.fixture
def visit(site, new_context, axe):
    """Opens a window for a person; `look()` on its page tells that axe finds nothing there."""

    def lead(number, window):
        page = new_context(base_url=site.url, accept_downloads=True, **window).new_page()

        def look(in_admin=False):
            assert (admin.axe(page) if in_admin else axe(page)) == []

        page.look = look
        page.goto("/sign-in/")
        page.look()
        chromium.sign_in(page, site.url, number)
        return page

    return lead


def test_the_whole_way(site, visit):
    driver = visit("driver", chromium.PHONE)
    code = learn(driver)
    check(driver, code)
    driver.context.close()

    hr = visit("hr", chromium.DESK)
    assert export(hr, site, code) == [("Seal security", "valid", "quiz")]
    hr.context.close()

    editor = visit("editor", chromium.DESK)
    publish(editor)
    editor.context.close()

    remind(site, visit)


def learn(page):
    """From what is owed to the certificate; returns its code."""
    expect(page.get_by_role("heading", level=1)).to_have_text("One to finish, Daniel")
    expect(page.locator(".task", has_text="Seal security")).to_contain_text("Due ")
    page.look()
    page.get_by_role("link", name="Seal security", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Seal security")
    page.look()
    page.go_back()
    page.get_by_role("button", name=re.compile("^Start *: Seal security")).click()
    for title in SEALS.lessons:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.look()
        page.get_by_role("button", name=re.compile("^Done")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Seal security quiz")
    page.look()
    page.get_by_role("button", name="Begin the quiz").click()
    asked = SEALS.answer(page, right=False)
    hand_in(page)
    # A story or a picture among the eight can be partly right, so that the mark falls between two whole points.
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^0 of 8\. You need (7|6\.4)\.$"))
    for question in asked:
        expect(page.locator("article", has_text=question["prompt"])).to_contain_text(starter.reason(question))
    page.look()

    page.get_by_role("button", name="Try again").click()
    SEALS.answer(page, right=True)
    hand_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("You passed, Daniel")
    expect(page.get_by_text("8 of 8 right")).to_be_visible()
    page.look()
    page.get_by_role("link", name="See what you have earned").click()
    page.look()
    page.get_by_role("link", name="See the certificate").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.look()
    return page.locator("dt", has_text="Check code").locator("+ dd").inner_text()


def hand_in(page):
    expect(page.get_by_role("heading", level=1)).to_have_text("All 8 answers are saved")
    page.look()
    page.get_by_role("button", name="Hand in").click()


def check(page, code):
    """Anybody may check a certificate by its code."""
    page.goto("/verify/")
    page.look()
    page.locator("main").get_by_role("textbox").fill(f" {code.lower()} ")
    page.locator("main").get_by_role("textbox").press("Enter")
    expect(page).to_have_url(re.compile(f"/verify/{re.sub('[^A-Z0-9]', '', code)}/$"))
    expect(page.locator("main")).to_contain_text("This certificate is valid")
    expect(page.locator("main")).to_contain_text("Daniel")
    page.look()
    page.goto("/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The gate is open. You owe nothing.")
    page.look()


def export(page, site, code):
    """HR finds the completion, downloads it twice, and the command gives the same rows.

    Returns what they say of the driver: `[(course, status, check), …]`.
    """
    since = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=1)
    page.goto("/admin/reports/completions/")
    row = page.locator("tbody tr", has_text="Daniel Olmos").filter(has_text="Seal security").first
    expect(row).to_contain_text("100")
    page.look(in_admin=True)
    row.get_by_role("link", name="Daniel Olmos").click()
    expect(page.locator("main")).to_contain_text("driver")
    page.look(in_admin=True)
    page.goto(f"/admin/reports/completions/?since={since}")
    as_csv = list(csv.reader(io.StringIO(download(page, "CSV").decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(download(page, "XLSX")), read_only=True).active
    as_xlsx = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert len(as_csv) > 1
    assert [[same(*cells) for cells in zip(*rows, strict=True)] for rows in zip(as_csv, as_xlsx, strict=True)] == as_csv

    file = site.home / "completions.csv"
    site.manage("export_completions", "--format", "csv", "--since", str(since), "-o", str(file))
    assert list(csv.reader(io.StringIO(file.read_text()))) == as_csv
    mine = [dict(zip(as_csv[0], row, strict=True)) for row in as_csv[1:] if "driver" in row]
    return [(row["course"], row["status"], row["check"]) for row in mine]


def download(page, name):
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Download {name}").click()
    return download.value.path().read_bytes()


def same(text, cell):
    """The cell of the CSV, if that of the workbook says the same: edition, score and pass mark are numbers there."""
    return text if (float(text) == cell if isinstance(cell, int | float) else text == (cell or "")) else (text, cell)


def publish(page):
    """An editor publishes a guide; everybody sees it and finds it by search."""
    admin.publish_guide(page, "Reading a gate pass", "Every pass has a date.", "A pass without a quokka stamp is void.")
    page.goto("/guides/")
    page.look()
    page.get_by_role("link", name="Reading a gate pass").click()
    expect(page.locator("main")).to_contain_text("A pass without a quokka stamp is void.")
    page.look()
    page.goto("/search/")
    page.locator("main").get_by_role("searchbox").fill("quokka")
    page.locator("main").get_by_role("searchbox").press("Enter")
    expect(page.locator("main").get_by_role("link", name="Reading a gate pass")).to_be_visible()
    page.look()


def remind(site, visit):
    """The refresher's notice is there once, however often the clock is moved to that day."""
    in_eleven_months = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=340)
    foretold = site.manage("send_reminders", "--on", str(in_eleven_months), "--dry-run")
    mine = [line for line in foretold.splitlines() if line.startswith("driver\t") and "\tSeal security\t" in line]
    assert len(mine) == 1
    first = site.manage("send_reminders", "--on", str(in_eleven_months))
    again = site.manage("send_reminders", "--on", str(in_eleven_months))
    assert "driver\t" in first
    assert again.splitlines()[-1] == "0 sent (0 mail, 0 in-app), 0 dropped, 0 failed"
    page = visit("driver", chromium.PHONE)
    page.goto("/mailbox/")
    page.look()
    (mine,) = mails(page, "daniel.olmos@", "Seal security")
    page.goto(mine)
    expect(page.locator("main")).to_contain_text("Seal security")
    page.look()


def mails(page, to, about):
    """Addresses of the messages to somebody about something, from every page of the mailbox."""
    found, number, full = set(), 1, True
    while full and number < 50:
        page.goto(f"/mailbox/?page={number}")
        rows = page.locator("tbody tr")
        links = rows.filter(has_text=to).filter(has_text=about).get_by_role("link")
        found |= set(links.evaluate_all("links => links.map(link => link.href)"))
        full, number = rows.count() == 25, number + 1
    return found
