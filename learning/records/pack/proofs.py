"""Entries of the ledger with their proofs, as a pack holds them: JSON, an entry with its place, body and proof.

`entries.jsonl` has one line for each row of the table, in its order, with the subject that the entry commits to (null
after an erasure). `ledger.json` has the rest: by epoch the signed head and the key events, the entry of the issue, the
erasures that explain missing subjects, and proofs that what earlier packs ended with is the beginning of this log.
"""

import json
from itertools import islice

from ..ledger import notes
from ..ledger.merkle import Tree
from ..models import Checkpoint, EvidencePack, LedgerEntry, LedgerPosition

CHUNK = 1000
_SUBJECT = ("salt", "number", "first_name", "last_name", "email")


class NotPlaced(Exception):
    """A record that the table names has no entry in the signed ledger."""


class Log:
    """The log under its newest signed heads; a tree in memory for each epoch, 64 bytes for each entry."""

    def __init__(self):
        heads = Checkpoint.objects.order_by("number")
        # The last of each epoch stays.
        newest = dict(heads.values_list("epoch", "number"))
        self.heads = {head.epoch: head for head in heads.filter(number__in=newest.values())}
        self.newest = self.heads[max(self.heads)]
        self.trees = {epoch: Tree(_leaves(epoch, head.size)) for epoch, head in self.heads.items()}

    def public_key(self):
        """In the form that tools for signed notes read."""
        return notes.verifier_key(self.newest.origin, bytes.fromhex(self.newest.public_key)) + "\n"

    def entry(self, epoch, index, body):
        if epoch is None or index >= len(self.trees[epoch]):
            raise NotPlaced
        proof = [one.hex() for one in self.trees[epoch].inclusion(index)]
        return {"epoch": epoch, "index": index, "body": body, "proof": proof}

    def write_entries(self, records, target):
        """A line for each of these uuids of records; returns the uuids of those whose subject was erased."""
        erased, records = set(), iter(records)
        fields = ("record__uuid", "place__epoch", "place__index", "body", *(f"record__subject__{f}" for f in _SUBJECT))
        while batch := list(islice(records, CHUNK)):
            rows = LedgerEntry.objects.filter(record__uuid__in=batch).order_by().values_list(*fields)
            found = {str(uuid): values for uuid, *values in rows}
            for record in batch:
                if record not in found:
                    raise NotPlaced
                *place, salt, number, first_name, last_name, email = found[record]
                subject = dict(zip(_SUBJECT, (salt, number, first_name, last_name, email), strict=True))
                if salt is None:
                    erased.add(record)
                line = self.entry(*place) | {"subject": None if salt is None else subject}
                target.write(_json(line).encode() + b"\n")
        return erased

    def about(self, issue, erased):
        """The text of ledger.json. `issue` is the entry that says that the pack was issued."""
        return _json(
            {
                "schema": 1,
                "epochs": [
                    {"epoch": epoch, "note": head.note, "events": self._of_kind(LedgerEntry.Kind.KEY, epoch=epoch)}
                    for epoch, head in sorted(self.heads.items())
                ],
                "pack": self.entry(issue.place.epoch, issue.place.index, issue.body),
                "erasures": [
                    entry
                    for entry in self._of_kind(LedgerEntry.Kind.ERASURE)
                    if erased.intersection(json.loads(entry["body"])["data"]["records"])
                ]
                if erased
                else [],
                "earlier": list(self._earlier()),
            }
        )

    def _of_kind(self, kind, **of):
        places = LedgerPosition.objects.filter(entry__kind=kind, **of).order_by("epoch", "index")
        placed = places.values_list("epoch", "index", "entry__body")
        # What was sequenced since is under no head of ours.
        return [self.entry(*row) for row in placed if row[0] in self.trees and row[1] < len(self.trees[row[0]])]

    def _earlier(self):
        """That what each earlier pack ended with is the beginning of the log of this one."""
        ends = EvidencePack.objects.order_by("epoch", "size").values_list("epoch", "size").distinct()
        for epoch, size in ends:
            if epoch in self.trees and size < len(self.trees[epoch]):
                tree = self.trees[epoch]
                proof = [one.hex() for one in tree.consistency(size)]
                yield {"epoch": epoch, "size": size, "root": tree.root(size).hex(), "proof": proof}


def _leaves(epoch, size):
    places = LedgerPosition.objects.filter(epoch=epoch, index__lt=size).order_by("index")
    for leaf in places.values_list("leaf", flat=True).iterator(chunk_size=20_000):
        yield bytes.fromhex(leaf)


def _json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
