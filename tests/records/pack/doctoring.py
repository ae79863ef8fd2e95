"""Ways in which somebody may change a pack. Each yields packs, as `{name: bytes}` or pairs of these."""

import base64
import hashlib
import io
import json
import struct
import zipfile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from learning.records.ledger import notes

from .making import compact, lines, unlines


def relisted(pack):
    """With a list of files that has the hashes of the files as they are now."""
    about = json.loads(pack["pack.json"])
    for name in about["files"]:
        about["files"][name] = {"sha256": hashlib.sha256(pack[name]).hexdigest(), "size": len(pack[name])}
    about["rows"] = pack["records.csv"].count(b"\r\n") - 1
    return pack | {"pack.json": json.dumps(about).encode()}


def _others(rows):
    """Edits, deletions, repetitions and swaps of lines."""
    for number, row in enumerate(rows):
        before, after = rows[:number], rows[number + 1 :]
        yield before + after
        yield [*before, row, row, *after]
        yield [*before, rows[number - 1], *after]


def tables(good):
    """Another table; half of them with a list of files to match."""
    head, *rows = good["records.csv"].split(b"\r\n")[:-1]
    edits = [
        (b"Seal security", b"Cybersecurity"),
        (b"2026-11", b"2025-11"),
        (b",valid", b",expired"),
        (b"Vega", b"Ruiz"),
    ]
    changed = [*_others(rows), [*rows, rows[0].replace(b"7", b"8")]]
    for old, new in edits:
        changed += [[*rows[:at], row.replace(old, new), *rows[at + 1 :]] for at, row in enumerate(rows) if old in row]
    for table in changed:
        doctored = good | {"records.csv": b"\r\n".join([head, *table, b""])}
        yield doctored
        yield relisted(doctored)


def entries(good):
    """Other entries, proofs and subjects."""
    rows = lines(good["entries.jsonl"])
    changed = [*_others(rows)]
    for at, row in enumerate(rows):
        flipped = [*row["proof"][:-1], "0" * 64]
        somebody = {"salt": "", "number": "1", "first_name": "A", "last_name": "B", "email": ""}
        for edit in (
            {"body": row["body"].replace("Seal security", "Cybersecurity")},
            {"index": row["index"] + 1},
            {"epoch": 2},
            {"proof": flipped},
            {"proof": row["proof"][:-1]},
            {"subject": (row["subject"] or somebody) | {"first_name": "Eve"}},
            {"subject": None if row["subject"] else somebody},
        ):
            changed.append([*rows[:at], row | edit, *rows[at + 1 :]])
    for table in changed:
        yield good | {"entries.jsonl": unlines(table)}


def cut_alike(good):
    """Rows taken out of table, entries and list of files alike."""
    head, *rows = good["records.csv"].split(b"\r\n")[:-1]
    told = lines(good["entries.jsonl"])
    for at in range(len(rows)):
        doctored = good | {"records.csv": b"\r\n".join([head, *rows[:at], *rows[at + 1 :], b""])}
        yield relisted(doctored | {"entries.jsonl": unlines(told[:at] + told[at + 1 :])})


def files(good):
    """Files replaced, taken out and put in; names that lead elsewhere."""
    for name, data in good.items():
        yield {other: text for other, text in good.items() if other != name}
        yield good | {name: data + b" "}
        yield good | {name: b""}
        yield [*good.items(), (name, data)]
    for name in ("more.txt", "../evil.txt", "/etc/passwd", "a/b.txt", "..", "nul\\x.txt", "x" * 200):
        yield good | {name: b"x"}
    yield good | {f"{number}.txt": b"" for number in range(500)}


def ledgers(good):
    """Another ledger: its heads, keys, signatures and words."""
    ledger = json.loads(good["ledger.json"])
    note = good["checkpoint.txt"].decode()
    head = notes.checkpoint(note)
    key = Ed25519PrivateKey.generate()
    forged = notes.sign(notes.text(head), head.origin, key)
    bigger = notes.sign(notes.text(head._replace(size=head.size + 1)), head.origin, key)
    public = notes.verifier_key(head.origin, key.public_key().public_bytes_raw()) + "\n"
    (epoch,) = ledger["epochs"]
    opening = epoch["events"][0]
    renamed = opening | {
        "body": json.dumps(
            json.loads(opening["body"]) | {"data": {"public_key": key.public_key().public_bytes_raw().hex()}}
        )
    }

    def other(epoch=epoch, note=note, public=None, **more):
        changed = {
            "ledger.json": compact(ledger | {"epochs": [epoch]} | more),
            "checkpoint.txt": note.encode(),
        }
        return good | changed | ({"public-key.txt": public.encode()} if public else {})

    yield other(note=forged)
    yield good | {"public-key.txt": public.encode()}
    for signed in (forged, bigger, note.replace("\n\n", "\nmore\n\n"), note.rpartition("\u2014")[0], ""):
        yield other(epoch | {"note": signed}, signed)
        yield other(epoch | {"note": signed}, signed, public)
        yield other(epoch | {"note": signed, "events": [renamed]}, signed, public)
    yield other(epoch | {"events": []})
    yield other(epoch | {"events": [ledger["pack"]]})
    yield other(erasures=[])
    yield other(pack=opening)
    root = base64.b64encode(bytes(32)).decode()
    yield other(epoch | {"note": note.replace(note.split("\n")[2], root)}, note.replace(note.split("\n")[2], root))


