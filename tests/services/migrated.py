"""A migrated SQLite database that later runs begin with, as migrating takes longer than most of them."""

import hashlib
import os
import shutil

from .commands import ROOT

# What decides how it comes out; what follows every migration is done in each run.
SOURCES = ("*/migrations/*.py", "learning/*/migrations/*.py", "requirements/*.txt")


def fetch(name):
    """Puts the database that these migrations make there, if a run has made it before; whether it did."""
    kept = _kept()
    if kept.exists():
        shutil.copyfile(kept, name)
    return kept.exists()


def keep(name):
    """For later runs; nobody may be connected."""
    kept = _kept()
    kept.parent.mkdir(parents=True, exist_ok=True)
    mine = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(name, mine)
    mine.replace(kept)


def _kept():
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return ROOT / "var" / "migrated" / f"{digest.hexdigest()[:16]}.sqlite3"
