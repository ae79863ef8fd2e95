import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .record import TrainingRecord


class PastImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Imports this user may look at: all, or only their own when they are limited to facilities."""
        return self.filter(by=user) if user.facility_limits else self


class PastImport(models.Model):
    """One file of training that happened before Gatehouse or elsewhere, and what became of it. The file is not kept.

    `errors` is `[[row, column, words], …]`, the first of them; `error_count` is how many there were.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("to be confirmed")
        WRITING = "writing", _("being written")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("cancelled")

    OPEN = (State.PLANNED, State.WRITING)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="past_imports", verbose_name=_("by"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=State)
    errors = models.JSONField(default=list)
    error_count = models.PositiveIntegerField(default=0)

    objects = PastImportQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("import of past training")
        verbose_name_plural = _("imports of past training")
        constraints = [
            # The same training must not be recorded twice because a file was sent twice.
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(state__in=["planned", "writing", "done"]),
                name="records_pastimport_file_once",
            ),
        ]
        indexes = [
            # What a worker looks for.
            models.Index(fields=["state"], condition=Q(state="writing"), name="records_pastimport_waiting"),
        ]

    def __str__(self):
        return self.file_name


class PastLine(models.Model):
    """What one row of a file will be recorded as: shown before it is written. `says` are the values of `columns.py`."""

    of = models.ForeignKey(PastImport, models.CASCADE, related_name="lines")
    row = models.PositiveIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    course_key = models.UUIDField()
    # Whether that is a course that is taught here.
    known = models.BooleanField()
    says = models.JSONField()
    record = models.OneToOneField(TrainingRecord, models.PROTECT, null=True, related_name="past_line")

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["of", "row"], name="records_pastline_once")]

    def __str__(self):
        return f"{self.of_id} {self.row}"
