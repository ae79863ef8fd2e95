from django.conf import settings
from django.db import models
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from .. import blocks


class HomePage(Page):
    """The door for those who are not signed in; everybody else goes on to their own training."""

    intro = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("home page")

    def serve(self, request, *args, **kwargs):
        if request.user.is_authenticated and not getattr(request, "is_preview", False):
            return redirect(settings.SIGNED_IN_HOME)
        return super().serve(request, *args, **kwargs)


class GuideIndexPage(Page):
    intro = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.GuidePage"]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("guide index")

    def get_context(self, request, *args, **kwargs):
        guides = GuidePage.objects.child_of(self).live().prefetch_related("criteria").order_by("title")
        return super().get_context(request, *args, **kwargs) | {"guides": guides}


class GuidePage(Page):
    """A best-practice guide. Drafts, schedule, preview and history are Wagtail's own."""

    summary = models.CharField(_("summary"), max_length=255)
    body = StreamField(blocks.GUIDE, verbose_name=_("text"))
    author = models.CharField(_("author"), max_length=120, blank=True)
    criteria = ParentalManyToManyField(
        "content.Criterion", blank=True, related_name="guides", verbose_name=_("criteria")
    )
    review_by = models.DateField(_("review by"), null=True, blank=True)

    parent_page_types = ["content.GuideIndexPage"]
    subpage_types = []
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    promote_panels = [
        MultiFieldPanel([FieldPanel("author"), FieldPanel("review_by"), FieldPanel("criteria")], heading=_("About")),
        *Page.promote_panels,
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"criteria": self.criteria.all()}
