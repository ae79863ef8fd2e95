"""Starts the database server of a test run before Django reads its settings (loaded by `-p`, see pyproject.toml)."""

import contextlib
import gc
import os
import signal

import pytest

from . import postgresql

# The first makes the company that most journeys copy, and meanwhile the others need none.
LONG = (
    "tests/journeys/test_the_whole_way.py",
    "tests/operation/",
    "tests/addresses/",
    "tests/journeys/",
    "tests/starter/",
)
# What a developer has set for a site of their own.
SETTINGS = ("EMAIL_URL", "CELERY_BROKER_URL", "CACHE_URL", "PORT", "HOST", "DJANGO_SETTINGS_MODULE")


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        help="run on SQLite, or on a PostgreSQL server of the run's own; without, on what DATABASE_URL names",
    )
    parser.addoption("--shots", metavar="FOLDER", help="put pictures of the pages that journeys look at there")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    # A worker of a parallel run uses the server of the process that started it.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _forget_settings()
        # Servers and folders of the run are put away as after Ctrl-C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        database = early_config.known_args_namespace.database
        if database == "sqlite":
            os.environ.pop("DATABASE_URL", None)
        elif database == "postgresql":
            stack = contextlib.ExitStack()
            early_config.add_cleanup(stack.close)
            os.environ["DATABASE_URL"] = stack.enter_context(postgresql.cluster())
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    # Modules of minutes first: at the end, one worker would sit through them alone.
    items.sort(key=lambda item: next((at for at, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG)))
    for item in items:
        if "django_db_setup" not in item.fixturenames and not item.get_closest_marker("django_db"):
            item.add_marker("once")


def pytest_collection_finish():
    # What is imported by now stays: looking through it again and again took a tenth of all time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _forget_settings():
    for name in list(os.environ):
        if name in SETTINGS or name.startswith("GATEHOUSE_"):
            del os.environ[name]
