from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField


class Blank(TranslatableMixin, models.Model):
    """A place in lessons and guides that each company fills: its name, and what stands there until somebody does.

    The name is the same in all languages, since texts name it: `{{dispatch phone}}`.
    """

    name = models.CharField(
        _("name"),
        max_length=60,
        validators=[RegexValidator(r"^[^{}<>&]+$", _("A name has no braces and no < > &."))],
        help_text=_("Texts name it between double braces: {{dispatch phone}}."),
    )
    help = models.CharField(_("what to write there"), max_length=200)
    fallback = models.CharField(
        _("until somebody fills it"),
        max_length=200,
        help_text=_("Fits into the sentence: “the number on your badge”."),
    )

    override_translatable_fields = [SynchronizedField("name", overridable=False)]
    panels = [FieldPanel("name"), FieldPanel("help"), FieldPanel("fallback")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["name"]
        verbose_name = _("company blank")
        verbose_name_plural = _("company blanks")
        constraints = [models.UniqueConstraint(fields=["name", "locale"], name="content_blank_name_once")]

    def __str__(self):
        return self.name
