import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..audiences import rules


class Audience(models.Model):
    """A saved rule that selects people. The rule lives in versions: a change never rewrites what was."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")

    def __str__(self):
        return self.name

    def rule(self, at):
        """The rule in force at that instant, or None before the first version."""
        version = self.versions.filter(recorded_at__lte=at).order_by("-number").first()
        return version.rule if version else None


class AudienceVersion(models.Model):
    """What an audience meant from `recorded_at` until the next version. Guarded: never updated."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    rule = models.JSONField(validators=[rules.validate])
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="audience_versions"
    )

    class Meta:
        ordering = ["audience", "number"]
        constraints = [
            models.UniqueConstraint(fields=["audience", "number"], name="people_audienceversion_number_once"),
        ]

    def __str__(self):
        return f"{self.audience} {self.number}"
