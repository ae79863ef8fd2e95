"""The checkpoint file: the newest checkpoint, outside of the database, so that a database set back is noticed.

The file may lag behind the database, by what was committed before a crash; the database never lags behind the file.
"""

import contextlib
import fcntl
import os
import secrets

from django.conf import settings

from ..models import Checkpoint
from . import notes
from .findings import Code, Halted
from .keys import sync_folder, write_durably


@contextlib.contextmanager
def held(*, wait):
    """One at a time who reads or writes the file, from its reading until the writing after the commit.

    Yields whether it is ours; without `wait`, another may have it. It is given back however we end.
    """
    path = settings.LEDGER_CHECKPOINT
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_name(path.name + ".lock"), "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def read():
    """The note in the file; empty where there is no file."""
    try:
        return settings.LEDGER_CHECKPOINT.read_text()
    except FileNotFoundError:
        return ""


def write(note):
    path = settings.LEDGER_CHECKPOINT
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    write_durably(draft, note.encode(), 0o644)
    os.replace(draft, path)
    sync_folder(path.parent)


def compare(found, last):
    """Raises Halted unless the database, whose newest checkpoint is `last`, goes on from the note that was found."""
    if last and found == last.note:
        return
    if last and found == last.follows and not Checkpoint.objects.filter(epoch=last.epoch, number__lt=last.number):
        # The first of its epoch was committed, and then somebody pulled the plug.
        return
    if not found:
        if last:
            raise Halted(Code.FILE_MISSING, size=last.size, origin=last.origin)
        return
    try:
        head = notes.checkpoint(found)
    except notes.Malformed:
        raise Halted(Code.FILE_UNREADABLE)
    same = Checkpoint.objects.filter(origin=head.origin)
    if same.filter(size=head.size, root=head.root.hex()).exists():
        return
    newest = same.order_by("-number").first()
    known = newest.size if newest else 0
    if known < head.size:
        raise Halted(Code.SET_BACK, origin=head.origin, signed=head.size, known=known)
    raise Halted(Code.FORKED, origin=head.origin, signed=head.size)
