"""Deeds with the log: giving entries their place, opening an epoch, changing the key.

One sequencer at a time on a host, by a lock on a file that lasts from reading the checkpoint file until it is written
again after the commit; one at a time at all, by a lock of the database. What one batch does is one transaction:

1. Compare the checkpoint file with the newest checkpoint. Where the database was set back, stop: entries wait.
2. Append what waits to the tree, give each entry the next index, sign the new head.
3. Commit. Only then put the checkpoint into the file.

Killed before 3 nothing has happened, killed after it the file lags behind, which the next run makes good.
"""

import contextlib
import re
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction

from ..actions import append_entry
from ..canonical import plain
from ..models import Checkpoint, LedgerCheck, LedgerEntry, LedgerPosition, WaitingEntry
from . import keys, notes, witness
from .findings import Code, Halted
from .merkle import Frontier

# Entries between two checkpoints at most: how exactly can be said which of them was changed.
BATCH = 256
LOCK = 0x6A7E0006
_EPOCH = re.compile(r"/ledger/(\d+)-[0-9a-f]{8}$")


class NothingWrong(Exception):
    """The ledger goes on well: an epoch that anybody opened now would only raise questions."""


def sequence(*, at, batches=None, wait=False):
    """Give a place to the entries that wait, so many batches at most. Returns how many got one.

    Raises Halted where the ledger must not go on; that is also noted for the admin. Without `wait` it leaves the work
    to another sequencer of this host that is at it already.
    """
    with witness.held(wait=wait) as ours:
        if not ours:
            return 0
        try:
            done = _sequence(at=at, batches=batches)
        except Halted as halt:
            _note([halt.finding], at)
            raise
        _note([], at)
        return done


@contextlib.contextmanager
def bulk(*, at):
    """One transaction in which very many entries are written with their places, never having waited.

    Yields `place`, which takes `[(entry id, leaf), …]` in the order of their writing, signs the checkpoints, and gives
    back the rows of LedgerPosition, to be written after the entries. Raises Halted.
    """
    with witness.held(wait=True):
        _sequence(at=at, batches=None)
        with transaction.atomic():
            _lock()
            last, _found = _state()
            signers = [_key(last)]

            def place(entries):
                nonlocal last
                rows = []
                for start in range(0, len(entries), BATCH):
                    last, places = _append(last, entries[start : start + BATCH], signers, at)
                    rows += places
                return rows

            yield place
        witness.write(last.note)


def open_epoch(*, at, reason):
    """Go on after a database was set back, or a key or checkpoint file lost: in a new log, which says what was found.

    Returns its first Checkpoint. Raises NothingWrong, or Halted where there is no key.
    """
    with witness.held(wait=True):
        with transaction.atomic():
            _lock()
            last, found = _newest(), witness.read()
            if not _in_trouble(last, found):
                raise NothingWrong
            checkpoint = _open(last=last, found=found, reason=reason, at=at)
        witness.write(checkpoint.note)
        _note([], at)
    return checkpoint


def rotate_key(*, at, reason):
    """Sign with a new key from now on; one checkpoint is signed by both, and the old key is destroyed.

    Returns that Checkpoint. Raises Halted.
    """
    with witness.held(wait=True):
        _sequence(at=at, batches=None)
        with transaction.atomic():
            _lock()
            last = _newest()
            old, new = _key(last), keys.make_next()
            data = {"event": "key_rotated", "epoch": last.epoch, "public_key": keys.public(new), "reason": reason}
            append_entry(kind=LedgerEntry.Kind.KEY, data=data, at=at)
            checkpoint = _extend(last, _waiting(), (old, new), at)
        keys.finish_rotation()
        witness.write(checkpoint.note)
    return checkpoint


def _sequence(*, at, batches):
    """As `sequence`, once the file is ours. An idle tick takes no lock of the database and writes nothing."""
    done, number = 0, 0
    while True:
        last, found = _state()
        if last and (number == batches or not WaitingEntry.objects.exists()):
            _key(last)
            if found != last.note:
                witness.write(last.note)
            return done
        with transaction.atomic():
            _lock()
            last, found = _state()
            if last:
                checkpoint = _extend(last, _waiting()[:BATCH], [_key(last)], at)
                done += checkpoint.size - last.size
                number += 1
            else:
                checkpoint = _open(last=None, found="", reason="", at=at)
        witness.write(checkpoint.note)


def _state():
    """The newest checkpoint, or None, and the note in the file, which go together. Raises Halted."""
    last, found = _newest(), witness.read()
    witness.compare(found, last)
    return last, found


