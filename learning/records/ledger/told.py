"""What the ledger told of sessions and packs, held against their tables. Records are looked at with their entries."""

import hashlib
import json
from itertools import islice

from django.core.files.storage import default_storage
from django.db.models import F

from ..models import Attendance, ErasureRequest, EvidencePack, LedgerEntry, SessionFile, TrainingSession
from ..pack.kept import stated as stated_of_pack
from ..sessions import closing
from .findings import Code, Finding

CHUNK = 200
ATTENDANCE = ("session", "present", "attested", "attested_at", "score")
ATTENDANCE += ("person__uuid", "signed_by__uuid", "seen_by__uuid", "record__uuid")


def findings():
    yield from _sessions()
    yield from _instructors()
    yield from _files()
    yield from _packs()
    yield from _kept()
    yield from _pack_files()


def _told(kind):
    """`[(facts of the entry, what it says), …]` in pieces."""
    rows = LedgerEntry.objects.filter(kind=kind).order_by("pk")
    rows = rows.values_list("uuid", "place__epoch", "place__index", "body").iterator(chunk_size=CHUNK)
    while piece := list(islice(rows, CHUNK)):
        yield [
            ({"entry": str(uuid), "where": "…" if epoch is None else f"{epoch}/{index}"}, _data(body))
            for uuid, epoch, index, body in piece
        ]


def _data(body):
    """What is no JSON any more was found with its entry."""
    try:
        data = json.loads(body)["data"]
    except (ValueError, KeyError, TypeError):
        return {}
    return data if isinstance(data, dict) else {}


def _sessions():
    # Read before the entries: what is closed meanwhile has one that is not among them.
    closed = TrainingSession.objects.filter(closed_at__isnull=False).order_by("pk")
    closed, seen = list(closed.values_list("uuid", flat=True)), set()
    erased = set(ErasureRequest.objects.approved().values_list("sessions", flat=True))
    for piece in _told(LedgerEntry.Kind.SESSION):
        names = [said.get("uuid") for _facts, said in piece]
        stated = _stated([name for name in names if isinstance(name, str)], erased)
        for facts, said in piece:
            name = said.get("uuid")
            seen.add(name)
            if name in stated:
                yield from _differences(Code.SESSION_CHANGED, stated[name](said), said, facts | {"session": name})
            elif name:
                yield Finding(Code.SESSION_MISSING, facts | {"session": name})
    for uuid in closed:
        if str(uuid) not in seen:
            yield Finding(Code.SESSION_UNKNOWN, {"session": str(uuid)})


def _stated(names, erased):
    """`{uuid: function}` of what the tables say of these sessions; the function is given what the entry says."""
    rows = TrainingSession.objects.filter(uuid__in=names).defer("edition__manifest", "edition__outline")
    rows = {row.pk: row for row in rows.select_related("edition", "facility", "instructor", "recorder", "closed_by")}
    files, attendances = {pk: [] for pk in rows}, {pk: [] for pk in rows}
    for file in SessionFile.objects.filter(session__in=rows).described().order_by("pk"):
        files[file.session_id].append(file)
    there = Attendance.objects.filter(session__in=rows).order_by("pk")
    for row in there.select_related("person", "signed_by", "seen_by", "record").only(*ATTENDANCE):
        attendances[row.session_id].append(row)

    def stated(row, said):
        says = closing.stated(row, files[row.pk], attendances[row.pk])
        if row.pk in erased:
            # A sheet went by a lawful erasure; the ledger keeps its hash.
            kept = {file["uuid"]: file for file in says["files"]}
            told = {file["uuid"]: kept.pop(file["uuid"], file) for file in said.get("files", [])}
            says["files"] = [*told.values(), *kept.values()]
        return says

    return {str(row.uuid): lambda said, row=row: stated(row, said) for row in rows.values()}


def _instructors():
    """Names stay out of the entry of a session; its records state that of the instructor, and theirs state them."""
    others = Attendance.objects.exclude(record=None).exclude(record__instructor=F("session__instructor_name"))
    rows = others.order_by("session", "pk").values_list("session__uuid", "record__uuid")
    for session, record in dict(rows).items():
        yield Finding(Code.SESSION_INSTRUCTOR, {"session": str(session), "record": str(record)})


def _files():
    rows = SessionFile.objects.order_by("pk").values_list("uuid", "session__uuid", "sha256", "content")
    for uuid, session, sha256, content in rows.iterator(chunk_size=10):
        if hashlib.sha256(content).hexdigest() != sha256:
            yield Finding(Code.FILE_CHANGED, {"file": str(uuid), "session": str(session)})


def _packs():
    """Only packs that are there: an entry may stand for one that was refused after it was written."""
    for piece in _told(LedgerEntry.Kind.PACK):
        entries = [facts["entry"] for facts, _said in piece]
        rows = EvidencePack.objects.filter(entry__uuid__in=entries).select_related("by", "entry")
        kept = {str(row.entry.uuid): row for row in rows}
        for facts, said in piece:
            if row := kept.get(facts["entry"]):
                stated = {"pack": str(row.uuid), "manifest": row.manifest, "rows": row.rows, "scope": row.scope}
                stated["by"] = row.by and str(row.by.uuid)
                yield from _differences(Code.PACK_CHANGED, stated, said, facts | {"pack": str(row.uuid)})


def _kept():
    """Rows against the second entry of each; packs of before there was one have no salt."""
    # Read before the entries, as closed sessions are.
    stating = list(EvidencePack.objects.exclude(salt="").order_by("pk").values_list("uuid", flat=True))
    seen = set()
    for piece in _told(LedgerEntry.Kind.PACK_KEPT):
        names = [said["pack"] for _facts, said in piece if isinstance(said.get("pack"), str)]
        rows = {str(row.uuid): row for row in EvidencePack.objects.filter(uuid__in=names)}
        seen.update(names)
        for facts, said in piece:
            if row := rows.get(said.get("pack")):
                yield from _differences(Code.PACK_CHANGED, stated_of_pack(row), said, facts | {"pack": said["pack"]})
            elif said:
                yield Finding(Code.PACK_MISSING, facts | {"pack": said.get("pack")})
    for uuid in stating:
        if str(uuid) not in seen:
            yield Finding(Code.PACK_UNKNOWN, {"pack": str(uuid)})


def _pack_files():
    there = EvidencePack.objects.with_gone().filter(gone=False).order_by("pk")
    for row in there.iterator(chunk_size=CHUNK):
        facts = {"pack": str(row.uuid), "file": row.file}
        if not default_storage.exists(row.file):
            # Unless an erasure took it meanwhile.
            if there.filter(pk=row.pk).exists():
                yield Finding(Code.PACK_FILE_MISSING, facts)
            continue
        with default_storage.open(row.file) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != row.sha256:
            yield Finding(Code.PACK_FILE_CHANGED, facts)


def _differences(code, stated, said, facts):
    names = sorted(name for name in stated.keys() | said.keys() if stated.get(name) != said.get(name))
    if names:
        yield Finding(code, facts | {"fields": ", ".join(names)})
