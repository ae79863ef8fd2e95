import uuid
import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..managers import FacilityQuerySet


def time_zones():
    """Names of zones that mean the same on every machine; "localtime" and "Factory" do not."""
    return sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})


def validate_time_zone(value):
    if value not in time_zones():
        raise ValidationError(_("%(zone)s is not a time zone; write one like America/Denver."), params={"zone": value})


class Company(models.Model):
    """A legal entity with its CTPAT account. One installation may hold several that share administrators."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)
    ctpat_account = models.CharField(_("CTPAT account"), max_length=40, blank=True)
    entity_types = models.JSONField(_("entity types"), default=list, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    # The last number T-0001, T-0002 … that somebody at the gate was given; of the oldest company, for all of them.
    temporary_numbers = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("company")
        verbose_name_plural = _("companies")

    def __str__(self):
        return self.name


class CompanyLogo(models.Model):
    """The picture on a company's papers, a PNG of `logos.drawn_again`. Beside the company, which is read often."""

    company = models.OneToOneField(Company, models.CASCADE, primary_key=True, related_name="logo")
    png = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    def __str__(self):
        return str(self.company_id)


class Employer(models.Model):
    """Who pays a person: the company itself, or an agency, contractor or carrier that works for it."""

    class Kind(models.TextChoices):
        OWN = "own", _("own company")
        AGENCY = "agency", _("agency")
        CONTRACTOR = "contractor", _("contractor")
        CARRIER = "carrier", _("carrier")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OWN)

    class Meta:
        ordering = ["name"]
        verbose_name = _("employer")
        verbose_name_plural = _("employers")

    def __str__(self):
        return self.name


class Facility(models.Model):
    """A place where people work. Its zone decides what "today" is for those who work there."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    company = models.ForeignKey(Company, models.PROTECT, related_name="facilities", verbose_name=_("company"))
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters: US, MX, CA."))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])

    objects = FacilityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")

    def __str__(self):
        return self.name


class Position(models.Model):
    """A job as HR names it, with the training roles (criteria.yaml, `roles`) that it carries."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120, unique=True)
    sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("Handles cargo or its papers, or controls access to sensitive areas or equipment."),
    )
    roles = models.JSONField(_("training roles"), default=list, blank=True)
    # Empty for a title that came with an import: nobody has said yet what it must be trained for.
    classified_at = models.DateTimeField(_("classified"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["title"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")

    def __str__(self):
        return self.title
