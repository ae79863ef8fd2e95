import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# No I, L, O, U: codes are read aloud and typed on phones.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 24  # 5 bits each: 120 random bits


def new_code():
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


class TrainingRecordQuerySet(models.QuerySet):
    def completed(self, *, since=None, until=None):
        """Records by the instant of completion: `since` inclusive, `until` exclusive, both aware datetimes."""
        if since:
            self = self.filter(completed_at__gte=since)
        if until:
            self = self.filter(completed_at__lt=until)
        return self

    def in_area(self, number):
        """Records whose criteria touch that area."""
        return self.filter(areas__contains=f",{number},")


class TrainingRecord(models.Model):
    """What happened, standing alone: everything is stated as it was, nothing is looked up later (criterion 12.1).

    Append-only: no `save` of an existing row, no `delete`, and triggers in the database (`guards.py`). A correction
    is a new record that names the old one and a reason. Names, number and mail are in `RecordSubject` only.
    """

    class Method(models.TextChoices):
        ONLINE = "online", _("online")
        CLASSROOM = "classroom", _("classroom")
        TOOLBOX_TALK = "toolbox_talk", _("toolbox talk")
        ON_THE_JOB = "on_the_job", _("on the job")
        ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")

    class Check(models.TextChoices):
        QUIZ = "quiz", _("quiz")
        OBSERVED = "observed", _("observed skill")
        NONE = "none", _("none")

    class Source(models.TextChoices):
        SERVER_GRADED = "server_graded", _("graded by this server")
        INSTRUCTOR_ATTESTED = "instructor_attested", _("attested by the instructor")
        PACKAGE_REPORTED = "package_reported", _("reported by a package")
        IMPORTED = "imported", _("imported")

    class Attribution(models.TextChoices):
        PASSWORD = "password", _("password")
        PASSWORD_2FA = "password_2fa", _("password and second factor")
        SSO = "sso", _("single sign-on")
        PIN_KIOSK = "pin_kiosk", _("PIN at a kiosk")
        SUPERVISOR = "supervisor", _("supervisor")
        PAPER = "paper", _("paper")
        IMPORT = "import", _("import")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)

    # Who, as they were
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="training_records")
    person_uuid = models.UUIDField()
    commitment = models.CharField(max_length=64)
    position = models.CharField(max_length=400, blank=True)
    position_uuids = models.JSONField(default=list)
    sensitive = models.BooleanField(default=False)
    facility = models.CharField(max_length=200, blank=True)
    facility_uuid = models.UUIDField(null=True)
    facility_zone = models.CharField(max_length=64, default="UTC")
    employer = models.CharField(max_length=200, blank=True)
    employment_kind = models.CharField(max_length=20, blank=True)
    company = models.CharField(max_length=200, blank=True)
    company_uuid = models.UUIDField(null=True)

    # What
    course_key = models.UUIDField()
    course = models.CharField(max_length=255)
    edition = models.ForeignKey("courses.Edition", models.PROTECT, null=True, related_name="records")
    edition_number = models.PositiveIntegerField(null=True)
    edition_hash = models.CharField(max_length=64, blank=True)
    area = models.PositiveSmallIntegerField(null=True)
    areas = models.CharField(max_length=60, help_text="Numbers between commas: ,6,12,")
    topics = models.JSONField(default=list)
    criteria = models.JSONField(default=list)
    blanks = models.JSONField(default=list)
    language = models.CharField(max_length=10)

    # When and where
    began_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    expires_on = models.DateField(null=True)
    minutes_active = models.PositiveIntegerField(null=True)
    minutes_nominal = models.PositiveIntegerField(null=True)
    place = models.CharField(max_length=200, blank=True)
    instructor = models.CharField(max_length=200, blank=True)
    observer = models.CharField(max_length=200, blank=True)

    # How it was checked
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    pass_mark = models.PositiveSmallIntegerField(null=True)
    attempts = models.PositiveIntegerField(null=True)
    question_versions = models.JSONField(default=list)
    method = models.CharField(max_length=20, choices=Method)
    check_kind = models.CharField(max_length=20, choices=Check)
    source = models.CharField(max_length=30, choices=Source)
    attribution = models.CharField(max_length=20, choices=Attribution)
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="records_written")
    recorder_uuid = models.UUIDField(null=True)

    # Why, and for how long
    cause = models.JSONField(default=dict)
    retention_class = models.CharField(max_length=40, default="training")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reason = models.TextField(blank=True)

    objects = TrainingRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-completed_at", "-id"]
        verbose_name = _("training record")
        verbose_name_plural = _("training records")
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""),
                name="records_correction_has_reason",
                violation_error_message=_("A correction states its reason."),
            ),
            models.CheckConstraint(
                condition=Q(completed_at__lte=F("recorded_at")),
                name="records_recorded_after_completion",
                violation_error_message=_("Training cannot be recorded before it happened."),
            ),
        ]
        indexes = [
            # /me/ and "has this person done that course since".
            models.Index(fields=["person", "course_key", "-completed_at"], name="records_person_course"),
            # HR's report and export, by completion date.
            models.Index(fields=["-completed_at"], name="records_completed"),
        ]

    def __str__(self):
        return f"{self.course} · {self.uuid}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("A training record is never changed: write a correction.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A training record is never deleted.")


class RecordSubject(models.Model):
    """Who a record is about, in words. The only part that a lawful erasure may delete (guarded: DELETE alone passes).

    The record holds SHA-256 over `salt` and these values, so that every proof still verifies afterwards.
    """

    record = models.OneToOneField(TrainingRecord, models.PROTECT, related_name="subject")
    salt = models.CharField(max_length=64)
    number = models.CharField(max_length=40)
    first_name = models.CharField(max_length=120)
    last_name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        # HR looks people up by number and by name.
        indexes = [
            models.Index(fields=["number"], name="records_subject_number"),
            models.Index(fields=["last_name", "first_name"], name="records_subject_name"),
        ]

    def __str__(self):
        return self.number

    @property
    def name(self):
        return f"{self.first_name} {self.last_name}".strip()
