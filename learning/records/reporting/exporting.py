"""Deeds with exports: writing down who takes what, sending a small one at once, and making a long one in a worker."""

import contextlib
import datetime
import hashlib
import tempfile
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from kombu.exceptions import OperationalError

from learning.people import long_work, sheets
from learning.people.context import CompanyName
from learning.people.local_days import company_day

from .. import export
from ..models import CompletionExport
from ..papers import register
from . import mail, selecting

State = CompletionExport.State
CSV, XLSX, PDF = FORMATS = ("csv", "xlsx", "pdf")
# More rows than that are made in the background: nobody waits for a page for half a minute.
LONG = 20_000
KEPT = datetime.timedelta(days=3)
# Not for `content.media` to serve: it leaves this folder to us.
FOLDER = "exports"


def note(*, by, file_format, stored, at, state=State.SENDING):
    """The row of the log, before the first byte goes out."""
    return CompletionExport.objects.create(by=by, file_format=file_format, query=stored, asked_at=at, state=state)


def _finished(this, *, rows, size, sha256, at, **more):
    about = {"rows": rows, "bytes": size, "sha256": sha256, "finished_at": at, "state": State.DONE}
    CompletionExport.objects.filter(pk=this.pk).update(**about, **more)


def streamed(this, records, columns):
    """Pieces of the CSV file; when the last was taken, the log says how many rows there were, and their hash."""
    digest, size, rows = hashlib.sha256(), 0, 0

    def seen(number):
        nonlocal rows
        rows = number

    for text in sheets.for_excel(export.csv_text(records, columns=columns, each=seen)):
        piece = text.encode()
        digest.update(piece)
        size += len(piece)
        yield piece
    _finished(this, rows=rows, size=size, sha256=digest.hexdigest(), at=timezone.now())


def write(this, path, *, each=None):
    """Write the file of an export; returns how many rows. Raises register.TooLong for more than goes on paper."""
    at = this.asked_at
    records, columns = selecting.selected(this.query, user=this.by, at=at)
    if this.file_format != PDF:
        says = {"file_format": this.file_format, "columns": columns, "encoding": "utf-8-sig"}
        return export.write(records, path, each=each, **says)
    rows = records.select_related("subject", "corrects").order_by("-completed_at", "-pk")
    subtitle = " ".join(this.query.get("q", []))
    paper = register.roster(rows, at=at, day=company_day(at), company=str(CompanyName()), subtitle=subtitle)
    path.write_bytes(paper)
    return records.count()


def finish(this, path, rows, at, **more):
    """Log a file that is whole."""
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    _finished(this, rows=rows, size=path.stat().st_size, sha256=digest, at=at, **more)


@transaction.atomic
def order(*, by, file_format, stored, total, at):
    """Ask for a long export. Returns it; a worker hears of it once it is committed, or within a minute."""
    from ..tasks import make_export

    this = note(by=by, file_format=file_format, stored=stored, at=at, state=State.WAITING)
    CompletionExport.objects.filter(pk=this.pk).update(total=total)

    def send():
        with contextlib.suppress(OperationalError):
            make_export.apply_async((str(this.uuid),), queue="long", retry=False)

    transaction.on_commit(send)
    return this


def run(*, uuid, at):
    """Make one export; its state after that, or None where another worker has it."""
    mine = CompletionExport.objects.filter(uuid=uuid)
    if not mine.waiting().filter(long_work.free(at)).update(claimed_at=at, done=0):
        return None
    this = mine.select_related("by").get()
    with tempfile.TemporaryDirectory() as folder, translation.override(this.by.language):
        path = Path(folder) / f"completions.{this.file_format}"
        try:
            rows = write(this, path, each=long_work.shows_life(mine))
        except register.TooLong:
            mine.update(state=State.FAILED, finished_at=at)
            return State.FAILED
        with open(path, "rb") as file:
            kept = default_storage.save(f"{FOLDER}/{this.uuid}.{this.file_format}", File(file))
        done_at = timezone.now()
        finish(this, path, rows, done_at, file=kept, expires_at=done_at + KEPT)
        mail.tell(mine.select_related("by").get())
    return State.DONE


def run_waiting(*, at):
    """All that wait and that nobody has, and files that have had their time; returns how many were made."""
    for old in CompletionExport.objects.exclude(file="").filter(expires_at__lte=at):
        default_storage.delete(old.file)
        CompletionExport.objects.filter(pk=old.pk).update(file="")
    waiting = list(CompletionExport.objects.waiting().order_by("pk").values_list("uuid", flat=True))
    return sum(run(uuid=name, at=at) is not None for name in waiting)
