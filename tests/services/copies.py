"""Copies of a migrated database, for tests whose commits must be real.

Django empties the tables after such a test, which guarded tables refuse: here each test gets a copy and drops it.
"""

import contextlib
import sqlite3
import uuid
from pathlib import Path

from django.conf import settings
from django.db import connection, connections


@contextlib.contextmanager
def copy_in_use(template):
    """Points `default`, in this and in every new thread, at a copy of that database."""
    usual = connection.settings_dict["NAME"]
    name = copy(template)
    _point_at(name)
    try:
        yield name
    finally:
        _point_at(usual)
        drop(name)


def copy(source, name=None):
    """The name of a copy of that database, by chance if none is given. Nobody may be connected to the source."""
    name = name or f"{source}_{uuid.uuid4().hex[:8]}"
    if connection.vendor == "postgresql":
        quote = connection.ops.quote_name
        _administer(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(source)} STRATEGY FILE_COPY")
    else:
        with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(name)) as new:
            old.backup(new)
    return name


def exists(name):
    """Whether the PostgreSQL server has a database of that name."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def drop(name):
    if connection.vendor == "postgresql":
        # FORCE: a thread or process of a failed test may still be connected.
        _administer(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")
    else:
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)


def url(name):
    """DATABASE_URL of a copy, for the processes that a test starts."""
    if connection.vendor == "postgresql":
        values = connection.settings_dict
        return f"postgresql://{values['USER']}@{values['HOST'].replace('/', '%2F')}/{name}"
    return f"sqlite:///{name}"


def _point_at(name):
    connections.close_all()
    # The dictionary that connections of new threads are made from, and the one of this thread's connection.
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _administer(statement):
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
