"""Packs for tests: issued by the real action, taken apart and put together again."""

import io
import json
import zipfile

from django.core.files.storage import default_storage

from learning.records.pack import actions
from learning.records.pack.scope import Scope

from ..factory import AT


def issue(*about, by=None, at=AT, **days):
    return actions.issue(scope=Scope(*about, **days), to_whom="CBP, Otay Mesa", why="Validation", by=by, at=at)


def copy(pack, path):
    """The file of a pack, at that path."""
    with default_storage.open(pack.file) as file:
        path.write_bytes(file.read())
    return path


def members(path):
    """`{name: bytes}`, in their order."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members):
    """The bytes of a ZIP file; `members` is as above, or pairs, among which a name may come twice."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items() if isinstance(members, dict) else members:
            # Undated, as ours are: what is doctored is what the caller says and nothing else.
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, compresslevel=1)
    return file.getvalue()


def lines(data):
    return [json.loads(line) for line in io.BytesIO(data)]


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def unlines(rows):
    return b"".join(compact(row) + b"\n" for row in rows)
