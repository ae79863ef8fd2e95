import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _


class AttemptQuerySet(models.QuerySet):
    def of(self, person, quiz_key, context):
        """The attempts that limits, best and last are counted over."""
        return self.filter(person=person, quiz_key=quiz_key, context=context)

    def last_failed(self):
        """Failed ones after which the quiz, by its rules at the time, allows no other."""
        allowed = Cast(KeyTextTransform("attempts_allowed", "blueprint"), models.PositiveIntegerField())
        return self.filter(state=Attempt.State.GRADED, passed=False, number__gte=allowed)


class Attempt(models.Model):
    """One try of one person at one quiz. Everything drawn is pinned at the start.

    `blueprint` holds the rules as they were; `drawn` the questions in order, each with what its kind
    arranged: `[{"version": uuid, "options": [id]}]`. `points` are whole, or in hundredths where parts of one are given.
    `context` is the caller's and never looked into: limits count within it.
    """

    class State(models.TextChoices):
        IN_PROGRESS = "in_progress", _("in progress")
        GRADED = "graded", _("graded")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    quiz_key = models.UUIDField()
    context = models.CharField(max_length=64, blank=True, default="")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=State, default=State.IN_PROGRESS)
    language = models.CharField(max_length=10)
    blueprint = models.JSONField()
    drawn = models.JSONField()
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    max_points = models.PositiveIntegerField()
    score = models.DecimalField(_("score, percent"), max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    attribution = models.CharField(max_length=20, blank=True, default="")

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            # Two tabs, one start: the loser of the race reads the winner's row.
            models.UniqueConstraint(
                fields=["person", "quiz_key", "context"],
                condition=Q(state="in_progress"),
                name="quizzes_attempt_one_in_progress",
            ),
            models.UniqueConstraint(
                fields=["person", "quiz_key", "context", "number"], name="quizzes_attempt_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="in_progress", score__isnull=True, passed__isnull=True)
                | Q(state="graded", score__isnull=False, passed__isnull=False, submitted_at__isnull=False),
                name="quizzes_attempt_graded_has_score",
            ),
        ]

    def __str__(self):
        return f"{self.blueprint['title']} · {self.number}"

    @property
    def in_progress(self):
        return self.state == self.State.IN_PROGRESS


class Response(models.Model):
    """One saved answer to one question of an attempt. Changing one's mind adds a row; the last one counts."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="responses")
    item = models.PositiveSmallIntegerField(help_text=_("Place in the attempt's drawn questions, from 0."))
    answer = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["attempt", "item"], name="quizzes_response_latest")]

    def __str__(self):
        return f"{self.attempt_id} {self.item}"
