import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CompletionExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Exports this user may look at: all, or only their own when they are limited to facilities."""
        return self.filter(by=user) if user.facility_limits else self

    def waiting(self):
        return self.filter(state=self.model.State.WAITING)


class CompletionExport(models.Model):
    """One export of completions: who took what, with which filter, how many rows, and the hash of the file.

    `query` is `{name: [values]}` as the report's address has it. A small one goes out at once; a long one is made by a
    worker and kept as `file` until `expires_at`. `sha256` and `rows` are known once it is whole: one that was broken
    off has none.
    """

    class State(models.TextChoices):
        SENDING = "sending", _("being sent")
        WAITING = "waiting", _("being made")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="completion_exports")
    file_format = models.CharField(max_length=10)
    query = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State)
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(null=True)
    bytes = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True)
    # Progress of the job, and since when a worker has it.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)

    objects = CompletionExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("export of completions")
        verbose_name_plural = _("exports of completions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(rows__isnull=False) & ~Q(sha256=""),
                name="records_export_done_is_logged",
                violation_error_message=_("An export that went out states its rows and its hash."),
            ),
        ]
        indexes = [
            # What a worker looks for, and what has had its time.
            models.Index(fields=["state"], condition=Q(state="waiting"), name="records_export_waiting"),
            models.Index(fields=["expires_at"], condition=~Q(file=""), name="records_export_kept"),
        ]

    def __str__(self):
        return str(self.uuid)


class SavedView(models.Model):
    """Filters and columns of the report of completions that somebody wants again, under a name of theirs."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60)
    query = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="records_savedview_once")]

    def __str__(self):
        return self.name
