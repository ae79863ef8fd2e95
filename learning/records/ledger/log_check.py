"""Holds the log against its checkpoints: every place, every root, every signature. Pure.

Where something is wrong, the rest is checked all the same, from what the next good checkpoint kept of the tree.
"""

from typing import NamedTuple

from ..canonical import plain
from . import notes
from .findings import Code, Finding
from .merkle import Frontier


class Head(NamedTuple):
    """A row of Checkpoint."""

    number: int
    epoch: int
    origin: str
    size: int
    root: str
    note: str
    public_key: str
    frontier: list
    follows: str
    signed_at: object


class Event(NamedTuple):
    """A key event: from that place on, `public_key` signs. `opens` is the origin of a log that begins there.

    `found` is the note that its checkpoint file held before.
    """

    epoch: int
    index: int
    public_key: str
    opens: str
    found: str


class LogCheck:
    """`run` yields findings; `key` is the key (hex) that signs at the end, as far as the events tell."""

    def __init__(self, heads, places, events):
        """`heads` in order of number; `places` as `(epoch, index, leaf)` in order; `events` are few, in order."""
        self._heads, self._places, self._events = heads, iter(places), events
        self._next = next(self._places, None)
        self.key = ""

    def run(self):
        before, frontier = None, Frontier()
        for head in self._heads:
            number = before.number + 1 if before else 1
            if head.number != number:
                yield Finding(Code.CHECKPOINT_MISSING, {"first": number, "last": head.number - 1})
            if not before or before.epoch != head.epoch:
                frontier = Frontier()
                yield from self._opening(head)
            signed = yield from self._note(head, frontier.size)
            frontier = yield from self._tree(head, signed, frontier)
            before = head

    def _opening(self, head):
        if not self._opened(head):
            yield Finding(Code.EPOCH_UNEXPLAINED, {"epoch": head.epoch})

    def _opened(self, head):
        """The event that opened the epoch, or None."""
        wanted = (head.epoch, 0, head.origin)
        events = [event for event in self._events if (event.epoch, event.index, event.opens) == wanted]
        return events[0] if events else None

    def _note(self, head, since):
        """What the note says, or None where it cannot be believed."""
        try:
            said = notes.checkpoint(head.note)
        except notes.Malformed:
            yield Finding(Code.CHECKPOINT_CHANGED, {"number": head.number})
            return None
        good = True
        for key in self._keys(head, since):
            if not (_is_hash(key) and notes.signed_by(head.note, said.origin, bytes.fromhex(key))):
                facts = {"number": head.number, "size": head.size, "epoch": head.epoch, "key": key or "?"}
                yield Finding(Code.CHECKPOINT_NOT_SIGNED, facts)
                good = False
        kept = (head.origin, head.size, head.root, plain(head.signed_at), head.public_key)
        opened = self._opened(head)
        if (
            kept != (said.origin, said.size, said.root.hex(), said.at, self.key)
            or _root(head) != said.root
            or (opened and opened.found != head.follows)
        ):
            yield Finding(Code.CHECKPOINT_CHANGED, {"number": head.number})
        return said if good else None

    def _keys(self, head, since):
        """The keys that must have signed it: more than one where it changes; "" where no entry says whose it is."""
        events = [event for event in self._events if event.epoch == head.epoch and event.index < head.size]
        before = [event.public_key for event in events if event.index < since][-1:]
        keys = before + [event.public_key for event in events if event.index >= since]
        self.key = keys[-1] if keys else ""
        return keys or [""]

    def _tree(self, head, signed, frontier):
        """The tree with the entries of that checkpoint; the checkpoint's own where they do not give its root."""
        first, whole = frontier.size, True
        for _epoch, index, leaf in self._up_to(head):
            if index != frontier.size:
                whole = False
                if index > frontier.size:
                    yield _missing(head.epoch, frontier.size, index - 1)
                frontier = Frontier(index, [bytes(32)] * index.bit_count())
            frontier.append(bytes.fromhex(leaf) if _is_hash(leaf) else bytes(32))
        if frontier.size < head.size:
            whole = False
            yield _missing(head.epoch, frontier.size, head.size - 1)
        wanted = signed.root.hex() if signed else head.root
        if whole and frontier.root().hex() == wanted:
            return frontier
        if whole:
            facts = {"epoch": head.epoch, "first": first, "last": head.size - 1, "number": head.number}
            yield Finding(Code.ROOT_DIFFERS, facts)
        kept = [bytes.fromhex(one) for one in head.frontier if _is_hash(one)]
        if len(kept) != head.size.bit_count():
            kept = [bytes(32)] * head.size.bit_count()
        return Frontier(head.size, kept)

    def _up_to(self, head):
        """The places that come next and belong to that checkpoint, or to none."""
        while self._next and (self._next[0], self._next[1]) < (head.epoch, head.size):
            place = self._next
            self._next = next(self._places, None)
            if place[0] == head.epoch:
                yield place


def _missing(epoch, first, last):
    return Finding(Code.INDEX_MISSING, {"epoch": epoch, "first": first, "last": last})


def _root(head):
    """Of the tree that the checkpoint keeps for the next one."""
    try:
        return Frontier(head.size, [bytes.fromhex(one) for one in head.frontier]).root()
    except (ValueError, TypeError):
        return None


def _is_hash(text):
    try:
        return len(bytes.fromhex(text)) == 32
    except (ValueError, TypeError):
        return False
