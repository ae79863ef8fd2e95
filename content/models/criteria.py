from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField


class CriteriaArea(TranslatableMixin, models.Model):
    """One of the twelve areas; its number is the same in every language."""

    class FocusArea(models.TextChoices):
        CORPORATE = "corporate_security", _("Corporate security")
        TRANSPORTATION = "transportation_security", _("Transportation security")
        PEOPLE_PHYSICAL = "people_and_physical_security", _("People and physical security")

    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("purpose"), blank=True)
    focus_area = models.CharField(_("focus area"), max_length=40, choices=FocusArea)

    override_translatable_fields = [SynchronizedField("number", overridable=False)]
    panels = [FieldPanel("number"), FieldPanel("title"), FieldPanel("purpose"), FieldPanel("focus_area")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["number"]
        verbose_name = _("criteria area")
        verbose_name_plural = _("criteria areas")
        constraints = [models.UniqueConstraint(fields=["number", "locale"], name="content_criteriaarea_number_once")]

    def __str__(self):
        return f"{self.number}. {self.title}"


class Criterion(index.Indexed, TranslatableMixin, models.Model):
    """One criterion, in our own words. Its id is a string: 4.1 and 4.10 differ."""

    class Level(models.TextChoices):
        MUST = "must", _("must")
        SHOULD = "should", _("should")

    number = models.CharField(_("criterion"), max_length=10)
    area = models.ForeignKey(CriteriaArea, models.PROTECT, related_name="criteria", verbose_name=_("area"))
    level = models.CharField(_("level"), max_length=10, choices=Level)
    summary = models.TextField(_("summary"))
    entity_types = models.JSONField(_("applies to"), default=list, blank=True)
    topics = models.JSONField(_("training topics"), default=list, blank=True)
    roles = models.JSONField(_("roles to train"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    override_translatable_fields = [SynchronizedField("number", overridable=False)]
    panels = [FieldPanel(name) for name in ("number", "area", "level", "summary", "entity_types", "topics", "roles")]
    search_fields = [
        index.SearchField("number"),
        index.AutocompleteField("number"),
        index.SearchField("summary"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["position"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [models.UniqueConstraint(fields=["number", "locale"], name="content_criterion_number_once")]

    def __str__(self):
        return f"{self.number} · {self.summary}"


class Objective(TranslatableMixin, models.Model):
    """What a learner can do afterwards; questions are tied to it."""

    code = models.SlugField(_("code"), max_length=80)
    text = models.CharField(_("the learner can …"), max_length=300)
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="objectives", verbose_name=_("criterion"))

    override_translatable_fields = [SynchronizedField("code", overridable=False)]
    panels = [FieldPanel("code"), FieldPanel("text"), FieldPanel("criterion")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["criterion__position", "code"]
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        constraints = [models.UniqueConstraint(fields=["code", "locale"], name="content_objective_code_once")]

    def __str__(self):
        return self.text
