"""Processes that complete courses and sequence, and are killed by SIGKILL wherever they happen to be."""

import contextlib
import os
import random
import signal
import time
import traceback
import uuid

from django.db import DEFAULT_DB_ALIAS, connection, connections

from courses.models import Enrolment
from learning.records.ledger import actions
from learning.records.ledger.verification import verify
from learning.records.models import LedgerEntry, LedgerPosition, RecordSubject, TrainingRecord, WaitingEntry

from .. import factory
from ..factory import AT


def killed(number, released, seed=1):
    """Start a process that completes that course again and again, and kill it during its second time; so often."""
    chance = random.Random(seed)
    # Asked before the fork: the child's own connection knows only the name in the settings.
    database = connection.settings_dict["NAME"]
    # Once here, so that each child begins warm.
    began = time.monotonic()
    _complete(released)
    takes = time.monotonic() - began
    connections.close_all()
    for _time in range(number):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            _live(released, writing, database)
        os.close(writing)
        began = time.monotonic()
        os.read(reading, 1)
        takes = min(takes, time.monotonic() - began)
        time.sleep(chance.uniform(0, takes))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
    _alone()


def _complete(released):
    who = factory.hire(f"K{uuid.uuid4().hex[:12]}")
    factory.finish(factory.enrol(who, released), at=AT)
    actions.sequence(at=AT, wait=True)


def _live(released, writing, database):
    """Never returns: whatever happens, the child must not go on with the tests of its parent."""
    try:
        # Beside a browser's event loop the parent has another connection than a child without one: this one's could
        # be open already, to another database. It is left alone, for closing it would close the parent's.
        connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
        connection.settings_dict["NAME"] = database
        while True:
            _complete(released)
            os.write(writing, b".")
    except BaseException:
        with open(os.environ["KILLED_LOG"], "a") as log:
            traceback.print_exc(file=log)
    finally:
        os._exit(1)


def _alone():
    """Until the database server has noticed that the others are gone."""
    if connection.vendor != "postgresql":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.1)
    raise AssertionError("Somebody still writes.")


def agreement():
    """How many completions there are; every one has one record, subject and entry, in the log or waiting for it."""
    completions = Enrolment.objects.exclude(completed_at=None).count()
    entries = LedgerEntry.objects.filter(kind="record")
    assert [TrainingRecord.objects.count(), RecordSubject.objects.count(), entries.count()] == [completions] * 3
    assert LedgerPosition.objects.count() + WaitingEntry.objects.count() == LedgerEntry.objects.count()
    people = TrainingRecord.objects.values("person").distinct().count()
    assert people == completions
    actions.sequence(at=AT, wait=True)
    assert WaitingEntry.objects.count() == 0
    assert [str(finding) for finding in verify(at=AT)[1]] == []
    return completions


@contextlib.contextmanager
def errors(folder):
    """What children that did not end by being killed have said."""
    path = folder / "killed.log"
    os.environ["KILLED_LOG"] = str(path)
    try:
        yield path
    finally:
        del os.environ["KILLED_LOG"]
