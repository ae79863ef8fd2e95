"""A PostgreSQL cluster that lives as long as a test run, reached by a socket in its own folder."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg

from . import packages
from .processes import running

# PostgreSQL refuses to run as root; Debian's package makes this user.
USER = "postgres"
# Nothing here outlives the run, so nothing needs to reach the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
}


@contextlib.contextmanager
def cluster():
    """The DATABASE_URL of a database server while the block runs."""
    programs = Path(packages.program("initdb", "postgresql")).parent
    folder = Path(tempfile.mkdtemp(prefix="gatehouse-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
        _make(programs, folder)
        options = [f"--{name}={value}" for name, value in (SETTINGS | {"unix_socket_directories": folder}).items()]
        address = f"postgresql://gatehouse@{str(folder).replace('/', '%2F')}"
        with running(
            str(programs / "postgres"),
            "-D",
            str(folder / "data"),
            *options,
            ready=lambda: _answers(f"{address}/postgres"),
            log=folder / "log",
            # Immediate shutdown.
            stop=signal.SIGQUIT,
            user=USER,
        ):
            yield f"{address}/gatehouse"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(programs, folder):
    who = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run(
        [programs / "initdb", "-D", folder / "data", "-U", "gatehouse", "-A", "trust", "-E", "UTF8"]
        + ["--locale=C.UTF-8", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        **who,
    )


def _answers(address):
    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(address, connect_timeout=1):
        return True
    return False
