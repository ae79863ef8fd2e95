from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from .record import TrainingRecord
from .session import TrainingSession
from .words import Attribution, Check


class AttendanceQuerySet(models.QuerySet):
    def counts(self):
        """How many are `expected`, how many of them were `there`, and how many of those are `accounted` for."""
        was_there = Q(present=True)
        return self.aggregate(
            expected=Count("pk"),
            there=Count("pk", filter=was_there),
            accounted=Count("pk", filter=was_there & ~Q(attested="")),
        )

    def in_order(self):
        return self.order_by("person__last_name", "person__first_name", "person__number")


class Attendance(models.Model):
    """One person on the roster of a session: whether they were there, how we know, and how the check went.

    Who attested is present. `walk_in`: nobody expected them. `attribution` is the word that the record will have.
    `signed_by` signed for the person.
    """

    class How(models.TextChoices):
        CHECK_IN = "check_in", _("checked in")
        KIOSK = "kiosk", _("checked in at a shared tablet")
        TYPED_NAME = "typed_name", _("typed their name")
        SIGNED_FOR = "signed_for", _("signed for by somebody else")
        SHEET = "sheet", _("signed the sheet")

    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendances")
    present = models.BooleanField(default=False)
    walk_in = models.BooleanField(default=False)
    attested = models.CharField(max_length=20, choices=How, blank=True)
    attested_at = models.DateTimeField(null=True)
    attribution = models.CharField(max_length=20, choices=Attribution, blank=True)
    typed_name = models.CharField(max_length=241, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="attendances_signed"
    )
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="attendances_seen")
    seen_at = models.DateTimeField(null=True)
    record = models.OneToOneField(TrainingRecord, models.PROTECT, null=True, related_name="attendance")
    recorded_at = models.DateTimeField()

    # Of a quiz on a device: the attempt that counts (`sessions/quizzing.py`).
    attempt, tries = None, 0

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["session", "id"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="records_attendance_once"),
            models.CheckConstraint(
                condition=Q(attested="", attested_at__isnull=True, attribution="", typed_name="", signed_by=None)
                | Q(attested__in=["check_in", "kiosk", "typed_name", "signed_for", "sheet"], present=True)
                & Q(attested_at__isnull=False, attribution__in=Attribution.values),
                name="records_attendance_attested",
                violation_error_message=_("Who attested was present, at an instant, in one known way."),
            ),
            models.CheckConstraint(
                condition=~Q(attested="signed_for") | Q(signed_by__isnull=False) & ~Q(signed_by=F("person")),
                name="records_attendance_signed_by_another",
                violation_error_message=_("Somebody else signs for a person, and is named."),
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(present=True, score__gte=0, score__lte=100),
                name="records_attendance_score_percent",
                violation_error_message=_("A score is between 0 and 100 percent, of somebody who was there."),
            ),
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True, seen_at__isnull=True)
                | Q(seen_by__isnull=False, seen_at__isnull=False, present=True),
                name="records_attendance_seen_by_somebody",
                violation_error_message=_("A skill is seen by somebody, of somebody who was there."),
            ),
            models.CheckConstraint(
                condition=Q(record__isnull=True) | Q(present=True) & ~Q(attested=""),
                name="records_attendance_recorded_when_attested",
                violation_error_message=_("A record is written for who is accounted for."),
            ),
        ]

    def __str__(self):
        return f"{self.session_id} {self.person_id}"

    def passed(self, session):
        """Whether the check of the session (which is theirs) went well; where there is none, nobody passes."""
        if session.quiz_on_device:
            return bool(self.attempt and self.attempt.passed)
        if session.check_kind == Check.QUIZ:
            return self.score is not None and self.score >= session.pass_mark
        return session.check_kind == Check.OBSERVED and self.seen_by_id is not None
