"""Means of signing in beside the password, for people without a mailbox or without a phone."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .company import Facility


class Slip(models.Model):
    """A code, printed or mailed, with which one person sets a password or PIN, once. Only its hash is kept."""

    class Kind(models.TextChoices):
        """By what right it was issued: whose word it is that the right person holds it."""

        SUPERVISOR = "supervisor", _("slip from the supervisor")
        HR = "hr", _("slip from HR")
        ADMINISTRATOR = "administrator", _("slip from an administrator")
        COMMAND = "command", _("slip from the command line")
        MAIL = "mail", _("link by mail")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="slips_issued")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.HR)
    # Which means of sign-in it set: records made with these say where they came from (`signing_in/origin.py`).
    set_pin = models.BooleanField(default=False)
    set_password = models.BooleanField(default=False)
    # From then on the password is another one, which the person set by mail and nobody handed over.
    password_until = models.DateTimeField(null=True, blank=True)
    # HR hears by mail of every slip of a supervisor; the row is the queue.
    hr_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            # A new slip cancels the one before: a lost paper opens nothing.
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, cancelled_at__isnull=True),
                name="people_slip_one_open",
            ),
        ]
        indexes = [
            # What the sender looks for every minute.
            models.Index(
                fields=["issued_at"],
                condition=Q(kind="supervisor", hr_told_at__isnull=True),
                name="people_slip_hr_to_be_told",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.issued_at}"


class Pin(models.Model):
    """A short secret that works only at an enrolled kiosk."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pin")
    secret = models.CharField(max_length=128)
    set_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    # The address at which the next kiosk session of this person goes on.
    place = models.CharField(max_length=500, blank=True)
    # When a course was completed at a kiosk: the session that did it ends.
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return str(self.person_id)


class Kiosk(models.Model):
    """A shared device at one facility, known by a token in its cookie. Only the token's hash is kept."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="kiosks", verbose_name=_("facility"))
    name = models.CharField(_("name"), max_length=80, help_text=_("Where it stands: gate 2, drivers' room."))
    token_hash = models.CharField(max_length=64, unique=True)
    enrolled_at = models.DateTimeField(_("enrolled"))
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="kiosks_enrolled")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["facility", "name"]
        verbose_name = _("kiosk")
        verbose_name_plural = _("kiosks")

    def __str__(self):
        return f"{self.name} · {self.facility}"


class Invitation(models.Model):
    """One person is asked to sign in for the first time, by mail or by slip, from `send_at` on."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("mail")
        SLIP = "slip", _("slip")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations")
    channel = models.CharField(max_length=10, choices=Channel)
    send_at = models.DateTimeField()
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_made")
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-send_at"]
        constraints = [
            # Asked twice at the same moment, a person gets one invitation.
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True),
                name="people_invitation_one_waiting",
            ),
        ]
        # What the sender looks for every minute.
        indexes = [
            models.Index(
                fields=["send_at"],
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True),
                name="people_invitation_waiting",
            )
        ]

    def __str__(self):
        return f"{self.person_id} {self.send_at}"
