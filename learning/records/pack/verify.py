"""Check an evidence pack, without a network and without whoever issued it:

    python verify.py PACK.zip [--also OTHER.zip] [--key KEY]

It needs Python 3.11 or newer and one library, for signatures: pip install cryptography

What it shows: each row of records.csv is the text of an entry of the ledger; each entry is in the Merkle tree
(RFC 9162) whose head the checkpoint signs (C2SP signed note, Ed25519); name, number and mail of each row are those that
the entry commits to; and the ledger itself says, in an entry, that this pack was issued with exactly these files. With
--also, that the ledger of the one pack begins with that of the other: nothing was rewritten in between. It cannot know
whose key it is: compare it with the one that the company publishes, or give that with --key.
"""

import argparse
import base64
import contextlib
import csv
import datetime
import hashlib
import io
import json
import re
import struct
import sys
import zipfile
import zlib
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

COLUMNS = [
    *("record", "number", "name", "position", "facility", "employer", "company", "course", "edition", "edition_hash"),
    *("topics", "criteria", "language", "score", "pass_mark", "completed_at", "recorded_at", "expires_on"),
    *("method", "check", "source", "attribution", "status"),
]
# These prove themselves; all others are in the list of files.
PROVEN = {"pack.json", "entries.jsonl", "ledger.json", "checkpoint.txt", "public-key.txt"}
LEDGER, EPOCH = {"schema", "epochs", "pack", "erasures", "earlier"}, {"epoch", "note", "events"}
ENTRY, EARLIER = {"epoch", "index", "body", "proof"}, {"epoch", "size", "root", "proof"}
SCHEMA, MEMBERS, SMALL, LINE, RATIO = 2, 400, 64 << 20, 4 << 20, 100
# What every member of a pack says of itself: no time of day, and no field but sizes of 64 bits.
UNDATED, FIELDS = (1980, 1, 1, 0, 0, 0), ((0, b""), (20, b"\1\0\x10\0"))


class Wrong(Exception):
    """The pack proves nothing: what is wrong and where, in a sentence."""


class Head(NamedTuple):
    origin: str
    size: int
    root: bytes


class Pack(NamedTuple):
    """A pack that holds. `heads` are by epoch; `earlier` are proofs of what the ledger began with, by (epoch, size)."""

    name: str
    about: dict
    rows: int
    erased: int
    key: str
    heads: dict
    earlier: dict

    @property
    def newest(self):
        return max(self.heads.items())


def verify(path, key=""):
    """Returns a Pack. Raises Wrong. `key` is the key that it must be signed with, hex or as in public-key.txt."""
    try:
        with open(path, "rb") as file, zipfile.ZipFile(file) as archive:
            return _Check(archive, file.seek(0, io.SEEK_END), str(path)).run(key)
    except OSError as error:
        raise Wrong(f"The file cannot be read: {error.strerror or error}.")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise Wrong("The ZIP file is damaged: it was cut or changed on its way.")
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError, csv.Error) as error:
        raise Wrong(f"The pack is not written as packs are ({type(error).__name__}): it was changed.")


def consistent(one, other):
    """Of two packs, whether the ledger of the older is the beginning of that of the newer. Raises Wrong."""
    older, newer = sorted((one, other), key=lambda pack: (pack.newest[0], pack.newest[1].size))
    epoch, old = older.newest
    new = newer.heads.get(epoch)
    if not new or new.origin != old.origin:
        raise Wrong(f"The two packs are of different ledgers: {old.origin} is unknown to {newer.name}.")
    proof = newer.earlier.get((epoch, old.size))
    if proof is None and old.size != new.size:
        raise Wrong(f"{newer.name} has no proof about the {old.size} entries that {older.name} ends with.")
    if old.root != new.root if old.size == new.size else not grown(old, new, proof):
        raise Wrong(f"The ledger was rewritten: the {old.size} entries of {older.name} are not those of {newer.name}.")


