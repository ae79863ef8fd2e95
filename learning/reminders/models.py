import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.assignments.models import Assignment

# Longer than a batch takes even when the mail server answers each message at the last moment (EMAIL_TIMEOUT).
CLAIM_LASTS = datetime.timedelta(minutes=15)


class NoticeQuerySet(models.QuerySet):
    def waiting(self, at):
        """Planned by that instant, neither sent nor dropped, and claimed by nobody who is still at it."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=at - CLAIM_LASTS)
        return self.filter(free, sent_at__isnull=True, dropped_at__isnull=True, planned_at__lte=at)


class Notice(models.Model):
    """One message owed to one person: the row is the queue, Celery only says "look now".

    planned → claimed → sent, or → dropped with a reason (left, completed since). A claim that nobody finished is
    free again after a while; the Message-ID comes from `uuid`, so a repeat is recognisable as one.
    """

    class Stage(models.TextChoices):
        BEFORE_30 = "before_30", _("30 days before")
        DUE_DAY = "due_day", _("on the due day")

    class Channel(models.TextChoices):
        MAIL = "mail", _("mail")
        IN_APP = "in_app", _("on the page only")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # "One occasion, one notice": assignment and stage, in words, so that planning twice inserts once.
    occasion = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="notices")
    stage = models.CharField(max_length=20, choices=Stage)
    channel = models.CharField(max_length=10, choices=Channel)
    planned_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_because = models.CharField(max_length=40, blank=True)
    failures = models.PositiveIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["planned_at", "id"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True), name="reminders_notice_sent_or_dropped"
            ),
        ]
        indexes = [
            # The tick asks for what waits, and for nothing else.
            models.Index(
                fields=["planned_at"],
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
                name="reminders_notice_waiting",
            ),
        ]

    def __str__(self):
        return self.occasion
