from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail.snippets.blocks import SnippetChooserBlock

from ..kinds import KINDS

KIND_CHOICES = [(name, kind.label) for name, kind in KINDS.items()]


class DrawBlock(blocks.StructBlock):
    """So many questions, by chance, from one bank and the banks below it."""

    bank = SnippetChooserBlock("quizzes.Bank", label=_("Bank"))
    count = blocks.IntegerBlock(min_value=1, max_value=50, label=_("How many questions"))
    objective = SnippetChooserBlock(
        "content.Objective", required=False, label=_("Only of this objective"), help_text=_("Empty means any.")
    )
    kind = blocks.ChoiceBlock(choices=KIND_CHOICES, required=False, label=_("At least some of this kind"))
    of_kind = blocks.IntegerBlock(min_value=1, max_value=50, required=False, label=_("How many of that kind"))
    unseen_first = blocks.BooleanBlock(required=False, label=_("First those that the person has not been asked yet"))
    by_key_only = blocks.BooleanBlock(
        required=False,
        label=_("None that a person marks"),
        help_text=_("Leaves out long answers and observed skills, unless they are the kind named above."),
    )

    def clean(self, value):
        value = super().clean(value)
        if bool(value["kind"]) != bool(value["of_kind"]):
            raise blocks.StructBlockValidationError(
                block_errors={"of_kind": ValidationError(_("Say both the kind and how many of it, or neither."))}
            )
        if value["of_kind"] and value["of_kind"] > value["count"]:
            raise blocks.StructBlockValidationError(
                block_errors={"of_kind": ValidationError(_("That is more than are drawn."))}
            )
        return value


class FixedBlock(blocks.StructBlock):
    """One question that everybody is asked."""

    question = SnippetChooserBlock("quizzes.Question", label=_("Question"))
    must_pass = blocks.BooleanBlock(
        required=False, label=_("Must be right"), help_text=_("Wrong here means not passed, whatever the score.")
    )


class MinimumBlock(blocks.StructBlock):
    objective = SnippetChooserBlock("content.Objective", label=_("Objective"))
    percent = blocks.IntegerBlock(min_value=1, max_value=100, label=_("Percent of its points"))


class Quiz(TranslatableMixin, models.Model):
    """What is asked and what counts as passed. Its identity in every language is `translation_key`."""

    class Counts(models.TextChoices):
        BEST = "best", _("the best attempt")
        LAST = "last", _("the last attempt")
        FIRST = "first", _("the first attempt")

    class Feedback(models.TextChoices):
        EACH = "each", _("after each question")
        SUBMIT = "submit", _("after handing in")
        PASS = "pass", _("after passing")

    class Layout(models.TextChoices):
        ONE = "one", _("one question on a page")
        ALL = "all", _("all questions on one page")

    title = models.CharField(_("title"), max_length=160)
    intro = models.TextField(_("introduction"), blank=True, help_text=_("Shown before the first question."))
    minutes = models.PositiveSmallIntegerField(
        _("minutes that it takes"), default=5, help_text=_("People are told before they begin. It is no limit.")
    )
    draws = StreamField(
        [("draw", DrawBlock(icon="list-ol", label=_("Drawn"))), ("fixed", FixedBlock(icon="pick", label=_("Fixed")))],
        verbose_name=_("questions"),
        help_text=_("Press +. “Drawn” takes some by chance from a bank; “Fixed” is one that everybody is asked."),
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, percent"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    minimums = StreamField(
        [("minimum", MinimumBlock(icon="warning"))],
        verbose_name=_("least for an objective"),
        blank=True,
        default=list,
        help_text=_("Beside the pass mark: so much of what was asked about an objective must be right."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("After the last one somebody has to talk to the person, and HR opens the course again."),
    )
    wait_minutes = models.PositiveIntegerField(
        _("wait between attempts, minutes"), default=0, validators=[MaxValueValidator(60 * 24 * 30)]
    )
    counts = models.CharField(_("what counts"), max_length=10, choices=Counts, default=Counts.BEST)
    time_limit = models.PositiveSmallIntegerField(
        _("time limit, minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("Empty means no limit. A person may be given extra time."),
    )
    grace = models.PositiveSmallIntegerField(
        _("grace, seconds"),
        default=30,
        validators=[MaxValueValidator(600)],
        help_text=_("Answers that arrive so late still count: the line may have been slow."),
    )
    shuffle = models.BooleanField(_("shuffle the questions"), default=True)
    shuffle_answers = models.BooleanField(_("shuffle the answers"), default=True)
    feedback = models.CharField(_("right answers are shown"), max_length=10, choices=Feedback, default=Feedback.SUBMIT)
    layout = models.CharField(_("pages"), max_length=10, choices=Layout, default=Layout.ONE)
    pass_message = models.TextField(_("message after a pass"), blank=True)
    fail_message = models.TextField(_("message after a fail"), blank=True)
    last_fail_message = models.TextField(
        _("message after the last fail"),
        blank=True,
        help_text=_("Whom to talk to, for instance. Empty means: “Talk to your supervisor.”"),
    )

    panels = [
        HelpPanel(
            _(
                "Learners meet a quiz in a course: add a quiz step to the course, choose this quiz there, and release "
                "the course. A change here reaches them with its next release."
            )
        ),
        FieldPanel("title"),
        FieldPanel("intro"),
        FieldPanel("minutes"),
        FieldPanel("draws"),
        MultiFieldPanel(
            [
                FieldPanel("pass_mark"),
                FieldPanel("minimums"),
                FieldPanel("attempts_allowed"),
                FieldPanel("wait_minutes"),
                FieldPanel("counts"),
            ],
            heading=_("What passes"),
        ),
        MultiFieldPanel([FieldPanel("time_limit"), FieldPanel("grace")], heading=_("Time")),
        MultiFieldPanel(
            [FieldPanel("layout"), FieldPanel("shuffle"), FieldPanel("shuffle_answers"), FieldPanel("feedback")],
            heading=_("How it is asked"),
        ),
        MultiFieldPanel(
            [FieldPanel("pass_message"), FieldPanel("fail_message"), FieldPanel("last_fail_message")],
            heading=_("Messages"),
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["title"]
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        for name, block, sentence in (
            ("draws", "fixed", _("A question stands here twice.")),
            ("minimums", "minimum", _("An objective stands here twice.")),
        ):
            child = "question" if block == "fixed" else "objective"
            chosen = [row.value[child] for row in getattr(self, name) if row.block_type == block]
            if len(set(chosen)) < len(chosen):
                raise ValidationError({name: sentence})
