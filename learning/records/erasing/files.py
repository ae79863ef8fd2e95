"""After the commit of an erasure: files cannot be rolled back, so they go last, and as often as it takes."""

from django.core.files.storage import default_storage
from django.db import connection

from ..models import ErasureRequest


def finish(*, uuid, at):
    """Delete the files of one erasure, and what SQLite keeps of rows that are gone. Twice is harmless."""
    this = ErasureRequest.objects.get(uuid=uuid)
    for name in this.files:
        default_storage.delete(name)
    ours = ErasureRequest.objects.filter(pk=this.pk)
    # First, as a picture's name may be a person's, and it too leaves its trace.
    ours.update(files=[])
    if connection.vendor == "sqlite":
        _compact()
    ours.update(files_gone_at=at)


def finish_all(*, at):
    """All that a process left unfinished; returns how many there were."""
    waiting = ErasureRequest.objects.approved().filter(files_gone_at__isnull=True).order_by("pk")
    names = list(waiting.values_list("uuid", flat=True))
    for name in names:
        finish(uuid=name, at=at)
    return len(names)


def _compact():
    """Deleted rows stay readable in the free pages of the file, and in its write-ahead log, until this."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
