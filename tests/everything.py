"""Everything that must hold, in phases; `make test` prepares the machine and calls this, `make long` with "long"."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .operation.production import ENVIRONMENT

BIN = Path(sys.executable).parent
# Three at a time, as one often waits; each has a database, a home and a site of its own. A module stays in one.
PYTEST = [sys.executable, "-m", "pytest", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
WHOLE_WAY = "tests/journeys/test_the_whole_way.py"
MANAGE = [sys.executable, "manage.py"]

# (heading, command, environment)
PHASES = [
    ("Lint", [BIN / "ruff", "check", "--quiet", "."], {}),
    ("Format", [BIN / "ruff", "format", "--quiet", "--check", "."], {}),
    ("Layers", [BIN / "lint-imports", "--no-logo"], {}),
    ("Migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    ("Production settings", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], ENVIRONMENT),
    ("Tests on PostgreSQL", [*PYTEST, "--database=postgresql", "-m", "not long"], {}),
    ("Tests on SQLite", [*PYTEST, "--database=sqlite", "-m", "not (long or once)", f"--ignore={WHOLE_WAY}"], {}),
]
LONG = [
    ("Long tests on PostgreSQL", [*PYTEST, "--database=postgresql", "-m", "long"], {}),
    ("The whole way on SQLite", [sys.executable, "-m", "pytest", "--database=sqlite", WHOLE_WAY], {}),
]
# A browser that waits in vain beside two others says little of the site: what failed is named, and tried once alone.
FAILED = [sys.executable, "-m", "pytest", "--last-failed", "--last-failed-no-failures=none"]
ALONE = [("Those that failed, alone", [*FAILED, "--database=postgresql", "-m", "long"], {})]
# The first to ask for a database on SQLite makes the one that all others copy. Beside phases that use one core.
MIGRATING = [sys.executable, "-m", "pytest", "-q", "tests/content/test_prepared.py", "--database=sqlite"]


def main(long=False):
    meanwhile = contextlib.nullcontext() if long else beside(MIGRATING)
    with tempfile.TemporaryDirectory(prefix="gatehouse-check-") as home, meanwhile:
        failed = failing(LONG, home) and failing(ALONE, home) if long else failing(PHASES, home)
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nEverything holds.")
    return 1 if failed else 0


def failing(phases, home):
    """The headings of those that failed; each is run, whatever became of those before."""
    failed = []
    for heading, command, environment in phases:
        print(f"\n=== {heading} ===", flush=True)
        began = time.monotonic()
        if run(command, os.environ | {"GATEHOUSE_HOME": home} | environment):
            failed.append(heading)
        print(f"    {time.monotonic() - began:.0f} s", flush=True)
    return failed


@contextlib.contextmanager
def beside(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def run(command, environment):
    """The exit code. When we are told to stop, the phase hears it once, from us, and stops its servers."""
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main(long=sys.argv[1:] == ["long"]))
    except KeyboardInterrupt:
        sys.exit(130)
