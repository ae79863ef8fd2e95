"""The whole ledger against itself, and the tables against the ledger. Reads in pieces; nothing is kept but findings.

Others go on writing meanwhile: what is asked of two tables at once is asked in one statement, and of the log only what
was signed before the beginning is looked at.
"""

import contextlib
import json
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from django.db import connections
from django.db.models import Exists, F, Max, OuterRef, Subquery

from .. import canonical
from ..models import Checkpoint, LedgerCheck, LedgerEntry, LedgerPosition, TrainingRecord
from . import keys, told, vouched, witness
from .entry_check import Row, check
from .findings import Code, Finding, Halted
from .log_check import Event, Head, LogCheck

CHUNK = 5000
KEPT = 100
UNREADABLE = (ValueError, ArithmeticError, TypeError)

_ENTRY = ("uuid", "kind", "schema_version", "body", "leaf", "recorded_at")
_PLACE = ("place__epoch", "place__index", "place__leaf", "waiting")
_SUBJECT = canonical.COMMITTED


def verify(*, at, each=None, processes=1):
    """Look at everything, and keep what was found. Returns `(LedgerCheck, list of Finding)`.

    `each` is called now and then with `(done, total)`. Entries are shared out to so many processes, which a worker of
    Celery may not have, and which do not see what this transaction has not committed.
    """
    findings = list(_findings(each or (lambda done, total: None), processes))
    found = LedgerCheck.objects.create(
        what=LedgerCheck.What.VERIFICATION,
        at=at,
        entries=LedgerEntry.objects.count(),
        found=len(findings),
        findings=[finding.stored() for finding in findings[:KEPT]],
    )
    return found, findings


def _findings(each, processes):
    last = Checkpoint.objects.order_by("-number").first()
    yield from _file(last)
    yield from _log(last)
    yield from _without_each_other()
    yield from _told()
    yield from _entries(each, processes)


def _told():
    try:
        yield from told.findings()
    except UNREADABLE:
        yield Finding(Code.TABLES_UNREADABLE, {})


def _file(last):
    try:
        witness.compare(witness.read(), last)
    except Halted as halt:
        yield halt.finding


def _log(last):
    top = last.number if last else 0
    heads = Checkpoint.objects.filter(number__lte=top).order_by("number").values_list(*Head._fields)
    places = LedgerPosition.objects.order_by("epoch", "index").values_list("epoch", "index", "leaf")
    heads = (Head(*row) for row in heads.iterator(chunk_size=CHUNK))
    log = LogCheck(heads, places.iterator(chunk_size=CHUNK), _events())
    yield from log.run()
    try:
        ours = keys.current()
    except keys.Unusable as error:
        yield Finding(Code.KEY_UNUSABLE, {"why": str(error).rstrip(".")})
        return
    if last and ours and keys.public(ours) != log.key:
        yield Finding(Code.KEY_NOT_OURS, {"found": log.key, "wanted": keys.public(ours)})


def _events():
    """The key events, as their entries tell them, in the order of the log."""
    rows = LedgerPosition.objects.filter(entry__kind=LedgerEntry.Kind.KEY).order_by("epoch", "index")
    events = []
    for epoch, index, body in rows.values_list("epoch", "index", "entry__body"):
        data = _data(body)
        opens = data.get("origin", "") if data.get("epoch") == epoch else ""
        events.append(Event(epoch, index, data.get("public_key", ""), opens, data.get("found", "")))
    return events


def _erased():
    bodies = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.ERASURE).values_list("body", flat=True)
    return frozenset(record for body in bodies for record in _data(body).get("records", ()))


def _data(body):
    try:
        return json.loads(body)["data"]
    except (ValueError, KeyError, TypeError):
        return {}


