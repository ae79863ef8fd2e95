from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .session import TrainingSession


class SessionChange(models.Model):
    """What somebody changed of an open session, and why. Not guarded: a lawful erasure takes names out of it.

    `before` and `after` hold the fields that differ, `{name: value}` as JSON can say them.
    """

    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=300)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="session_changes")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["session", "id"]
        verbose_name = _("change of a training session")
        verbose_name_plural = _("changes of training sessions")
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="records_sessionchange_has_reason"),
        ]

    def __str__(self):
        return f"{self.session_id} {self.changed_at}"