class _Check:
    def __init__(self, archive, size, name):
        self.archive, self.name = archive, name
        self.members = self._members(size)
        self.heads, self.seen = {}, set()

    def _members(self, size):
        """`{name: member}`, if they may be opened at all."""
        members = self.archive.infolist()
        names = [member.orig_filename for member in members]
        end = self.archive.fp.seek(-22, io.SEEK_END) and self.archive.fp.read(4)
        if end != b"PK\5\6" or not members or min(member.header_offset for member in members):
            raise Wrong("The ZIP file holds something that does not belong to the pack.")
        if len(names) > MEMBERS:
            raise Wrong(f"The ZIP file holds {len(names)} files; a pack has fewer.")
        for number, (name, member) in enumerate(zip(names, members, strict=True)):
            strange = member.flag_bits & 1 or member.external_attr >> 28 not in (0, 8) or member.comment or member.extra
            if strange or member.date_time != UNDATED or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", name):
                raise Wrong(f"The ZIP file holds {name[:80]!r}, which no pack does.")
            if name in names[:number]:
                raise Wrong(f"The ZIP file holds {name} twice.")
        self._without_gaps(members)
        if sum(member.file_size for member in members) > RATIO * size + SMALL:
            raise Wrong("The ZIP file would unpack to far more than a pack holds.")
        return dict(zip(names, members, strict=True))

    def _without_gaps(self, members):
        """Programs that read a ZIP from its beginning would unpack what hides between the members."""
        file, end = self.archive.fp, 0
        for member in sorted(members, key=lambda one: one.header_offset):
            file.seek(end + 26)
            name, extra = struct.unpack("<HH", file.read(4))
            fields = file.read(name + extra)[name:]
            if member.header_offset != end or (extra, fields[:4]) not in FIELDS:
                break
            end += 30 + name + extra + member.compress_size
        if end != self.archive.start_dir:
            raise Wrong("The ZIP file holds something between its files.")

    def run(self, key):
        text = self._text("pack.json")
        about = json.loads(text)
        if about["schema"] not in range(1, SCHEMA + 1):
            raise Wrong(f"The pack is of schema {about['schema']}: check it with the verify.py that is in it.")
        for name in sorted((set(about["files"]) | PROVEN) ^ set(self.members)):
            why = "not in the list of files that the pack was issued with" if name in self.members else "missing"
            raise Wrong(f"{name} is {why}.")
        ledger = _exact(self._text("ledger.json"), "ledger.json", LEDGER)
        found = self._ledger(ledger["epochs"], key)
        self._issue(ledger["pack"], text, about)
        erased = {one for entry in ledger["erasures"] for one in self._said(entry, "erasure")["records"]}
        rows, gone = self._rows(about, erased)
        if rows != about["rows"]:
            raise Wrong(f"records.csv has {rows} rows, and the pack was issued with {about['rows']}.")
        earlier = dict(self._before(row, about["schema"]) for row in ledger["earlier"])
        return Pack(self.name, about, rows, gone, found, self.heads, earlier)

    def _before(self, row, schema):
        """That the ledger begins with what an earlier pack ended with: `((epoch, size), proof)`.

        The first packs, of schema 1, do not name its root: `consistent` tries their proofs on that of the other pack.
        """
        head, proof, unnamed = self.heads[row["epoch"]], _hashes(row["proof"]), schema == 1 and "root" not in row
        old = head if unnamed else Head(head.origin, row["size"], *_hashes([row["root"]]))
        if set(row) | {"root"} != EARLIER or not (unnamed or grown(old, head, proof)):
            raise Wrong(f"What the pack says of the first {row['size']} entries of epoch {row['epoch']} is not proven.")
        return (row["epoch"], row["size"]), proof

    def _text(self, name):
        if name not in self.members or self.members[name].file_size > SMALL:
            raise Wrong(f"{name} is missing, or far larger than in any pack.")
        return self._open(name).read().decode()

    def _open(self, name):
        return self.archive.open(self.members[name])

    def _ledger(self, epochs, wanted):
        """Every epoch from the first: who signs it is said by its own entries, its head by the next epoch's first."""
        before, key = None, ""
        for epoch in epochs:
            number, note = epoch["epoch"], epoch["note"]
            if set(epoch) != EPOCH:
                raise Wrong(f"Epoch {number} of the ledger says more or less than packs do.")
            head = self.heads[number] = _head(note)
            events = [self._said(entry, "key", epoch=number) for entry in epoch["events"]]
            first = events[0]
            if (first["event"], first["origin"], epoch["events"][0]["index"]) != ("epoch_opened", head.origin, 0):
                raise Wrong(f"Epoch {number} of the ledger does not begin with the entry that opens it.")
            if before is not None and first["known"] != before:
                raise Wrong(f"Epoch {number} of the ledger does not go on from the epoch before it.")
            before, key = note, events[-1]["public_key"]
            if not _signed(note, head.origin, key):
                raise Wrong(f"The checkpoint of epoch {number} is not signed with the key that the ledger names.")
        if self._text("checkpoint.txt") != before:
            raise Wrong("checkpoint.txt is not the newest checkpoint of the ledger.")
        printed = _printed(head.origin, key)
        if self._text("public-key.txt") != printed + "\n":
            raise Wrong("public-key.txt is not the key that the ledger names.")
        if wanted and wanted.strip() not in (key, printed):
            raise Wrong(f"The pack is signed with another key than the one given: with {key}.")
        return key

    def _issue(self, entry, text, about):
        """The ledger's own word that this pack was issued, with exactly these files."""
        said = self._said(entry, "pack")
        digest = hashlib.sha256(text.encode()).hexdigest()
        if (said["pack"], said["manifest"], said["rows"]) != (about["pack"], digest, about["rows"]):
            raise Wrong("pack.json, the list of files, is not the one that the ledger says was issued.")
        for name, known in about["files"].items():
            if hashlib.file_digest(self._open(name), "sha256").hexdigest() != known["sha256"]:
                raise Wrong(f"{name} was changed after the pack was issued.")

    def _said(self, entry, *kinds, epoch=None):
        """What an entry says, once it is proven to be in the ledger. Its place is used once only."""
        place, body = (entry["epoch"], entry["index"]), entry["body"]
        where = f"Entry {place[0]}/{place[1]}"
        head = self.heads.get(place[0])
        if set(entry) != ENTRY or {type(part) for part in place} != {int}:
            raise Wrong(f"{where} is not written as packs write it.")
        if head is None or (epoch or place[0]) != place[0]:
            raise Wrong(f"{where} is of an epoch that the pack does not prove.")
        leaf = hashlib.sha256(b"\x00" + body.encode()).digest()
        if not included(leaf, place[1], head.size, head.root, _hashes(entry["proof"])):
            raise Wrong(f"{where} is not what stands in that place of the signed ledger.")
        if place in self.seen:
            raise Wrong(f"{where} is there twice.")
        self.seen.add(place)
        said = json.loads(body)
        if said["kind"] not in kinds:
            raise Wrong(f"{where} is of the kind {said['kind']}, which does not belong there.")
        return said["data"]

    def _rows(self, about, erased):
        """Row by row, the table against the entries, which stand in the same order. `(rows, erased ones)`."""
        number, gone = 0, 0
        rows = csv.reader(io.TextIOWrapper(self._open("records.csv"), encoding="utf-8", newline=""))
        entries = self._open("entries.jsonl")
        if next(rows, None) != COLUMNS:
            raise Wrong("records.csv does not have the columns of a pack.")
        for number, row in enumerate(rows, 1):
            line = entries.readline(LINE)
            if not line.endswith(b"\n"):
                raise Wrong(f"Row {number} of records.csv ({row[0][:40]}) has no entry in the pack.")
            entry = _exact(line.decode()[:-1], f"Line {number} of entries.jsonl", ENTRY | {"subject"})
            subject = entry.pop("subject")
            self._row(number, row, self._said(entry, "record", "correction"), subject, erased, about)
            gone += subject is None
        if entries.read(1):
            raise Wrong(f"entries.jsonl has more entries than records.csv has rows ({number}).")
        return number, gone

    def _row(self, number, row, said, subject, erased, about):
        where = f"Row {number} of records.csv (record {said['uuid']})"
        if subject is None and said["uuid"] not in erased:
            raise Wrong(f"{where} has no name, number and mail, and no erasure in the ledger says why.")
        if subject is not None and commitment(subject) != said["commitment"]:
            raise Wrong(f"{where}: name, number or mail are not those that the ledger's entry commits to.")
        if len(row) != len(COLUMNS):
            raise Wrong(f"{where} has {len(row)} cells; there are {len(COLUMNS)} columns.")
        instant = datetime.datetime.fromisoformat
        for column, found, cell in zip(COLUMNS, row, _cells(said, subject or {}), strict=False):
            if not (instant(found) == instant(cell) if column.endswith("_at") else found == _inert(cell)):
                raise Wrong(f"{where} says another {column} than its entry in the ledger.")
        # A status is drawn from other records too; what one record can say about it must agree.
        gone_by = (said["expires_on"] or "9") < about["as_of"]
        if (row[-1] == "valid" and (gone_by or said["withdraws"])) or (row[-1] == "expired" and not gone_by):
            raise Wrong(f"{where} is called {row[-1]}, which its entry in the ledger does not bear out.")


