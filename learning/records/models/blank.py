from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.people.models import Company, Facility


class BlankValueQuerySet(models.QuerySet):
    def at(self, company, facility):
        """Values of a company (uuid) and of one of its facilities (uuid); either may be None."""
        return self.filter(Q(company__uuid=company) | Q(facility__uuid=facility))


class BlankValue(models.Model):
    """What one company, or one facility, says in a company blank (`content.Blank`) in one language.

    Not evidence: it changes when the telephone number does. What a person was shown stands on the record.
    """

    name = models.CharField(_("blank"), max_length=60)
    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="blank_values")
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, blank=True, related_name="blank_values")
    language = models.CharField(_("language"), max_length=10)
    text = models.CharField(_("text"), max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="blank_values")
    changed_at = models.DateTimeField()

    objects = BlankValueQuerySet.as_manager()

    class Meta:
        ordering = ["name", "language"]
        verbose_name = _("value of a company blank")
        verbose_name_plural = _("values of company blanks")
        constraints = [
            models.CheckConstraint(
                condition=Q(company__isnull=True) ^ Q(facility__isnull=True),
                name="records_blankvalue_one_place",
                violation_error_message=_("A blank is filled for a company or for a facility."),
            ),
            models.UniqueConstraint(fields=["name", "company", "language"], name="records_blankvalue_company_once"),
            models.UniqueConstraint(fields=["name", "facility", "language"], name="records_blankvalue_facility_once"),
        ]

    def __str__(self):
        return f"{self.name}: {self.text}"
