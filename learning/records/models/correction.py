import uuid

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .record import TrainingRecord


class CorrectionRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decided_at__isnull=True)

    def visible_to(self, user, on):
        """Those about records that the user sees, and in favour of nobody whom they do not see, on that local date."""
        seen = self.filter(record__in=TrainingRecord.objects.visible_to(user, on))
        if not user.facility_limits:
            return seen
        return seen.filter(Q(person__isnull=True) | Q(person__in=get_user_model().objects.within_limits_of(user, on)))


class CorrectionRequest(models.Model):
    """Somebody says what is wrong with a record, and somebody else decides; the correction is a record of its own.

    `person` and `completed_on` (local at the facility) are what should have been written, where the kind asks for it.
    Not evidence: an approved one is told by the record that was written, and its ledger entry.
    """

    class Kind(models.TextChoices):
        WRONG_PERSON = "wrong_person", _("wrong person")
        WRONG_DATE = "wrong_date", _("wrong date")
        WITHDRAWN_PASS = "withdrawn_pass", _("withdrawn pass")
        DUPLICATE = "duplicate", _("duplicate")

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey(TrainingRecord, models.PROTECT, related_name="correction_requests")
    kind = models.CharField(max_length=20, choices=Kind)
    reason = models.TextField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    completed_on = models.DateField(null=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="corrections_requested")
    requested_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="corrections_decided"
    )
    decided_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)
    correction = models.OneToOneField(TrainingRecord, models.PROTECT, null=True, related_name="approval")

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-id"]
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="approved", decided_by=F("requested_by")),
                name="records_correctionrequest_second_person",
                violation_error_message=_("Somebody else must approve it."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="records_correctionrequest_reason",
                violation_error_message=_("A correction states its reason."),
            ),
            models.CheckConstraint(
                condition=Q(kind="wrong_person", person__isnull=False, completed_on__isnull=True)
                | Q(kind="wrong_date", person__isnull=True, completed_on__isnull=False)
                | Q(kind__in=["withdrawn_pass", "duplicate"], person__isnull=True, completed_on__isnull=True),
                name="records_correctionrequest_says_what",
                violation_error_message=_("A correction says what should have been written, and nothing else."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True, correction__isnull=True)
                | Q(outcome="approved", decided_by__isnull=False, decided_at__isnull=False, correction__isnull=False)
                | Q(
                    outcome__in=["declined", "taken_back"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    correction__isnull=True,
                ),
                name="records_correctionrequest_decided_whole",
                violation_error_message=_("A decision has an outcome, a person and a time."),
            ),
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(decided_at__isnull=True),
                name="records_correctionrequest_one_open",
                violation_error_message=_("A correction of this record waits for a decision already."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.uuid}"
