import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.people import codes

from . import words
from .append_only import AppendOnly
from .querysets import TrainingRecordQuerySet

CODE_LENGTH = 24  # 5 bits each: 120 random bits


def new_code():
    return codes.new(CODE_LENGTH)


def _known(field, choices):
    """The words of an export are a contract: a completion that says another is refused as a whole."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}),
        name=f"records_{field}_known",
        violation_error_message=_("A training record says this in fixed words."),
    )


class TrainingRecord(AppendOnly):
    """What happened, standing alone: everything is stated as it was, nothing is looked up later (criterion 12.1).

    Append-only: no `save` of an existing row, no `delete`, and triggers in the database (`guards.py`). A correction
    is a new record that names the old one and a reason; one that `withdraws` says that the old one counts for nothing.
    Names, number and mail are in `RecordSubject` only. Written by `actions.write_record`, with its ledger entry.
    """

    Method, Check, Source, Attribution = words.Method, words.Check, words.Source, words.Attribution

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)

    # Who, as they were
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="training_records")
    person_uuid = models.UUIDField()
    commitment = models.CharField(max_length=64)
    position = models.TextField(blank=True)
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
    # Who handed the person the slip that this sign-in goes back to, when, and by what right; null for nobody.
    sign_in_origin = models.JSONField(null=True)
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="records_written")
    recorder_uuid = models.UUIDField(null=True)

    # Why, and for how long
    cause = models.JSONField(default=dict)
    retention_class = models.CharField(max_length=40, default="training")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    withdraws = models.BooleanField(default=False)
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
                condition=Q(withdraws=False) | Q(corrects__isnull=False),
                name="records_withdrawal_is_correction",
                violation_error_message=_("A withdrawal names the record that it withdraws."),
            ),
            models.CheckConstraint(
                condition=Q(completed_at__lte=F("recorded_at")),
                name="records_recorded_after_completion",
                violation_error_message=_("Training cannot be recorded before it happened."),
            ),
            # Of two who correct a record at once, one is refused. A second mistake is corrected on the correction.
            models.UniqueConstraint(
                fields=["corrects"],
                name="records_corrected_once",
                violation_error_message=_("This record is corrected already."),
            ),
            _known("method", words.Method),
            _known("check_kind", words.Check),
            _known("source", words.Source),
            _known("attribution", words.Attribution),
        ]
        indexes = [
            # /me/ and "has this person done that course since".
            models.Index(fields=["person", "course_key", "-completed_at"], name="records_person_course"),
            # HR's report and export, by completion date.
            models.Index(fields=["-completed_at"], name="records_completed"),
        ]

    def __str__(self):
        return f"{self.course} · {self.uuid}"

    @property
    def presence_only(self):
        """Somebody was there and nothing was checked: shown as such, and no requirement is satisfied by it."""
        return self.check_kind == words.Check.NONE and self.method in words.IN_PERSON

    @property
    def imported(self):
        """It rests on a file that somebody brought, and on nothing that was seen here: shown as such everywhere."""
        return self.source == words.Source.IMPORTED

    @property
    def number(self):
        """The staff number as it was; empty after an erasure."""
        return self.subject.number if hasattr(self, "subject") else ""

    @property
    def name(self):
        """The name as it was; empty after an erasure."""
        return self.subject.name if hasattr(self, "subject") else ""


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

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("Who a record is about is never rewritten; a lawful erasure deletes it.")
        super().save(*args, **kwargs)

    @property
    def name(self):
        return f"{self.first_name} {self.last_name}".strip()
