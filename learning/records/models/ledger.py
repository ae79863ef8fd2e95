import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly, AppendOnlyQuerySet
from .record import TrainingRecord


class LedgerEntry(AppendOnly):
    """One event of evidence in canonical form, written in the transaction of the event. Guarded: never changed.

    `body` is canonical JSON (RFC 8785) in `schema_version`; `leaf` is the Merkle leaf hash over its UTF-8 bytes,
    SHA-256(0x00 ‖ body), hex (RFC 9162, 2.1.1). Its place in the log will be a row of another table.
    """

    class Kind(models.TextChoices):
        RECORD = "record", _("training record")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    schema_version = models.PositiveSmallIntegerField()
    body = models.TextField()
    leaf = models.CharField(max_length=64)
    record = models.OneToOneField(TrainingRecord, models.PROTECT, null=True, related_name="entry")
    recorded_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")

    def __str__(self):
        return f"{self.kind} {self.uuid}"
