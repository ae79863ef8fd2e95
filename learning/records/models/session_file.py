import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .session import TrainingSession


class SessionFileQuerySet(models.QuerySet):
    def described(self):
        """Without the content, which lists do not need."""
        return self.defer("content")


class SessionFile(models.Model):
    """The photo or scan of a signed sheet, or what was shown: in the database, as it must be where the session is.

    `sha256` is over `content`; a picture is written anew by us before it is kept, and `sent_sha256` is over the file
    as it was sent. Guarded: never changed; one attached by mistake is taken away while the session is open.
    """

    class Kind(models.TextChoices):
        SHEET = "sheet", _("signed sheet")
        MATERIAL = "material", _("what was shown")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=Kind)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sent_sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="session_files")
    attached_at = models.DateTimeField()

    objects = SessionFileQuerySet.as_manager()

    class Meta:
        ordering = ["session", "id"]
        verbose_name = _("file of a training session")
        verbose_name_plural = _("files of training sessions")
        constraints = [
            # Sent twice, a file is there once.
            models.UniqueConstraint(fields=["session", "kind", "sent_sha256"], name="records_sessionfile_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.sha256}"

    @property
    def extension(self):
        return {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}[self.media_type]
