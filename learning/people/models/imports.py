"""Files from HR: where they come from, and each import with what it changed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .company import Employer, Facility
from .work import Employment


class DateFormat(models.TextChoices):
    """How dates that are not ISO 8601 are written. There is no default: 03/04/2026 is two days."""

    DAY_FIRST = "dmy", _("day first: 03/04/2026 is 3 April 2026")
    MONTH_FIRST = "mdy", _("month first: 03/04/2026 is March 4, 2026")


class ImportSource(models.Model):
    """A system that sends files: how its columns are called, and for whom it speaks.

    A full file archives nobody outside `employers`, `kinds`, `facilities` and the number prefix; none chosen means all.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        _("name"), max_length=80, unique=True, help_text=_("Payroll, the agency at the north gate.")
    )
    number_prefix = models.CharField(
        _("number prefix"),
        max_length=10,
        blank=True,
        help_text=_("Goes before every staff number of its files, so that 17 of an agency is not 17 of payroll."),
    )
    employers = models.ManyToManyField(
        Employer, blank=True, related_name="import_sources", verbose_name=_("speaks for these employers")
    )
    facilities = models.ManyToManyField(
        Facility, blank=True, related_name="import_sources", verbose_name=_("speaks for these facilities")
    )
    kinds = models.JSONField(_("speaks for these kinds"), default=list, blank=True)
    date_format = models.CharField(_("dates"), max_length=3, choices=DateFormat, blank=True)
    # `{our column: heading in the file}`, as somebody last confirmed it.
    mapping = models.JSONField(default=dict, blank=True, editable=False)
    # `{"position": {folded words of the file: uuid of ours}}`: what was matched once is not asked again.
    matches = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("import source")
        verbose_name_plural = _("import sources")

    def __str__(self):
        return self.name

    def kinds_in_words(self):
        return [label for kind, label in Employment.Kind.choices if kind in self.kinds]


class PeopleImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Imports this user may look at: all, or only their own when they are limited to facilities."""
        return self.filter(by=user) if user.facility_limits else self


class PeopleImport(models.Model):
    """One file and what became of it. Kept: who, when, the file's hash, what changed, what was wrong."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("columns to be matched")
        CHECKING = "checking", _("being checked")
        ASKING = "asking", _("questions to be answered")
        PLANNED = "planned", _("to be confirmed")
        WRITING = "writing", _("being written")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("cancelled")

    OPEN = (State.UPLOADED, State.CHECKING, State.ASKING, State.PLANNED, State.WRITING)
    # A worker has something to do.
    WAITING = (State.CHECKING, State.WRITING)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(
        ImportSource, models.PROTECT, null=True, blank=True, related_name="imports", verbose_name=_("source")
    )
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people_imports",
        verbose_name=_("by"),
    )
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State)
    changes_only = models.BooleanField(_("changes only"))
    # What people said: columns, date order, from when, what unknown words mean, how many may leave.
    answers = models.JSONField(default=dict)
    # The heading and the first rows, so that columns can be matched without reading the file again.
    head = models.JSONField(default=dict)
    questions = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    # `[[row, column, words], …]`, the first of them; `error_count` is how many there were.
    errors = models.JSONField(default=list)
    error_count = models.PositiveIntegerField(default=0)
    # When the comparison began: what others recorded after it, it may not have seen.
    checked_at = models.DateTimeField(null=True, blank=True)
    # Progress of the job, and since when a worker has it.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)

    objects = PeopleImportQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [
            # What a worker looks for.
            models.Index(
                fields=["state"], condition=Q(state__in=["checking", "writing"]), name="people_import_waiting"
            ),
            # Whether this very file was imported before.
            models.Index(fields=["sha256"], name="people_import_file"),
        ]

    def __str__(self):
        return self.file_name

    @property
    def mode(self):
        return _("changes only") if self.changes_only else _("full file")


class ImportPart(models.Model):
    """A piece of the uploaded file, in the database because the worker may be another host. Deleted at the end."""

    of = models.ForeignKey(PeopleImport, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="people_importpart_once")]

    def __str__(self):
        return f"{self.of_id} {self.number}"


class ImportLine(models.Model):
    """What an import does to one person: shown before it is written, kept after."""

    class Kind(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        LEAVING = "leaving", _("leaving")

    of = models.ForeignKey(PeopleImport, models.CASCADE, related_name="lines")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    # Row of the file; none for who leaves because the file does not name them.
    row = models.PositiveIntegerField(null=True, blank=True)
    person_uuid = models.UUIDField()
    number = models.CharField(_("number"), max_length=40)
    name = models.CharField(_("name"), max_length=241)
    # `[[column, old, new], …]`
    changes = models.JSONField(default=list)
    search_key = models.TextField(default="")
    # What is to be written, in the words of `importing/plan.py`; emptied once it is.
    writes = models.TextField(default="")

    class Meta:
        ordering = ["pk"]
        indexes = [
            # The preview, filtered.
            models.Index(fields=["of", "kind"], name="people_importline_kind"),
            # The imports that concerned one person.
            models.Index(fields=["person_uuid"], name="people_importline_person"),
        ]

    def __str__(self):
        return f"{self.number} {self.kind}"