def _cells(said, subject):
    """The cells of a row but its status, as the entry (and the subject that it commits to) says them."""
    cells = said | {name: "; ".join(said[name]) for name in ("topics", "criteria")}
    cells |= {"record": said["uuid"], "edition": said["edition_number"], "check": said["check_kind"]}
    cells["number"] = subject.get("number", "")
    cells["name"] = f"{subject.get('first_name', '')} {subject.get('last_name', '')}".strip()
    return [cells[column] for column in COLUMNS[:-1]]


def _inert(cell):
    text = "" if cell is None else str(cell)
    return f"'{text}" if cell == text and text.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def commitment(subject):
    """SHA-256, hex, over the canonical JSON (RFC 8785) of the salt and the values, all of which are texts."""
    text = json.dumps(subject, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _exact(text, where, keys):
    """The value of a JSON text that has these keys and is written in the one way in which packs write it."""
    value = json.loads(text)
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if text != written or set(value) != keys or value.get("schema", 1) != 1:
        raise Wrong(f"{where} is not written as packs write it: it was changed.")
    return value


def _hashes(proof):
    if not all(re.fullmatch(r"[0-9a-f]{64}", one) for one in proof):
        raise ValueError
    return [bytes.fromhex(one) for one in proof]


def _head(note):
    """What a checkpoint says: origin, size, root (C2SP tlog-checkpoint)."""
    origin, size, root = note.split("\n")[:3]
    if not origin or str(int(size)) != size or len(root := base64.b64decode(root, validate=True)) != 32:
        raise ValueError
    return Head(origin, int(size), root)


def _printed(origin, key):
    """A public key as tools for signed notes read it."""
    public = b"\x01" + bytes.fromhex(key)
    name = hashlib.sha256(origin.encode() + b"\n" + public).hexdigest()[:8]
    return f"{origin}+{name}+{base64.b64encode(public).decode()}"


def _signed(note, origin, key):
    """Whether that key (hex) signed the note (C2SP signed-note)."""
    text, gap, lines = note.rpartition("\n\n")
    dash, name, value = lines.removesuffix("\n").split(" ")
    value = base64.b64decode(value, validate=True)
    wanted = bytes.fromhex(_printed(origin, key)[len(origin) + 1 :][:8])
    # One signature and no other: whoever reads checkpoint.txt would believe the names of strangers below it.
    if not gap or not lines.endswith("\n") or (dash, name, value[:4]) != ("\u2014", origin, wanted):
        return False
    with contextlib.suppress(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(value[4:], (text + "\n").encode())
        return True
    return False


def _climbed(place, last, start, proof):
    """Where a proof leads from the node at `place`, `last` being the last of its row: two roots, or None twice.

    The first root is that of the tree which ends with `start`, the second that of the whole tree (RFC 9162).
    """
    old = new = start
    for step in proof:
        if last == 0:
            return None, None
        if place & 1 or place == last:
            old, new = (hashlib.sha256(b"\x01" + step + one).digest() for one in (old, new))
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = hashlib.sha256(b"\x01" + new + step).digest()
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else (None, None)


def included(leaf, index, size, root, proof):
    """Whether the leaf is at that index of the tree of that size and root (RFC 9162, 2.1.3.2)."""
    return 0 <= index < size and _climbed(index, size - 1, leaf, proof)[1] == root


def grown(old, new, proof):
    """Whether the tree with the one Head is the beginning of that with the other (RFC 9162, 2.1.4.2)."""
    path, place, last = [old.root, *proof] if old.size & (old.size - 1) == 0 else proof, old.size - 1, new.size - 1
    if not 0 < old.size < new.size or not path:
        return False
    while place & 1:
        place, last = place >> 1, last >> 1
    return _climbed(place, last, path[0], path[1:]) == (old.root, new.root)


def report(path, also="", key=""):
    """What was shown, in lines for a person to read. Raises Wrong, which names the file where there are two."""
    packs, lines = [], []
    for one in filter(None, (path, also)):
        try:
            packs.append(pack := verify(one, key))
        except Wrong as wrong:
            raise Wrong(f"{one}: {wrong}") if also else wrong
        lines += [
            f"{pack.name}: every check holds.",
            f"  {pack.rows} records, issued {pack.about['made_at']}; of {pack.erased} the name was lawfully erased.",
            f"  They stand in the ledger {pack.newest[1].origin} of {pack.newest[1].size} entries, signed with the key",
            f"  {pack.key}. Compare it with the key that the company publishes.",
        ]
    if also:
        consistent(*packs)
        lines.append("The two packs are of one ledger: the newer one rewrites nothing of the older.")
    return lines


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Check an evidence pack without a network.")
    parser.add_argument("pack")
    parser.add_argument("--also", metavar="OTHER.zip", help="another pack of the same ledger, of any date")
    parser.add_argument("--key", default="", help="the public key of the company, from a source that you trust")
    given = parser.parse_args(arguments)
    try:
        sys.stdout.write("\n".join(report(given.pack, given.also, given.key)) + "\n")
    except Wrong as wrong:
        sys.exit(f"REFUSED. {wrong}")


if __name__ == "__main__":
    main()