def _without_each_other():
    """Rows that lack the one that they cannot be without."""
    signed = Checkpoint.objects.filter(epoch=OuterRef("epoch")).order_by("-size").values("size")[:1]
    epochs = LedgerPosition.objects.order_by("epoch").values("epoch").annotate(top=Max("index"))
    for row in epochs.annotate(signed=Subquery(signed)):
        if row["top"] >= (row["signed"] or 0):
            facts = {"epoch": row["epoch"], "first": row["signed"] or 0, "last": row["top"]}
            yield Finding(Code.UNSIGNED, facts)
    entries = LedgerEntry.objects.filter(pk=OuterRef("entry_id"))
    for epoch, index in LedgerPosition.objects.filter(~Exists(entries)).values_list("epoch", "index"):
        yield Finding(Code.ENTRY_MISSING, {"where": f"{epoch}/{index}"})
    entries = LedgerEntry.objects.filter(record=OuterRef("pk"))
    for uuid in TrainingRecord.objects.filter(~Exists(entries)).order_by("pk").values_list("uuid", flat=True):
        yield Finding(Code.RECORD_UNKNOWN, {"record": str(uuid)})


def _entries(each, processes):
    newest = LedgerEntry.objects.order_by("pk").last()
    total = newest.pk if newest else 0
    # Ranges of keys rather than so many rows: the database would join all that is left for each piece.
    pieces = [(start, min(start + CHUNK, total)) for start in range(0, total, CHUNK)]
    look = partial(_piece, erased=_erased())
    with contextlib.ExitStack() as stack:
        if processes > 1:
            # A connection is not shared with the processes that are made here.
            connections.close_all()
            pool = stack.enter_context(ProcessPoolExecutor(processes, mp_context=get_context("fork")))
            found = pool.map(look, pieces)
        else:
            found = map(look, pieces)
        for (_start, end), findings in zip(pieces, found, strict=True):
            yield from findings
            each(end, total)


def _piece(piece, erased):
    after, until = piece
    entries = LedgerEntry.objects.filter(pk__gt=after, pk__lte=until)
    doubtful = vouched.doubtful(after, until)
    if doubtful is not None:
        entries = entries.filter(pk__in=doubtful)
    try:
        return [finding for row in _rows(entries) for finding in check(row, erased)]
    except UNREADABLE:
        return [finding for pk, uuid in _names(entries) for finding in _alone(pk, uuid, erased)]


def _names(entries):
    return list(entries.order_by("pk").values_list("pk", "uuid"))


def _alone(pk, uuid, erased):
    """What a column of SQLite holds may be no uuid, date or number at all."""
    try:
        return [finding for row in _rows(LedgerEntry.objects.filter(pk=pk)) for finding in check(row, erased)]
    except UNREADABLE:
        return [Finding(Code.UNREADABLE, {"entry": str(uuid)})]


def _rows(entries):
    """These entries with all that stands beside them."""
    fields = canonical.stated_fields(TrainingRecord)
    others = {
        "edition_uuid": F("record__edition__uuid"),
        "corrects_uuid": F("record__corrects__uuid"),
        "person_now": F("record__person__uuid"),
        "recorder_now": F("record__recorder__uuid"),
    }
    names = [*(f"record__{name}" for name in fields), *others, *(f"record__subject__{name}" for name in _SUBJECT)]
    rows = entries.order_by("pk").annotate(**others).values_list(*_ENTRY, *_PLACE, *names)
    return [_row(values, [*fields, "edition_uuid", "corrects_uuid"]) for values in rows]


def _row(values, fields):
    first = len(_ENTRY) + len(_PLACE)
    second = first + len(fields)
    *entry, waits = values[:first]
    person, recorder, *subject = values[second:]
    record = dict(zip(fields, values[first:second], strict=True))
    about = dict(zip(_SUBJECT, subject, strict=True))
    return Row(
        *entry,
        waits=waits is not None,
        record=record if record["uuid"] else None,
        subject=about if about["salt"] is not None else None,
        person=person,
        recorder=recorder,
    )
