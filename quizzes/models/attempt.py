import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .querysets import AttemptQuerySet


def _seconds(number):
    return datetime.timedelta(seconds=number)


class Attempt(models.Model):
    """One try of one person at one quiz. Everything drawn is pinned at the start.

    `blueprint` holds the rules as they were; `drawn` the questions in order, each with what its kind arranged:
    `[{"version": uuid, "must_pass": true, "options": [id]}]`. `points` are whole, or in hundredths where parts of one
    are given. `shortfalls` says what beside the score is missing (see `grading.shortfalls`). `context` is the caller's
    and never looked into: limits count within it.

    In progress → submitted, or expired at the deadline → graded, at once unless a person must mark something.
    Voided is the end of any of them.
    """

    class State(models.TextChoices):
        IN_PROGRESS = "in_progress", _("in progress")
        SUBMITTED = "submitted", _("handed in")
        EXPIRED = "expired", _("out of time")
        GRADED = "graded", _("graded")
        VOIDED = "voided", _("voided")

    WAITING = (State.SUBMITTED, State.EXPIRED)

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
    deadline = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    max_points = models.PositiveIntegerField()
    score = models.DecimalField(_("score, percent"), max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    shortfalls = models.JSONField(default=list, blank=True)
    attribution = models.CharField(max_length=20, blank=True, default="")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.TextField(blank=True, default="")
    tab = models.UUIDField(
        null=True, blank=True, editable=False, help_text=_("The window that writes; null while none has claimed it.")
    )

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
                | Q(state__in=["submitted", "expired"], score__isnull=True, submitted_at__isnull=False)
                | Q(state="graded", score__isnull=False, passed__isnull=False, submitted_at__isnull=False)
                | Q(state="voided", voided_at__isnull=False),
                name="quizzes_attempt_graded_has_score",
            ),
            models.CheckConstraint(
                condition=~Q(state="voided") | ~Q(void_reason=""), name="quizzes_attempt_voided_has_reason"
            ),
        ]
        indexes = [
            # What the sweep looks for every minute.
            models.Index(fields=["deadline"], condition=Q(state="in_progress"), name="quizzes_attempt_deadline"),
            # The marking page, oldest first.
            models.Index(
                fields=["submitted_at"],
                condition=Q(state__in=["submitted", "expired"]),
                name="quizzes_attempt_to_mark",
            ),
        ]

    def __str__(self):
        return f"{self.blueprint['title']} · {self.number}"

    @property
    def in_progress(self):
        return self.state == self.State.IN_PROGRESS

    @property
    def graded(self):
        return self.state == self.State.GRADED

    @property
    def voided(self):
        return self.state == self.State.VOIDED

    @property
    def waits_for_marks(self):
        return self.state in self.WAITING

    @property
    def ran_out(self):
        """Whether it was time that ended it, by the sweep or by the clock on the page."""
        return bool(self.deadline and self.submitted_at and self.submitted_at >= self.deadline)

    def is_over(self, at):
        """Whether time and grace have passed at that instant, by the server's clock."""
        return self.deadline is not None and at > self.deadline + _seconds(self.blueprint.get("grace", 0))


class Response(models.Model):
    """One saved answer to one question of an attempt. Changing one's mind adds a row; the last one counts.

    A null answer takes back what was answered before. A final one was checked: it was told what is right, so it counts
    whatever comes after. `save_id` is the sender's name for this save; sent again, it is the same row. `step` numbers
    the parts of an answer that grows: each is given once.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="responses")
    item = models.PositiveSmallIntegerField(help_text=_("Place in the attempt's drawn questions, from 0."))
    answer = models.JSONField(null=True)
    saved_at = models.DateTimeField()
    save_id = models.UUIDField(null=True, blank=True, editable=False)
    final = models.BooleanField(default=False)
    # As the page says, so it is only told and never counted with.
    waited = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Seconds that it waited for the line, as the page says.")
    )
    step = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            # A save that is sent again, since its answer was lost on the way, finds its row.
            models.UniqueConstraint(fields=["attempt", "save_id"], name="quizzes_response_save_once"),
            # Nobody answers again after being told what is right.
            models.UniqueConstraint(
                fields=["attempt", "item"], condition=Q(final=True), name="quizzes_response_final_once"
            ),
            # Of two windows that choose at once how a story goes on, one is first.
            models.UniqueConstraint(
                fields=["attempt", "item", "step"],
                condition=Q(step__isnull=False),
                name="quizzes_response_step_once",
            ),
        ]
        indexes = [models.Index(fields=["attempt", "item"], name="quizzes_response_latest")]

    def __str__(self):
        return f"{self.attempt_id} {self.item}"


class RefusedSave(models.Model):
    """An answer that came and was not kept: what people remember as "I did answer that"."""

    class Why(models.TextChoices):
        ELSEWHERE = "elsewhere", _("a newer window had taken over")
        LATE = "late", _("time was up")
        CLOSED = "closed", _("it was handed in already")
        CHECKED = "checked", _("the answer was checked already")

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="refused_saves")
    item = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Null for a page with all questions."))
    why = models.CharField(max_length=20, choices=Why)
    refused_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.attempt_id} {self.why}"
