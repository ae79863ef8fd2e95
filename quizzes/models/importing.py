"""Files of questions that came in, and what became of each question in them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .question import Bank, Question


class QuestionImport(models.Model):
    """One file: looked at first, then imported as a whole or not at all."""

    class State(models.TextChoices):
        PLANNED = "planned", _("to be confirmed")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey(Bank, models.SET_NULL, null=True, related_name="imports", verbose_name=_("bank"))
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField()
    format = models.CharField(_("format"), max_length=20)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # Sentences on how the file was read.
    notes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="planned", finished_at__isnull=True)
                | models.Q(state__in=["done", "cancelled"], finished_at__isnull=False),
                name="quizzes_questionimport_finished",
            )
        ]

    def __str__(self):
        return self.file_name


class ImportedQuestion(models.Model):
    """One question of a file. `content` is what it says (`exchange.found.Found.content`).

    `question` is what it became, or what was there before. `source_id` and `hash` tell a question that comes again.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        KNOWN = "known", _("here already")
        LEFT_OUT = "left_out", _("not carried")
        WRONG = "wrong", _("with errors")

    of = models.ForeignKey(QuestionImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    where = models.CharField(max_length=40)
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State)
    content = models.JSONField()
    category = models.JSONField(default=list, blank=True)
    source_id = models.CharField(max_length=200, blank=True)
    hash = models.CharField(max_length=64)
    # What is not carried, and what is wrong: sentences.
    notes = models.JSONField(default=list, blank=True)
    problems = models.JSONField(default=list, blank=True)
    question = models.ForeignKey(Question, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="quizzes_importedquestion_number_once"),
        ]
        indexes = [models.Index(fields=["of", "state"], name="quizzes_imported_state")]

    def __str__(self):
        return f"{self.where} {self.title}"