def additions(good):
    """What says nothing false of a record and still is not as it was issued: more keys, other signs, strange names."""
    first, *rest = good["entries.jsonl"].splitlines(keepends=True)
    row = json.loads(first)
    for line in (
        compact(row | {"approved_by": "CBP"}) + b"\n",
        json.dumps(row, ensure_ascii=False).encode() + b"\n",
        b'{"body":"x",' + compact(row)[1:] + b"\n",
        compact(row | {"subject": row["subject"] | {"position": "Chief"}}) + b"\n",
        compact(row | {"epoch": 1.0}) + b"\n",
        first.replace(b"\n", b"\r\n"),
    ):
        yield good | {"entries.jsonl": line + b"".join(rest)}
    yield good | {"entries.jsonl": good["entries.jsonl"].rstrip(b"\n")}
    ledger = json.loads(good["ledger.json"])
    (epoch,) = ledger["epochs"]
    for more in (
        {"note": "Checked by CBP"},
        {"schema": 2},
        {"epochs": [epoch | {"by": "CBP"}]},
        {"pack": ledger["pack"] | {"why": "x"}},
        {"pack": ledger["pack"] | {"subject": None}},
        {"earlier": [{"epoch": 1, "size": 3, "root": "0" * 64, "proof": ["0" * 64]}]},
        {"earlier": [{"epoch": 1, "size": 3, "proof": ["0" * 64]}]},
    ):
        yield good | {"ledger.json": compact(ledger | more)}
    note = good["checkpoint.txt"].decode()
    stranger = f"\u2014 cbp.gov/approved {base64.b64encode(bytes(68)).decode()}\n"
    for signed in (note + stranger, note + note.rpartition("\n\n")[2]):
        changed = compact(ledger | {"epochs": [epoch | {"note": signed}]})
        yield good | {"checkpoint.txt": signed.encode(), "ledger.json": changed}


def hidden(data, member):
    """A file that the list of the ZIP does not name, before one that it does: for programs that read from the start."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("report.pdf", b"%PDF-1.7 another report")
    more = file.getvalue()[: file.getvalue().index(b"PK\1\2")]
    at, end = member.header_offset, len(data) - 22
    (start,) = struct.unpack_from("<I", data, end + 16)
    changed = bytearray(data[:at] + more + data[at:])
    place = start + len(more)
    while changed[place : place + 4] == b"PK\1\2":
        lengths = struct.unpack_from("<HHH", changed, place + 28)
        (offset,) = struct.unpack_from("<I", changed, place + 42)
        struct.pack_into("<I", changed, place + 42, offset + len(more) if offset >= at else offset)
        place += 46 + sum(lengths)
    struct.pack_into("<I", changed, end + len(more) + 16, start + len(more))
    return bytes(changed)


def described(good, **fields):
    """Members that say of themselves what no pack says: a link, a comment, a day, a field."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in good.items():
            info = zipfile.ZipInfo(name)
            for field, value in fields.items():
                setattr(info, field, value)
            archive.writestr(info, data)
    return file.getvalue()


def widened(good):
    """A member whose own head holds a field that the list of the ZIP does not tell of."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in good.items():
            info = zipfile.ZipInfo(name)
            info.extra = b"\xca\xfe\x04\0CBP!" if name == "report.pdf" else b""
            archive.writestr(info, data)
            info.extra = b""
    return file.getvalue()


def cut(data):
    """The bytes of the ZIP, cut or with something before them."""
    yield from (data[: len(data) * part // 30] for part in range(30))
    yield b"MZ" + data
    yield data + b"more"


def flipped(data, members):
    """One bit of the content of each file."""
    for member in members:
        at = member.header_offset + 30 + len(member.filename) + member.compress_size // 2
        yield data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
