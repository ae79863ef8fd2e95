from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ExtraTimeQuerySet(models.QuerySet):
    def running(self):
        return self.filter(ended_at__isnull=True)


class ExtraTime(models.Model):
    """A person gets so many percent more time, in every quiz with a limit, from the next attempt on until it ends.

    Another percentage is another row: why a deadline was when it was can be explained years later.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="extra_times", verbose_name=_("person")
    )
    percent = models.PositiveSmallIntegerField(
        _("extra time, percent"), help_text=_("50 makes 30 minutes out of 20. From the next attempt on.")
    )
    reason = models.CharField(
        _("reason"), max_length=200, help_text=_("What was agreed, and with whom. No diagnosis: others read it.")
    )
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True, default="")

    objects = ExtraTimeQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]
        verbose_name = _("extra time")
        verbose_name_plural = _("extra time")
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=300),
                name="quizzes_extratime_percent",
                violation_error_message=_("Extra time is 1 to 300 percent."),
            ),
            # Which of two would a deadline go by?
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="quizzes_extratime_one_running"
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.percent}"
