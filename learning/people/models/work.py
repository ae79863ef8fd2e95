import datetime
import uuid
import zoneinfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..managers import DatedManager, DatedQuerySet
from .company import Company, Employer, Facility, Position
from .person import Person


class Remembered(models.Model):
    """A dated row that remembers what it said: `actions` leave a copy of it behind with each change.

    `objects` finds what we know now, `ever` also what we knew before: copies, which name the row that they are
    a `version_of`, and rows that were taken back without another in their place.
    """

    version_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DatedManager()
    ever = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def until(self):
        """The last day that counts, which is what people write and read."""
        return self.ends_on and self.ends_on - datetime.timedelta(days=1)

    until.fget.short_description = _("until")


class Employment(Remembered):
    """One stretch of work for one employer, in local dates; a rehire is a second row."""

    class Kind(models.TextChoices):
        EMPLOYEE = "employee", _("employee")
        TEMPORARY = "temporary", _("temporary")
        CONTRACTOR = "contractor", _("contractor")
        PARTNER = "partner", _("partner")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="employments", verbose_name=_("person"))
    company = models.ForeignKey(Company, models.PROTECT, related_name="employments", verbose_name=_("company"))
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="employments", verbose_name=_("employer"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.EMPLOYEE)
    manager = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("manager")
    )
    starts_on = models.DateField(_("hired on"))
    ends_on = models.DateField(_("left on"), null=True, blank=True, help_text=_("The first day that no longer counts."))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        ordering = ["starts_on"]
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="people_employment_ends_after_start",
                violation_error_message=_("An employment ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(manager__isnull=True) | ~Q(manager=F("person")),
                name="people_employment_not_own_manager",
                violation_error_message=_("Nobody is their own manager."),
            ),
            models.UniqueConstraint(
                fields=["person", "employer"],
                condition=Q(ends_on__isnull=True, superseded_at__isnull=True),
                name="people_employment_one_open",
                violation_error_message=_("This person works for this employer already."),
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.employer} · {self.starts_on}"


class PositionHeld(Remembered):
    """Which position a person held where, in local dates of the facility; several at once are allowed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="positions_held", verbose_name=_("person"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="held", verbose_name=_("position"))
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="held", verbose_name=_("facility"))
    company = models.ForeignKey(Company, models.PROTECT, related_name="held", verbose_name=_("company"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The first day that no longer counts."))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        ordering = ["starts_on", "id"]
        verbose_name = _("position held")
        verbose_name_plural = _("positions held")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="people_positionheld_ends_after_start",
                violation_error_message=_("A position ends after it starts."),
            ),
        ]
        # "Who held which position where on 3 March", asked for one audience.
        indexes = [models.Index(fields=["position", "facility", "starts_on"], name="people_held_where_when")]

    def __str__(self):
        return f"{self.person} · {self.position} · {self.facility} · {self.starts_on}"

    @property
    def zone(self):
        """The zone in which this person's days begin and end."""
        return zoneinfo.ZoneInfo(self.person.time_zone or self.facility.time_zone)


class LeavePeriod(Remembered):
    """A stretch in which a person is employed but away: parental leave, illness, secondment. Local dates, half-open."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="leave_periods", verbose_name=_("person"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The first day that no longer counts."))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        ordering = ["starts_on"]
        verbose_name = _("leave")
        verbose_name_plural = _("leave periods")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="people_leaveperiod_ends_after_start",
                violation_error_message=_("A leave ends after it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.starts_on}"
