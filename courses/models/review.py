import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class ReviewPoint(models.Model):
    """A statement of a course that the company should hold against its own rules; editors see it, learners never do.

    Ticking says that somebody has. A statement that comes anew from the starter files is open again.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course_key = models.UUIDField(_("course"))
    place = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("to review"), max_length=300)
    text_es = models.CharField(_("to review, in Spanish"), max_length=300, blank=True)
    ticked_at = models.DateTimeField(_("ticked"), null=True, blank=True)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="review_points_ticked"
    )

    class Meta:
        ordering = ["course_key", "place", "id"]
        verbose_name = _("point to review")
        verbose_name_plural = _("points to review")
        constraints = [
            models.CheckConstraint(
                condition=Q(ticked_at__isnull=True, ticked_by__isnull=True)
                | Q(ticked_at__isnull=False, ticked_by__isnull=False),
                name="courses_reviewpoint_ticked_by_somebody",
                violation_error_message=_("A point is ticked by somebody, at an instant."),
            ),
        ]

    def __str__(self):
        return self.wording

    @property
    def wording(self):
        """In the active language; in English where nobody has said it in that one."""
        return getattr(self, f"text_{get_language()}", "") or self.text
