from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.models.pages import SAME_SLUG
from content.page_forms import OneLanguageForm, boxes

from .. import blocks, checks
from ..found import Released
from ..panels import ReviewPanel

# Publishing is Wagtail's word for its live rows; people who learn read editions.
RELEASE_HELP = HelpPanel(template="courses/admin/release_help.html")


class CourseIndexPage(Page):
    intro = models.TextField(_("introduction"), blank=True)

    override_translatable_fields = [SAME_SLUG]
    parent_page_types = ["content.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1
    # Courses are listed as people see them; the first is for whoever begins.
    admin_default_ordering = "ord"
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("course index")

    # Its address is answered by courses/urls.py, from released editions.
    preview_modes = []


class CoursePage(Page):
    """What editors write. Learners read its released editions; its identity is `translation_key`."""

    area = models.ForeignKey(
        "content.CriteriaArea", models.PROTECT, related_name="courses", verbose_name=_("criteria area")
    )
    summary = models.CharField(_("summary"), max_length=255, help_text=_("What the learner can do afterwards."))
    about = models.TextField(_("what it is for"))
    takers = models.CharField(_("who takes it"), max_length=255, blank=True)
    topics = models.TextField(_("topics"), help_text=_("One on each line; they go on the training record."))
    criteria = ParentalManyToManyField("content.Criterion", related_name="courses", verbose_name=_("criteria"))
    objectives = ParentalManyToManyField(
        "content.Objective", blank=True, related_name="courses", verbose_name=_("objectives")
    )
    valid_months = models.PositiveSmallIntegerField(
        _("good for, months"), default=12, validators=[MinValueValidator(1)]
    )

    base_form_class = OneLanguageForm
    override_translatable_fields = [SAME_SLUG, SynchronizedField("criteria"), SynchronizedField("objectives")]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.LessonPage", "courses.QuizStepPage"]
    # Steps are listed as learners take them.
    admin_default_ordering = "ord"
    content_panels = [
        RELEASE_HELP,
        ReviewPanel(template="courses/admin/review_panel.html", heading=_("To review for your company")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("about"),
        FieldPanel("takers"),
        MultiFieldPanel(
            [FieldPanel("area"), boxes("criteria"), boxes("objectives"), FieldPanel("topics")],
            heading=_("What it covers"),
        ),
        FieldPanel("valid_months"),
    ]
    search_fields = [*Page.search_fields, Released("title", boost=2), Released("about")]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    @classmethod
    def get_search_fields(cls):
        # The plain one is the page's own title. Editors find it as they type; who learns finds what was released.
        return [field for field in super().get_search_fields() if type(field) is not index.SearchField]

    @property
    def topic_list(self):
        return [line.strip() for line in self.topics.splitlines() if line.strip()]

    def steps(self):
        """Lessons and quizzes in order, as live pages."""
        return list(self.get_children().live().specific())

    # Its address is answered by courses/urls.py, from the released edition.
    preview_modes = []


class LessonPage(Page):
    class Completion(models.TextChoices):
        SEEN = "seen", _("seen: the person says that it is read")
        TIME = "time", _("time: so many minutes with it")
        WATCHED = "watched", _("watched: nearly all of its videos and sounds")
        ANSWERED = "answered", _("answered: each of its check questions, right or not")

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5, validators=[MinValueValidator(1)])
    completion = models.CharField(_("done when"), max_length=10, choices=Completion, default=Completion.SEEN)
    least_minutes = models.PositiveSmallIntegerField(
        _("least minutes"), null=True, blank=True, help_text=_("For “time” only."), validators=[MinValueValidator(1)]
    )
    body = StreamField(blocks.LESSON, verbose_name=_("text"))
    objectives = ParentalManyToManyField(
        "content.Objective", blank=True, related_name="lessons", verbose_name=_("objectives")
    )
    criteria = ParentalManyToManyField(
        "content.Criterion", blank=True, related_name="lessons", verbose_name=_("criteria")
    )

    base_form_class = OneLanguageForm
    override_translatable_fields = [SAME_SLUG, SynchronizedField("objectives"), SynchronizedField("criteria")]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []
    content_panels = [
        RELEASE_HELP,
        *Page.content_panels,
        FieldPanel("minutes"),
        FieldRowPanel([FieldPanel("completion"), FieldPanel("least_minutes")]),
        FieldPanel("body"),
        MultiFieldPanel([boxes("objectives"), boxes("criteria")], heading=_("What it teaches")),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self):
        super().clean()
        if self.completion == self.Completion.TIME and not self.least_minutes:
            raise ValidationError({"least_minutes": _("Say how many minutes, or choose another rule.")})

    def serve(self, request, *args, **kwargs):
        return redirect("courses:step", self.get_parent().slug, self.slug)

    def serve_preview(self, request, mode_name):
        """The draft as a learner would see it; the only place where a lesson is not read from an edition."""
        # Imported here: it reads the models of its room.
        from content.blanks import fill_for

        language = self.locale.language_code
        blocks = fill_for(checks.preview(self.body), request.user, language, timezone.now())
        context = {"page": self, "blocks": blocks, "content_language": language}
        return render(request, "courses/lesson_preview.html", context)


class QuizStepPage(Page):
    quiz = models.ForeignKey("quizzes.Quiz", models.PROTECT, related_name="steps", verbose_name=_("quiz"))

    override_translatable_fields = [SAME_SLUG]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []
    content_panels = [RELEASE_HELP, *Page.content_panels, FieldPanel("quiz")]

    class Meta:
        verbose_name = _("quiz step")
        verbose_name_plural = _("quiz steps")

    preview_modes = []

    def serve(self, request, *args, **kwargs):
        return redirect("courses:step", self.get_parent().slug, self.slug)
