"""A demo company on a real server, and people in a real browser.

`site` is the server (a copy of the company for each module: `site.url`, `site.manage("send_reminders", …)`); `desk` and
`phone` are pages of two visitors with a window of that size; `signed_in(page, "driver")` leads one of them inside.
"""

import os
import shutil
from pathlib import Path

import pytest

from tests.services import browser as chromium
from tests.services import copies

# Playwright keeps an event loop running in this thread, and Django then refuses the database to it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="module")
def site(company, django_db_blocker, tmp_path_factory):
    original, database = company
    with django_db_blocker.unblock():
        name = copies.copy(database)
        with original.copy(tmp_path_factory.mktemp("site") / "home", copies.url(name)).serving() as site:
            yield site
        copies.drop(name)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return chromium.launch_options()


@pytest.fixture
def desk(site, new_context):
    return new_context(base_url=site.url, **chromium.DESK).new_page()


@pytest.fixture
def phone(site, new_context):
    return new_context(base_url=site.url, **chromium.PHONE).new_page()


@pytest.fixture
def signed_in(site):
    def lead(page, number):
        chromium.sign_in(page, site.url, number)
        return page

    return lead


@pytest.fixture(scope="session", autouse=True)
def _pictures(request):
    if folder := request.config.getoption("--shots"):
        shutil.rmtree(folder, ignore_errors=True)
        chromium.Pictures.folder = Path(folder)


@pytest.fixture(scope="session")
def axe():
    return chromium.axe
