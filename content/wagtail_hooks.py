from django.contrib.admin.utils import quote
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page, TranslatableMixin
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail_localize import wagtail_hooks as localize

from .deleting import why_not, why_page_stays
from .models import Blank, CriteriaArea, Criterion, Objective


class CriteriaAreaFilterSet(WagtailFilterSet):
    class Meta:
        model = CriteriaArea
        fields = ["focus_area"]


class CriteriaAreaViewSet(SnippetViewSet):
    model = CriteriaArea
    icon = "folder-open-inverse"
    menu_label = _("Areas")
    list_display = ["title", "number", "focus_area"]
    ordering = ["number"]
    search_fields = ["title", "purpose"]
    filterset_class = CriteriaAreaFilterSet
    copy_view_enabled = False


class CriterionFilterSet(WagtailFilterSet):
    class Meta:
        model = Criterion
        fields = ["area", "level"]


class CriterionViewSet(SnippetViewSet):
    model = Criterion
    icon = "list-ul"
    menu_label = _("Criteria")
    list_display = ["number", "summary", "area", "level"]
    ordering = ["position"]
    list_per_page = 50
    # By letters, not by the search index: "6.1" is what people type.
    search_backend_name = None
    search_fields = ["number", "summary"]
    filterset_class = CriterionFilterSet
    copy_view_enabled = False

    def get_queryset(self, request):
        return Criterion.objects.select_related("area")


class ObjectiveFilterSet(WagtailFilterSet):
    class Meta:
        model = Objective
        fields = ["criterion__area"]


class ObjectiveViewSet(SnippetViewSet):
    model = Objective
    icon = "pick"
    menu_label = _("Objectives")
    list_display = ["text", "code", "criterion"]
    search_fields = ["text", "code"]
    filterset_class = ObjectiveFilterSet
    copy_view_enabled = False

    def get_queryset(self, request):
        return Objective.objects.select_related("criterion")


class CriteriaGroup(SnippetViewSetGroup):
    items = (CriterionViewSet, CriteriaAreaViewSet, ObjectiveViewSet)
    menu_label = _("Criteria")
    menu_icon = "list-ul"
    menu_order = 310


class BlankViewSet(SnippetViewSet):
    model = Blank
    icon = "placeholder"
    menu_label = _("Company blanks")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "help", "fallback"]
    search_backend_name = None
    search_fields = ["name", "help"]
    copy_view_enabled = False


register_snippet(CriteriaGroup)
register_snippet(BlankViewSet)


@hooks.register("register_help_menu_item")
def register_help():
    return MenuItem(_("Help with Gatehouse"), reverse("content:help"), icon_name="help", order=100)


# wagtail-localize asks the database about each row of a listing, three times.
hooks._hooks["register_snippet_listing_buttons"].remove((localize.register_snippet_listing_buttons, 0))


@hooks.register("register_snippet_listing_buttons")
def offer_translation(snippet, user, next_url=None):
    """Where it leads says which languages are left, or that none is."""
    meta = snippet._meta
    if isinstance(snippet, TranslatableMixin) and user.has_perm("wagtail_localize.submit_translation"):
        there = reverse(
            "wagtail_localize:submit_snippet_translation", args=[meta.app_label, meta.model_name, quote(snippet.pk)]
        )
        yield Button(_("Translate"), there, icon_name="wagtail-localize-language", priority=100)


@hooks.register("construct_reports_menu")
def show_translations_to_translators(request, menu_items):
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        menu_items[:] = [item for item in menu_items if item.name != "translations"]


@hooks.register("before_delete_snippet")
def keep_what_is_used(request, instances):
    """For one and for many: say why not, before Wagtail asks whether one is sure."""
    if reason := why_not(list(instances)):
        messages.error(request, reason)
        return redirect(instances[0].snippet_viewset.get_url_name("list"))


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_what_the_menu_needs(request, page):
    if reason := why_page_stays(page):
        messages.error(request, reason)
        return redirect("wagtailadmin_explore", page.pk)


@hooks.register("before_bulk_action")
def keep_what_the_menu_needs_in_bulk(request, action_type, objects, action_class_instance):
    if action_type not in ("delete", "unpublish"):
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    if reasons := [reason for page in pages if (reason := why_page_stays(page))]:
        messages.error(request, " ".join(reasons))
        return redirect("wagtailadmin_explore", pages[0].pk)


@hooks.register("insert_global_admin_js")
def let_a_button_wait_for_autosave():
    return format_html('<script src="{}"></script>', static("gatehouse/autosave.js"))
