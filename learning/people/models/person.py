import datetime
import uuid
import zoneinfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ..managers import DatedQuerySet, PersonManager
from .company import Company, Employer, Facility, Position, validate_time_zone


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who must be trained, known by a staff number; the account that signs in is the same row.

    Never deleted: records point here. A merged account keeps its rows and names its successor in `merged_into`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("staff number"), max_length=40, unique=True)
    first_name = models.CharField(_("first name"), max_length=120)
    last_name = models.CharField(_("last name"), max_length=120, blank=True)
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    badge = models.CharField(_("badge"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Empty means the zone of the facility."),
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")

    objects = PersonManager()

    USERNAME_FIELD = "number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name"]

    class Meta:
        ordering = ["last_name", "first_name", "number"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            # Sign-in ignores case: of two numbers that differ only in it neither could sign in.
            models.UniqueConstraint(
                Lower("number"),
                name="people_person_number_once",
                violation_error_message=_("Somebody else has this staff number."),
            ),
            # Mail signs in: two people behind one address would each be the other.
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="people_person_email_once",
                violation_error_message=_("Somebody else has this email address."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="people_person_not_merged_into_self",
                violation_error_message=_("A person cannot be merged into the same person."),
            ),
        ]

    def __str__(self):
        return f"{self.get_full_name()} · {self.number}"

    def get_full_name(self):
        return f"{self.first_name} {self.last_name}".strip()

    get_full_name.short_description = _("name")
    get_full_name.admin_order_field = "last_name"

    def get_short_name(self):
        return self.first_name

    @property
    def initials(self):
        return "".join(part[0] for part in (self.first_name, self.last_name) if part).upper()

    @property
    def works_in_admin(self):
        """Whether a group of theirs opens the admin; one query, as every page asks."""
        return self.is_superuser or self.groups.filter(permissions__codename="access_admin").exists()


class Employment(models.Model):
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

    objects = DatedQuerySet.as_manager()

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
        ]

    def __str__(self):
        return f"{self.person} · {self.employer} · {self.starts_on}"

    @property
    def until(self):
        """The last day that counts, which is what people write and read."""
        return self.ends_on and self.ends_on - datetime.timedelta(days=1)

    until.fget.short_description = _("until")


class PositionHeld(models.Model):
    """Which position a person held where, in local dates of the facility; several at once are allowed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="positions_held", verbose_name=_("person"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="held", verbose_name=_("position"))
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="held", verbose_name=_("facility"))
    company = models.ForeignKey(Company, models.PROTECT, related_name="held", verbose_name=_("company"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The first day that no longer counts."))
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = DatedQuerySet.as_manager()

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
    def until(self):
        """The last day that counts, which is what people write and read."""
        return self.ends_on and self.ends_on - datetime.timedelta(days=1)

    until.fget.short_description = _("until")

    @property
    def zone(self):
        """The zone in which this person's days begin and end."""
        return zoneinfo.ZoneInfo(self.person.time_zone or self.facility.time_zone)