def _lock():
    """Until the end of the transaction; on SQLite, whose transactions all begin by taking the database, that does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _newest():
    return Checkpoint.objects.order_by("-number").first()


def _waiting():
    """`(entry id, leaf)` of what waits, in the order of writing."""
    return WaitingEntry.objects.order_by("entry").values_list("entry_id", "entry__leaf")


def _key(last):
    """The private key that goes on from that checkpoint; finishes a rotation that was cut short. Raises Halted."""
    try:
        key = keys.current()
        if last and (not key or keys.public(key) != last.public_key):
            key = keys.finish_rotation(wanted=last.public_key)
        if not key and not last and settings.DEMO:
            key = keys.make()
    except keys.Unusable as error:
        raise Halted(Code.KEY_UNUSABLE, why=str(error).rstrip("."))
    if not key:
        raise Halted(Code.NO_KEY)
    if last and keys.public(key) != last.public_key:
        raise Halted(Code.OTHER_KEY, found=keys.public(key), wanted=last.public_key)
    return key


def _in_trouble(last, found):
    """Whether the ledger cannot go on as it is. Raises Halted where first of all a key must be there."""
    try:
        witness.compare(found, last)
        if last:
            _frontier(last)
            _key(last)
    except Halted as halt:
        if halt.finding.code in (Code.NO_KEY, Code.KEY_UNUSABLE):
            raise
        return True
    return False


def _frontier(last):
    """Of the tree that goes on. Raises Halted where its past is not what was signed."""
    try:
        frontier = Frontier(last.size, [bytes.fromhex(one) for one in last.frontier])
        signed = notes.checkpoint(last.note)[:3] == (last.origin, last.size, frontier.root())
    except ValueError:
        signed = False
    if not signed:
        raise Halted(Code.HEAD_CHANGED, origin=last.origin, size=last.size)
    return frontier


def _open(*, last, found, reason, at):
    """The first checkpoint of an epoch, over the one entry that says how it came about."""
    known = _EPOCH.search(found.partition("\n")[0])
    number = 1 + max(last.epoch if last else 0, int(known[1]) if known else 0)
    # Of chance a part: not even after a second loss are there two logs of the same name.
    origin = f"{urlsplit(settings.GATEHOUSE_PUBLIC_URL).netloc}/ledger/{number}-{secrets.token_hex(4)}"
    key = _key(None)
    data = {
        "event": "epoch_opened",
        "epoch": number,
        "origin": origin,
        "public_key": keys.public(key),
        "found": found,
        "known": last.note if last else "",
        "reason": reason,
    }
    entry = append_entry(kind=LedgerEntry.Kind.KEY, data=data, at=at)
    before = Checkpoint(number=last.number if last else 0, epoch=number, origin=origin, size=0, follows=found)
    before.frontier = []
    return _extend(before, [(entry.pk, entry.leaf)], [key], at)


def _extend(last, entries, signers, at):
    """The checkpoint that comes after `last`, over these `(entry id, leaf)` more, which wait no longer."""
    entries = list(entries)
    WaitingEntry.objects.filter(entry__in=[entry for entry, _leaf in entries]).delete()
    checkpoint, rows = _append(last, entries, signers, at)
    LedgerPosition.objects.bulk_create(LedgerPosition(**row) for row in rows)
    return checkpoint


def _append(last, entries, signers, at):
    """The checkpoint that comes after `last`, and the rows of LedgerPosition that go with it, not yet written."""
    frontier = _frontier(last) if last.size else Frontier()
    rows = []
    for entry, leaf in entries:
        rows.append({"epoch": last.epoch, "index": frontier.size, "entry_id": entry, "leaf": leaf})
        frontier.append(bytes.fromhex(leaf))
    head = notes.Checkpoint(last.origin, frontier.size, frontier.root(), plain(at))
    checkpoint = Checkpoint.objects.create(
        number=last.number + 1,
        epoch=last.epoch,
        origin=last.origin,
        size=head.size,
        root=head.root.hex(),
        note=notes.sign(notes.text(head), head.origin, *signers),
        public_key=keys.public(signers[-1]),
        frontier=[one.hex() for one in frontier.hashes],
        follows=last.follows,
        signed_at=at,
    )
    return checkpoint, rows


def _note(findings, at):
    """Keep what the sequencer found, where it is something new."""
    newest = LedgerCheck.objects.newest(LedgerCheck.What.SEQUENCING)
    stored = [finding.stored() for finding in findings]
    if stored != (newest.findings if newest else []):
        LedgerCheck.objects.create(what=LedgerCheck.What.SEQUENCING, at=at, found=len(stored), findings=stored)
