import uuid

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .pack import EvidencePack
from .session import TrainingSession


class ErasureRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decided_at__isnull=True)

    def approved(self):
        return self.filter(outcome=self.model.Outcome.APPROVED)

    def visible_to(self, user, on):
        """Those about people whom the user sees on that local date, whoever they are now."""
        if not user.facility_limits:
            return self
        return self.filter(person__in=get_user_model().objects.within_limits_of(user, on))


class ErasureRequest(models.Model):
    """Somebody says by what right a person's values must go, and somebody else decides: a lawful erasure.

    `despite_retention` is the explicit decision to erase what must still be kept. `counts` says what went, by the words
    of `erasing/preview.py`; of `packs` and `sessions` the file, or the signed sheet, went because the name stood in it.
    `files` are names of stored files that go after the commit; `files_gone_at` says that they have. The ledger has an
    entry of its own.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("erased")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="erasure_requests")
    reason = models.TextField()
    despite_retention = models.BooleanField(default=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="erasures_requested")
    requested_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="erasures_decided")
    decided_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    packs = models.ManyToManyField(EvidencePack, related_name="erasures")
    sessions = models.ManyToManyField(TrainingSession, related_name="erasures")
    files = models.JSONField(default=list)
    files_gone_at = models.DateTimeField(null=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-id"]
        verbose_name = _("erasure request")
        verbose_name_plural = _("erasure requests")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="approved", decided_by=F("requested_by")),
                name="records_erasurerequest_second_person",
                violation_error_message=_("Somebody else must approve it."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="records_erasurerequest_reason",
                violation_error_message=_("An erasure states its reason."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    outcome__in=["approved", "declined", "taken_back"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="records_erasurerequest_decided_whole",
                violation_error_message=_("A decision has an outcome, a person and a time."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(decided_at__isnull=True),
                name="records_erasurerequest_one_open",
                violation_error_message=_("An erasure of this person waits for a decision already."),
            ),
        ]
        indexes = [
            # What a worker looks for.
            models.Index(
                fields=["decided_at"],
                condition=Q(outcome="approved", files_gone_at__isnull=True),
                name="records_erasure_unfinished",
            ),
        ]

    def __str__(self):
        return str(self.uuid)
