import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .edition import Edition


class EnrolmentQuerySet(models.QuerySet):
    def running(self):
        return self.filter(completed_at__isnull=True, closed_at__isnull=True)


class Enrolment(models.Model):
    """One run of one person through one course, on the edition that was current when it began.

    `cause` is given by whoever starts it, never looked into here, and copied into the record.
    A run that ended without completion (all attempts failed, and HR opened another) has `closed_at`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    course_key = models.UUIDField()
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="enrolments", verbose_name=_("edition"))
    cause = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10)
    started_at = models.DateTimeField(_("started"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="enrolments_closed"
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            # Two taps on "Start": the loser of the race reads the winner's row.
            models.UniqueConstraint(
                fields=["person", "course_key"],
                condition=Q(completed_at__isnull=True, closed_at__isnull=True),
                name="courses_enrolment_one_running",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(closed_at__isnull=True),
                name="courses_enrolment_completed_or_closed",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.course_key}"


class StepProgress(models.Model):
    """How far a run is with one step. Active time is counted by the server between opening and completing."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="progress")
    step_key = models.UUIDField()
    opened_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    active_seconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "step_key"], name="courses_stepprogress_once"),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.step_key}"
