"""The files of a pack: tables and report into a folder, then all of it, with its proofs, into one ZIP.

Rows go through one by one and the table is read again for whatever follows, so that all files tell of the same rows
while others go on writing. The same rows, instant and identity give the same bytes.
"""

import csv
import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path

from learning.people import sheets

from .. import export
from ..canonical import plain
from . import proofs, sections, verify

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
NUMBERS = {export.COLUMNS.index(name): kind for name, kind in (("edition", int), ("score", float), ("pass_mark", int))}


def stage(folder, selection, *, each):
    """Write every file that the list of files names; returns how many records there are.

    `each` is called with the number of each record, then with `(reports written, of how many)`.
    """
    records = selection.records()
    rows = export.write(records, folder / "records.csv", file_format="csv", each=each)
    workbook(folder / "records.csv", folder / "records.xlsx", rows, selection.at)
    sections.write(folder, selection, rows, each)
    shutil.copy(verify.__file__, folder / "verify.py")
    return rows


def cells(path):
    """Rows of a table as they were before it became text: cells that were made inert are as they are."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            yield [_cell(number, text) for number, text in enumerate(row)]


def _cell(number, text):
    if number in NUMBERS:
        return NUMBERS[number](text) if text else None
    return sheets.exact(text)


def workbook(table, path, rows, at):
    """The same rows as XLSX; the writer states the time of day, which must be ours for the same bytes again."""
    draft = path.with_suffix(".draft")
    sheets.write_xlsx(export.COLUMNS, cells(table), draft, title="Records", total=rows)
    now = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    with zipfile.ZipFile(draft) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
        for member in made.infolist():
            with made.open(member) as source, kept.open(_info(member.filename), "w", force_zip64=True) as target:
                if member.filename == "docProps/core.xml":
                    target.write(_DATE.sub(now, source.read().decode()).encode())
                else:
                    shutil.copyfileobj(source, target)
    draft.unlink()


def manifest(folder, *, pack, selection, rows):
    """The list of files, as text: what the ledger states the hash of."""
    files = {}
    for path in sorted(folder.iterdir()):
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        files[path.name] = {"sha256": digest, "size": path.stat().st_size}
    about = {
        "schema": verify.SCHEMA,
        "pack": str(pack),
        "made_at": plain(selection.at),
        "as_of": plain(selection.today),
        "about": selection.title,
        "scope": selection.scope.stored(),
        "rows": rows,
        "files": files,
    }
    return json.dumps(about, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def assemble(folder, path, *, listed, entry):
    """The ZIP at that path, from the folder and the ledger; returns the newest Checkpoint, which signs all of it."""
    log = proofs.Log()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("README.txt", None),
            (sections.WHOLE, None),
            ("pack.json", listed),
            ("checkpoint.txt", log.newest.note),
            ("public-key.txt", log.public_key()),
        ):
            if text is not None:
                archive.writestr(_info(name), text)
            elif (folder / name).exists():
                _add(archive, folder / name)
        for file in sorted(folder.iterdir()):
            if file.name not in ("README.txt", sections.WHOLE):
                _add(archive, file)
        with archive.open(_info("entries.jsonl"), "w", force_zip64=True) as target:
            erased = log.write_entries(_record_uuids(folder / "records.csv"), target)
        archive.writestr(_info("ledger.json"), log.about(entry, erased))
    return log.newest


def _record_uuids(table):
    with open(table, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            yield row[0]


def _info(name):
    """A member without the time and the machine that made it."""
    info = zipfile.ZipInfo(name)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return info


def _add(archive, path: Path):
    with open(path, "rb") as source, archive.open(_info(path.name), "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, 1 << 20)
