import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .edition import Edition
from .enrolment import Enrolment

LONGEST = 1000


class Feedback(models.Model):
    """What a learner says about a lesson, or how useful the course was; for whoever writes it, without a name."""

    class Kind(models.TextChoices):
        UNCLEAR = "unclear", _("unclear")
        WRONG = "wrong", _("wrong")
        RATING = "rating", _("how useful")

    class Useful(models.IntegerChoices):
        NOT = 1, _("Not useful")
        SOMEWHAT = 2, _("Somewhat useful")
        VERY = 3, _("Very useful")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="feedback")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="feedback", verbose_name=_("edition"))
    step_key = models.UUIDField(null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    useful = models.PositiveSmallIntegerField(_("how useful"), choices=Useful, null=True, blank=True)
    text = models.CharField(_("text"), max_length=LONGEST, blank=True)
    language = models.CharField(max_length=10)
    sent_at = models.DateTimeField(_("sent"))
    closed_at = models.DateTimeField(_("dealt with"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="feedback_closed"
    )

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="rating", useful__isnull=False, step_key__isnull=True)
                | (~Q(kind="rating") & Q(useful__isnull=True, step_key__isnull=False)),
                name="courses_feedback_lesson_or_rating",
            ),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(kind="rating"), name="courses_feedback_one_rating"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.uuid}"
