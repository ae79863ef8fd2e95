"""Holds an entry against its place in the log and against the record that it tells of. Pure."""

import hashlib
import json
from typing import NamedTuple

from .. import canonical
from .findings import Code, Finding

OF_RECORDS = ("record", "correction")
_JSON = json.JSONEncoder(sort_keys=True)


class Row(NamedTuple):
    """A row of LedgerEntry with what stands beside it; `epoch`, `index` and `placed` (a leaf) are None without a place.

    `record` are the values of its record as `canonical.stated` takes them, `subject` those of `canonical.commitment`;
    None where there is none. `person` and `recorder` are the uuids of those to whom the record's keys lead.
    """

    uuid: object
    kind: str
    schema_version: int
    body: str
    leaf: str
    recorded_at: object
    epoch: int | None
    index: int | None
    placed: str | None
    waits: bool
    record: dict | None
    subject: dict | None
    person: object = None
    recorder: object = None

    @property
    def where(self):
        return f"{self.epoch}/{self.index}" if self.epoch is not None else "…"


def check(row, erased=frozenset()):
    """Findings of one entry. `erased` holds the uuids of records whose personal values an erasure removed."""
    about = {"entry": str(row.uuid), "where": row.where}
    if hashlib.sha256(b"\x00" + row.body.encode()).hexdigest() != row.leaf:
        yield Finding(Code.ENTRY_CHANGED, about)
    if row.placed is not None and row.placed != row.leaf:
        yield Finding(Code.ENTRY_NOT_AS_SIGNED, about)
    if row.placed is None and not row.waits:
        yield Finding(Code.ENTRY_LOST, {"entry": about["entry"]})
    if row.placed is not None and row.waits:
        yield Finding(Code.ENTRY_WAITS_TWICE, about)
    said = _said(row.body)
    yield from _labels(row, said, about)
    if row.kind in OF_RECORDS or row.record:
        yield from _record(row, said.get("data"), about, erased)


def _said(body):
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _labels(row, said, about):
    row_says = {
        "entry": str(row.uuid),
        "kind": row.kind,
        "schema": row.schema_version,
        "recorded_at": canonical.plain(row.recorded_at),
    }
    for field, value in row_says.items():
        if said.get(field) != value:
            yield Finding(Code.ENTRY_MISLABELLED, about | {"field": field})


def _record(row, said, about, erased):
    said = said if isinstance(said, dict) else {}
    if row.record is None:
        yield Finding(Code.RECORD_MISSING, about | {"record": said.get("uuid", "")})
        return
    stated = canonical.stated(row.record)
    record = stated["uuid"]
    names = sorted(name for name in stated.keys() | said.keys() if _differ(stated.get(name), said.get(name)))
    for key in ("person", "recorder"):
        # Another row's uuid stands in the record itself, so that it can be read alone.
        if getattr(row, key) != row.record[f"{key}_uuid"]:
            names.append(key)
    if names:
        yield Finding(Code.RECORD_CHANGED, about | {"record": record, "fields": ", ".join(names)})
    if row.subject is None:
        if record not in erased:
            yield Finding(Code.SUBJECT_MISSING, {"record": record})
    elif canonical.commitment(**row.subject) != said.get("commitment", stated["commitment"]):
        yield Finding(Code.SUBJECT_CHANGED, {"record": record})


def _differ(stated, said):
    # To Python 1, 1.0 and True are equal; in evidence they are not.
    if stated and isinstance(stated, (list, dict)):
        return _JSON.encode(stated) != _JSON.encode(said)
    return stated != said or type(stated) is not type(said)
