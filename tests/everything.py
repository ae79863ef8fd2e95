"""Everything that must hold, in phases; `make test` prepares the machine and calls this."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .operation.production import ENVIRONMENT

BIN = Path(sys.executable).parent
# Two at a time, each with a database, a home and a site of its own; a module stays in one process.
PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile"]
MANAGE = [sys.executable, "manage.py"]

# (heading, command, environment)
PHASES = [
    ("Lint", [BIN / "ruff", "check", "--quiet", "."], {}),
    ("Format", [BIN / "ruff", "format", "--quiet", "--check", "."], {}),
    ("Layers", [BIN / "lint-imports", "--no-logo"], {}),
    ("Migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    ("Production settings", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], ENVIRONMENT),
    ("Tests on PostgreSQL", [*PYTEST, "--database=postgresql"], {}),
    ("Tests on SQLite", [*PYTEST, "--database=sqlite", "-m", "not journey or main_journey"], {}),
]


def main():
    failed = []
    with tempfile.TemporaryDirectory(prefix="gatehouse-check-") as home:
        for heading, command, environment in PHASES:
            print(f"\n=== {heading} ===", flush=True)
            began = time.monotonic()
            done = subprocess.run(command, env=os.environ | {"GATEHOUSE_HOME": home} | environment, check=False)
            print(f"    {time.monotonic() - began:.0f} s", flush=True)
            if done.returncode:
                failed.append(heading)
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nEverything holds.")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
