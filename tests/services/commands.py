"""manage.py as a person runs it: another process, with an environment of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# What a test run, or a developer, has in the environment must not reach it.
OURS = ("GATEHOUSE_", "DJANGO_", "DATABASE_URL", "CELERY_", "EMAIL_URL", "CACHE_URL", "PORT", "HOST")


def environment(**values):
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)} | {
        name: str(value) for name, value in values.items()
    }


def manage(*arguments, **values):
    """The finished process; its streams are text."""
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env=environment(**values),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
