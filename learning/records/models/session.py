import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from learning.people import codes, line
from learning.people.models import Facility

from .words import Check, Method

CODE_LENGTH = 8
# People check in so long before it begins, and so long after it should have ended.
EARLY = datetime.timedelta(minutes=30)
LATE = datetime.timedelta(minutes=30)


def new_code():
    return codes.new(CODE_LENGTH)


class SessionKind(models.TextChoices):
    """The methods of a training record that happen in a room or a yard."""

    CLASSROOM = Method.CLASSROOM.value, Method.CLASSROOM.label
    TOOLBOX_TALK = Method.TOOLBOX_TALK.value, Method.TOOLBOX_TALK.label
    ON_THE_JOB = Method.ON_THE_JOB.value, Method.ON_THE_JOB.label


class TrainingSessionQuerySet(models.QuerySet):
    def kept_by(self, user, on):
        """Sessions that this user looks after, on that local date.

        Those that they or somebody of the line under them gave or recorded; for who may change sessions by their role
        (HR) all, or those at the facilities that they are limited to.
        """
        return self._of(user, on, "records.change_trainingsession")

    def seen_by(self, user, on):
        """Sessions that this user may read: those that they keep, and all for who may view them (compliance)."""
        return self._of(user, on, "records.view_trainingsession")

    def _of(self, user, on, permission):
        below = line.below(user.pk, on)
        own = Q(instructor=user) | Q(recorder=user) | Q(instructor__in=below) | Q(recorder__in=below)
        if not user.has_perm(permission):
            return self.filter(own)
        return self.filter(own | Q(facility__in=user.facility_limits)) if user.facility_limits else self

    def open(self):
        return self.filter(closed_at__isnull=True)

    def held(self):
        """Those that were not called off."""
        return self.filter(cancel_reason="")

    def with_counts(self):
        """Each with how many people are `expected` and how many of them were `present`."""
        present = Count("attendances", filter=Q(attendances__present=True))
        # Grouped rows forget the order of the model.
        return self.annotate(expected=Count("attendances"), present=present).order_by(*self.model._meta.ordering)


class TrainingSession(models.Model):
    """Training in a room or a yard: who gave what to whom, and how it was checked. It is open until it is closed.

    Of a course `course_key` and `edition` say which; another topic is its own course, once, under the uuid of the
    session. `happened_at` is when it began, `recorded_at` when we were told. Closing (`sessions/actions.py`) writes
    the records; afterwards nothing here changes, and the ledger holds what it said. One that is called off is closed
    with a `cancel_reason` and without records. `walk_ins`: whoever checks in without being on the roster comes onto it.
    """

    class Way(models.TextChoices):
        """How a quiz was taken."""

        PAPER = "paper", _("on paper")
        DEVICE = "device", _("on a phone or at a shared tablet")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The lasting half of what is typed or scanned to check in.
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind)
    course_key = models.UUIDField()
    edition = models.ForeignKey("courses.Edition", models.PROTECT, null=True, blank=True, related_name="sessions")
    title = models.CharField(_("course or topic"), max_length=255)
    area = models.PositiveSmallIntegerField(_("criteria area"), null=True, blank=True)
    topics = models.JSONField(default=list)
    criteria = models.JSONField(default=list)
    language = models.CharField(_("language"), max_length=10)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="sessions", verbose_name=_("facility"))
    happened_at = models.DateTimeField(_("began"))
    minutes = models.PositiveIntegerField(_("minutes"))
    instructor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="sessions_given"
    )
    instructor_name = models.CharField(_("instructor"), max_length=200)
    check_kind = models.CharField(_("check"), max_length=20, choices=Check)
    quiz_way = models.CharField(max_length=10, choices=Way, blank=True)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark, %"), null=True, blank=True)
    no_check_reason = models.CharField(_("why there is no check"), max_length=300, blank=True)
    walk_ins = models.BooleanField(_("others may check in"), default=True)
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sessions_recorded")
    recorded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="sessions_closed"
    )
    cancel_reason = models.CharField(_("why it was called off"), max_length=300, blank=True)

    objects = TrainingSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-id"]
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SessionKind.values), name="records_session_kind_known"),
            models.CheckConstraint(condition=Q(check_kind__in=Check.values), name="records_session_check_known"),
            models.CheckConstraint(
                condition=~Q(check_kind=Check.NONE) | ~Q(no_check_reason=""),
                name="records_session_no_check_has_reason",
                violation_error_message=_("A session without a check says why."),
            ),
            models.CheckConstraint(
                condition=Q(check_kind=Check.QUIZ, pass_mark__gte=1, pass_mark__lte=100) & ~Q(quiz_way="")
                | ~Q(check_kind=Check.QUIZ) & Q(pass_mark__isnull=True, quiz_way=""),
                name="records_session_quiz_has_pass_mark",
                violation_error_message=_("A quiz has a pass mark."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, cancel_reason="")
                | Q(closed_at__isnull=False, closed_by__isnull=False)
                & (Q(closed_at__gte=F("happened_at")) | ~Q(cancel_reason="")),
                name="records_session_closed_by_somebody",
                violation_error_message=_("A session is closed by somebody, after it happened."),
            ),
            models.CheckConstraint(
                condition=~Q(quiz_way="device") | Q(edition__isnull=False),
                name="records_session_quiz_of_a_course",
                violation_error_message=_("A quiz on a phone is that of a course."),
            ),
        ]
        indexes = [models.Index(fields=["-happened_at", "-id"], name="records_session_newest")]

    def __str__(self):
        return f"{self.title} · {self.uuid}"

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def is_cancelled(self):
        return bool(self.cancel_reason)

    @property
    def check_in_from(self):
        return self.happened_at - EARLY

    @property
    def check_in_until(self):
        return self.happened_at + datetime.timedelta(minutes=self.minutes) + LATE

    def takes_check_ins(self, at):
        return self.is_open and self.check_in_from <= at < self.check_in_until

    @property
    def quiz_on_device(self):
        return self.quiz_way == self.Way.DEVICE

    @property
    def zone(self):
        """The name of the zone in which its dates and times are said."""
        return self.facility.time_zone
