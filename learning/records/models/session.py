import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from learning.people import codes, line
from learning.people.models import Facility

from .record import TrainingRecord
from .words import Attribution, Check, Method

CODE_LENGTH = 8


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
        below = line.below(user.pk, on)
        own = Q(instructor=user) | Q(recorder=user) | Q(instructor__in=below) | Q(recorder__in=below)
        if not user.has_perm("records.change_trainingsession"):
            return self.filter(own)
        return self.filter(own | Q(facility__in=user.facility_limits)) if user.facility_limits else self

    def open(self):
        return self.filter(closed_at__isnull=True)

    def with_counts(self):
        """Each with how many people are `expected` and how many of them were `present`."""
        present = Count("attendances", filter=Q(attendances__present=True))
        # Grouped rows forget the order of the model.
        return self.annotate(expected=Count("attendances"), present=present).order_by(*self.model._meta.ordering)


class TrainingSession(models.Model):
    """Training in a room or a yard: who gave what to whom, and how it was checked. It is open until it is closed.

    Of a course `course_key` and `edition` say which; another topic is its own course, once, under the uuid of the
    session. `happened_at` is when it began, `recorded_at` when we were told. Closing (`sessions/actions.py`) writes
    the records; afterwards nothing here changes, and the ledger holds what it said.
    """

    class Way(models.TextChoices):
        """How a quiz was taken."""

        PAPER = "paper", _("on paper")

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
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sessions_recorded")
    recorded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="sessions_closed"
    )

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
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__gte=F("happened_at"), closed_by__isnull=False),
                name="records_session_closed_by_somebody",
                violation_error_message=_("A session is closed by somebody, after it happened."),
            ),
        ]
        indexes = [models.Index(fields=["-happened_at", "-id"], name="records_session_newest")]

    def __str__(self):
        return f"{self.title} · {self.uuid}"

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def zone(self):
        """The name of the zone in which its dates and times are said."""
        return self.facility.time_zone


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

    Who attested is present. `attribution` is the word that the record will have. `signed_by` signed for the person.
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
        if session.check_kind == Check.QUIZ:
            return self.score is not None and self.score >= session.pass_mark
        return session.check_kind == Check.OBSERVED and self.seen_by_id is not None


class SessionFileQuerySet(models.QuerySet):
    def described(self):
        """Without the content, which lists do not need."""
        return self.defer("content")


class SessionFile(models.Model):
    """The photo or scan of a signed sheet, or what was shown: in the database, as it must be where the session is.

    `sha256` is over `content`; a picture is written anew by us before it is kept, and `sent_sha256` is over the file
    as it was sent. Guarded: never changed; one attached by mistake is taken away while the session is open.
    """

    class Kind(models.TextChoices):
        SHEET = "sheet", _("signed sheet")
        MATERIAL = "material", _("what was shown")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=Kind)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sent_sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="session_files")
    attached_at = models.DateTimeField()

    objects = SessionFileQuerySet.as_manager()

    class Meta:
        ordering = ["session", "id"]
        verbose_name = _("file of a training session")
        verbose_name_plural = _("files of training sessions")
        constraints = [
            # Sent twice, a file is there once.
            models.UniqueConstraint(fields=["session", "kind", "sent_sha256"], name="records_sessionfile_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.sha256}"

    @property
    def extension(self):
        return {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}[self.media_type]
