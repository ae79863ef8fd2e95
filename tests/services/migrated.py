"""A migrated database to begin with, as migrating takes longer than most runs.

On PostgreSQL the workers of one run share it, whose server ends with the run; on SQLite later runs do as well.
"""

import hashlib
import os
import shutil

from django.db import connection

from . import copies
from .commands import ROOT

SHARED = "gatehouse_migrated"
# What decides how it comes out; what follows every migration is done in each run.
SOURCES = ("*/migrations/*.py", "learning/*/migrations/*.py", "requirements/*.txt")


def fetch(name):
    """Puts there what was kept; whether there was anything."""
    if connection.vendor == "postgresql":
        found = copies.exists(SHARED)
        if found:
            copies.copy(SHARED, name)
        return found
    kept = _file()
    if kept.exists():
        shutil.copyfile(kept, name)
    return kept.exists()


def keep(name):
    """For whoever comes next; nobody may be connected."""
    if connection.vendor == "postgresql":
        copies.copy(name, SHARED)
        return
    kept = _file()
    kept.parent.mkdir(parents=True, exist_ok=True)
    mine = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(name, mine)
    mine.replace(kept)


def _file():
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return ROOT / "var" / "migrated" / f"{digest.hexdigest()[:16]}.sqlite3"
