import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly, AppendOnlyQuerySet
from .record import TrainingRecord


class LedgerEntry(AppendOnly):
    """One event of evidence in canonical form, written in the transaction of the event. Guarded: never changed.

    `body` is canonical JSON (RFC 8785) in `schema_version`; `leaf` is the Merkle leaf hash over its UTF-8 bytes,
    SHA-256(0x00 ‖ body), hex (RFC 9162, 2.1.1). Its place in the log is a row of another table (`LedgerPosition`).
    """

    class Kind(models.TextChoices):
        RECORD = "record", _("training record")
        CORRECTION = "correction", _("correction")
        WAIVER = "waiver", _("waiver")
        SESSION = "session", _("training session")
        IMPORT = "import", _("import of people")
        ERASURE = "erasure", _("erasure")
        KEY = "key", _("key event")
        PACK = "pack", _("evidence pack")
        PACK_KEPT = "pack_kept", _("file of an evidence pack")

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


class WaitingEntry(models.Model):
    """An entry without a place in the log: the sequencer's queue, written with the entry and removed with its place.

    Only for speed: it is what has no `LedgerPosition`, which takes long to ask of a million entries each second.
    """

    entry = models.OneToOneField(LedgerEntry, models.PROTECT, primary_key=True, related_name="waiting")

    def __str__(self):
        return str(self.entry_id)


class LedgerPosition(AppendOnly):
    """The place of an entry in the log of an epoch: `index` counts from 0 without gaps. Guarded: never changed.

    `leaf` is the leaf hash that the tree was built with; each checkpoint signs those before its size.
    """

    epoch = models.PositiveIntegerField()
    index = models.PositiveBigIntegerField()
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="place")
    leaf = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["epoch", "index"]
        verbose_name = _("place in the ledger")
        verbose_name_plural = _("places in the ledger")
        constraints = [
            # An index is never given twice, whatever happens to the lock.
            models.UniqueConstraint(fields=["epoch", "index"], name="records_ledgerposition_once"),
        ]

    def __str__(self):
        return f"{self.epoch}/{self.index}"


class Checkpoint(AppendOnly):
    """A signed head of the tree of an epoch, and all that the next one is built on. Guarded: never changed.

    `note` is what outsiders get (`ledger/notes.py`). `root`, `public_key` (which signs from here on) and the hashes of
    `frontier` are hex. `follows` is the note that the checkpoint file held when the epoch was opened, the same in the
    whole epoch.
    """

    # From 1 without gaps, over all epochs: one that is taken out is missed.
    number = models.PositiveBigIntegerField(primary_key=True)
    epoch = models.PositiveIntegerField()
    origin = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    note = models.TextField()
    public_key = models.CharField(max_length=64)
    frontier = models.JSONField()
    follows = models.TextField(blank=True)
    signed_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        constraints = [
            # Two heads of one size would be a fork.
            models.UniqueConstraint(fields=["epoch", "size"], name="records_checkpoint_size_once"),
        ]

    def __str__(self):
        return f"{self.origin} {self.size}"


class LedgerCheckQuerySet(models.QuerySet):
    def newest(self, what):
        return self.filter(what=what).order_by("-pk").first()

    def troubles(self):
        """The newest check of each kind, where it found something."""
        newest = [self.newest(what) for what in LedgerCheck.What]
        return [check for check in newest if check and check.findings]


class LedgerCheck(models.Model):
    """What a look at the ledger found: of the sequencer, whenever that changed; of the verification, each time.

    `findings` is a list of `{"code": …, "facts": {…}}` (`ledger/findings.py` says them), the first hundred of `found`.
    """

    class What(models.TextChoices):
        SEQUENCING = "sequencing", _("sequencing")
        VERIFICATION = "verification", _("verification")

    what = models.CharField(max_length=20, choices=What)
    at = models.DateTimeField()
    entries = models.PositiveBigIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)

    objects = LedgerCheckQuerySet.as_manager()

    class Meta:
        # The newest of a kind, on each page of the admin.
        indexes = [models.Index(fields=["what", "-id"], name="records_ledgercheck_newest")]

    def __str__(self):
        return f"{self.what} {self.at}"
