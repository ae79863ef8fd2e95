import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MarkQuerySet(models.QuerySet):
    def standing(self, attempts):
        """`{attempt id: {item: mark}}`: the newest mark of each question of these attempts, with its version."""
        found = {}
        rows = self.filter(attempt__in=attempts).order_by("id").select_related("version").defer("version__shown")
        for mark in rows:
            found.setdefault(mark.attempt_id, {})[mark.item] = mark
        return found

    def newest(self):
        """The mark that counts for each question of each attempt."""
        later = Mark.objects.filter(attempt=models.OuterRef("attempt"), item=models.OuterRef("item"))
        return self.filter(~models.Exists(later.filter(pk__gt=models.OuterRef("pk"))))


class Regrade(models.Model):
    """The answers to one version were graded again by the key of another, and why."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey("quizzes.QuestionVersion", models.PROTECT, related_name="regrades")
    key_of = models.ForeignKey("quizzes.QuestionVersion", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    reason = models.TextField(_("reason"))
    takes_away = models.BooleanField(_("passes are taken away"), default=False)

    class Meta:
        ordering = ["-decided_at"]

    def __str__(self):
        return f"{self.version_id} {self.decided_at}"


class Mark(models.Model):
    """What one answer was worth. A new mark does not rewrite an old one: the newest counts, all are kept."""

    attempt = models.ForeignKey("quizzes.Attempt", models.PROTECT, related_name="marks")
    item = models.PositiveSmallIntegerField()
    version = models.ForeignKey("quizzes.QuestionVersion", models.PROTECT, related_name="marks")
    credit = models.DecimalField(max_digits=3, decimal_places=2)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, default="")
    parts = models.JSONField(
        null=True, blank=True, help_text=_("Points for each part of the rubric, if a person marked by one.")
    )
    regrade = models.ForeignKey(Regrade, models.PROTECT, null=True, blank=True, related_name="marks")

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(credit__gte=0, credit__lte=1), name="quizzes_mark_is_part_of_a_point"),
        ]
        indexes = [
            models.Index(fields=["attempt", "item"], name="quizzes_mark_latest"),
            # Statistics of one version of a question.
            models.Index(fields=["version", "attempt"], name="quizzes_mark_of_version"),
        ]

    def __str__(self):
        return f"{self.attempt_id} {self.item} {self.credit}"
