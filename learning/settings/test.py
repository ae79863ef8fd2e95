"""Tests: a home of their own that is thrown away, cheap passwords, and the database that DATABASE_URL names."""

import atexit
import os
import shutil
import tempfile

# One home a run, so that several runs at the same time never meet; a process that a test starts shares its parent's.
if "GATEHOUSE_TEST_HOME" not in os.environ:
    os.environ["GATEHOUSE_TEST_HOME"] = tempfile.mkdtemp(prefix="gatehouse-test-")
    atexit.register(shutil.rmtree, os.environ["GATEHOUSE_TEST_HOME"], ignore_errors=True)
# Each worker of a parallel run has one within it.
os.environ["GATEHOUSE_HOME"] = os.path.join(
    os.environ["GATEHOUSE_TEST_HOME"], os.environ.get("PYTEST_XDIST_WORKER", "home")
)
os.environ["GATEHOUSE_MODE"] = "demo"

from .local import *  # noqa: E402, F403
from .local import DATABASES, GATEHOUSE_HOME  # noqa: E402

# Argon2 is slow on purpose; every other setting is what people run.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Scanning all static files for each test client would take longer than the tests.
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file: in memory, threads would share one connection and no race could happen.
    DATABASES["default"]["TEST"] = {"NAME": str(GATEHOUSE_HOME / "test.sqlite3")}
