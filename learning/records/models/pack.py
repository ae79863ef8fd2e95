import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly, AppendOnlyQuerySet
from .ledger import LedgerEntry


class EvidencePackQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """Packs that this user may look at: all, or only their own when they are limited to facilities."""
        return self.filter(by=user) if user.facility_limits else self

    def with_gone(self):
        """Each with `gone`: whether a lawful erasure deleted its file."""
        return self.annotate(gone=Exists(self.model.erasures.through.objects.filter(evidencepack=OuterRef("pk"))))


class EvidencePack(AppendOnly):
    """A pack that was issued: what it is about, to whom, why, and the file. Guarded: never changed.

    `scope` is as `pack.scope.Scope.stored` gives it. `manifest` is the SHA-256 of its list of files, which `entry`
    states in the ledger, `sha256` that of the ZIP file. It ends with the signed head of `size` entries of `epoch`. A
    second entry states the row (`pack/kept.py`), of what was typed a commitment with `salt`, which is empty on packs
    that were issued before there was such an entry.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="pack")
    scope = models.JSONField()
    title = models.CharField(_("about"), max_length=255)
    rows = models.PositiveIntegerField(_("records"))
    to_whom = models.CharField(_("to whom"), max_length=200)
    why = models.TextField(_("why"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="evidence_packs", verbose_name=_("by")
    )
    issued_at = models.DateTimeField(_("issued"))
    file = models.CharField(max_length=200)
    bytes = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    manifest = models.CharField(max_length=64)
    salt = models.CharField(max_length=64, blank=True, default="")
    epoch = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()

    objects = EvidencePackQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("evidence pack")
        verbose_name_plural = _("evidence packs")

    def __str__(self):
        return self.title


class PackOrder(models.Model):
    """A pack that somebody asked for, until it is issued or refused: the queue of the workers. Not evidence."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being made")
        DONE = "done", _("issued")
        REFUSED = "refused", _("refused")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scope = models.JSONField()
    to_whom = models.CharField(max_length=200)
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="pack_orders")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    trouble = models.TextField(blank=True)
    pack = models.OneToOneField(EvidencePack, models.PROTECT, null=True, related_name="order")
    # Progress of the job, and since when a worker has it.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What a worker looks for.
            models.Index(fields=["state"], condition=Q(state="waiting"), name="records_packorder_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", pack__isnull=False) | (~Q(state="done") & Q(pack__isnull=True)),
                name="records_packorder_done_has_pack",
                violation_error_message=_("What is issued has its pack, and nothing else has one."),
            ),
        ]

    def __str__(self):
        return str(self.uuid)
