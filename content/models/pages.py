from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from .. import blocks, shown, slots
from ..page_forms import OneLanguageForm, boxes

GUIDES_PER_PAGE = 24
# The same address in every language, but for the prefix.
SAME_SLUG = SynchronizedField("slug", overridable=False)


def language_of(page):
    """For pages whose words may be in another language than the interface around them."""
    language = page.locale.language_code
    return {"content_language": language, "content_language_differs": language != get_language()}


def original_of(page):
    """The page in the language that all is written in first; None for that one itself."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return None
    pages = type(page).objects.filter(translation_key=page.translation_key)
    return pages.filter(locale__language_code=settings.LANGUAGE_CODE).first()


class OriginalsBelow:
    """A page under which one also finds, in its own words, what nobody has translated into its language."""

    def route(self, request, path_components):
        try:
            return super().route(request, path_components)
        except Http404:
            if not (original := original_of(self)):
                raise
            return original.route(request, path_components)


class HomePage(OriginalsBelow, Page):
    """The door for those who are not signed in; everybody else goes on to their own training."""

    intro = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    promote_panels = []

    class Meta:
        verbose_name = _("home page")

    def serve(self, request, *args, **kwargs):
        if request.user.is_authenticated and not getattr(request, "is_preview", False):
            return redirect(settings.SIGNED_IN_HOME)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | language_of(self)


class GuideIndexPage(OriginalsBelow, Page):
    intro = models.TextField(_("introduction"), blank=True)

    override_translatable_fields = [SAME_SLUG]
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.GuidePage"]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    # The menu leads to /guides/: its address is not for editing.
    promote_panels = []

    class Meta:
        verbose_name = _("guide index")

    def get_context(self, request, *args, **kwargs):
        guides = self._guides().defer("body").order_by("title", "pk")
        page_of_guides = Paginator(guides, GUIDES_PER_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | language_of(self) | {"guides": page_of_guides}

    def _guides(self):
        # Imported here: it reads the models of this room.
        from ..guides import open_guides

        guides = open_guides()
        if not (original := original_of(self)):
            return guides.child_of(self)
        said = GuidePage.objects.child_of(self).live().filter(translation_key=OuterRef("translation_key"))
        return guides.filter(guides.child_of_q(self) | guides.child_of_q(original) & ~Exists(said))


class GuidePage(Page):
    """A best-practice guide. Drafts, schedule, preview and history are Wagtail's own."""

    summary = models.CharField(_("summary"), max_length=255)
    body = StreamField(blocks.GUIDE, verbose_name=_("text"))
    author = models.CharField(_("author"), max_length=120, blank=True)
    criteria = ParentalManyToManyField(
        "content.Criterion", blank=True, related_name="guides", verbose_name=_("criteria")
    )
    reviewed_on = models.DateField(
        _("last reviewed on"), null=True, blank=True, help_text=_("When somebody last held it against how it is done.")
    )
    review_by = models.DateField(_("review by"), null=True, blank=True)

    base_form_class = OneLanguageForm
    override_translatable_fields = [SAME_SLUG, SynchronizedField("author"), SynchronizedField("criteria")]
    parent_page_types = ["content.GuideIndexPage"]
    subpage_types = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("author"), FieldPanel("reviewed_on"), FieldPanel("review_by"), boxes("criteria")],
            heading=_("About"),
        ),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    @property
    def address(self):
        """In the language of whoever reads, even where the guide itself is in another one."""
        return reverse("wagtail_serve", args=[self.url_path.split("/", 2)[2]])

    def get_context(self, request, *args, **kwargs):
        # Imported here: it reads the models of this room.
        from ..blanks import fill_for

        language = self.locale.language_code
        # What pictures show is told in the language of the words around them.
        with override(language):
            rows = shown.rows(self.body)
        rows = fill_for(rows, request.user, language, timezone.now())
        rows, contents = shown.with_contents(rows)
        criteria = sorted(self.criteria.all(), key=lambda criterion: criterion.position)
        numbers = [criterion.number for criterion in criteria]
        courses = slots.fill("guide_courses", criteria=numbers, language=get_language())
        return (
            super().get_context(request, *args, **kwargs)
            | language_of(self)
            | {
                "blocks": rows,
                "contents": contents,
                "minutes": shown.reading_minutes(rows),
                "criteria": numbers,
                "areas": sorted({int(number.split(".")[0]) for number in numbers}),
                "courses": [course for answer in courses for course in answer],
                "revised": self.last_published_at,
            }
        )
