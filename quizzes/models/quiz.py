from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail.snippets.blocks import SnippetChooserBlock


class DrawBlock(blocks.StructBlock):
    """So many questions, by chance, from one bank."""

    bank = SnippetChooserBlock("quizzes.Bank", label=_("Bank"))
    count = blocks.IntegerBlock(min_value=1, max_value=50, label=_("How many questions"))


class Quiz(TranslatableMixin, models.Model):
    """What is asked and what counts as passed. Its identity in every language is `translation_key`."""

    title = models.CharField(_("title"), max_length=160)
    intro = models.TextField(_("introduction"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    draws = StreamField([("draw", DrawBlock(icon="list-ol"))], verbose_name=_("questions drawn"), min_num=1)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, percent"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=3, validators=[MinValueValidator(1)]
    )
    shuffle = models.BooleanField(_("shuffle questions and answers"), default=True)
    pass_message = models.TextField(_("message after a pass"), blank=True)
    fail_message = models.TextField(_("message after a fail"), blank=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("intro"),
        FieldPanel("minutes"),
        FieldPanel("draws"),
        MultiFieldPanel(
            [FieldPanel("pass_mark"), FieldPanel("attempts_allowed"), FieldPanel("shuffle")], heading=_("Rules")
        ),
        MultiFieldPanel([FieldPanel("pass_message"), FieldPanel("fail_message")], heading=_("Messages")),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["title"]
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        banks = [draw.value["bank"] for draw in self.draws]
        if len(set(banks)) < len(banks):
            raise ValidationError(
                {"draws": _("A bank stands here twice. Name it once, with the sum of the questions.")}
            )
