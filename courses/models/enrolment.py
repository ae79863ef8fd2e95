import uuid

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models import Attempt

from .edition import Edition


class UuidText(models.Func):
    """A uuid column as the text that `str` gives of it. SQLite stores the digits alone."""

    template = "(%(expressions)s)::text"
    output_field = models.CharField()

    def as_sqlite(self, compiler, connection, **context):
        parts = [f"SUBSTR(%(expressions)s, {start}, {length})" for start, length in ((1, 8), (9, 4), (13, 4), (17, 4))]
        template = " || '-' || ".join([*parts, "SUBSTR(%(expressions)s, 21)"])
        return super().as_sql(compiler, connection, template=f"({template})", **context)


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user, on):
        """Runs of the people within the limits of that user, on that local date."""
        return self.filter(person__in=get_user_model().objects.within_limits_of(user, on))

    def newest(self):
        """`{course key: run}`, each the last that was begun; without those that HR closed."""
        return {run.course_key: run for run in self.filter(closed_at__isnull=True).order_by("started_at")}

    def running(self):
        return self.filter(completed_at__isnull=True, closed_at__isnull=True)

    def completed(self):
        return self.filter(completed_at__isnull=False)

    def closed(self):
        return self.filter(closed_at__isnull=False)

    def blocked(self):
        """Running ones in which every attempt at a quiz was failed: only HR can help."""
        return self.running().with_blocked().filter(is_blocked=True)

    def with_blocked(self):
        """Each with `is_blocked`: whether every attempt at a quiz was failed."""
        failed = Attempt.objects.last_failed().filter(person=OuterRef("person"), context=UuidText(OuterRef("uuid")))
        return self.annotate(is_blocked=Exists(failed))


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

    @property
    def standing(self):
        return "completed" if self.completed_at else "closed" if self.closed_at else "running"

    @property
    def ended(self):
        return bool(self.completed_at or self.closed_at)


class StepProgress(models.Model):
    """How far a run is with one step.

    Active time is counted by the server: by heartbeats of a visible page, or without any, since the opening.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="progress")
    step_key = models.UUIDField()
    opened_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    active_seconds = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    # Company blanks as they were shown: `{name: text}`.
    blanks = models.JSONField(default=dict, blank=True)
    # The language in which they were shown last; empty where only that of the run is known.
    blanks_language = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "step_key"], name="courses_stepprogress_once"),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.step_key}"

    def active(self, at):
        """Seconds with the step so far, by the server's clock; `at` is now."""
        return self.active_seconds if self.beat_at else max(0, int((at - self.opened_at).total_seconds()))


class BlockProgress(models.Model):
    """How far a run is with one block of a step: seconds of a video, or the answer to a check question.

    `position` is where the video stands, so that one goes on there; `watched` is how much of it was played.
    """

    step = models.ForeignKey(StepProgress, models.PROTECT, related_name="blocks")
    block = models.CharField(max_length=64)
    position = models.PositiveIntegerField(default=0)
    watched = models.PositiveIntegerField(default=0)
    answer = models.JSONField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "block"], name="courses_blockprogress_once"),
        ]

    def __str__(self):
        return f"{self.step_id} {self.block}"
