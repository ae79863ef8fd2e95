"""The listings of imports and their sources."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from ..kept import KeptViewSet
from ..models import ImportSource, PeopleImport
from . import forms, views


def _counts(row):
    if row.state != PeopleImport.State.DONE:
        return ""
    return _("%(new)d new, %(changed)d changed, %(leaving)d leaving, %(unchanged)d unchanged") % row.counts


class ImportViewSet(KeptViewSet):
    """Imports are neither edited nor deleted: each has a page that says where it is and what came of it."""

    model = PeopleImport
    name = "imports"
    icon = "upload"
    menu_label = _("Imports")
    inspect_view_enabled = False
    index_view_class = views.ImportIndexView
    add_view_class = views.UploadView
    ordering = ["-started_at", "-pk"]
    list_display = [
        TitleColumn("file_name", label=_("File"), get_url=lambda row: reverse("imports:show", args=[row.uuid])),
        Column("source", label=_("Source"), accessor=lambda row: row.source or ""),
        Column("mode", label=_("What")),
        Column("by", label=_("By"), accessor=lambda row: row.by or _("command")),
        DateColumn("started_at", label=_("Started"), sort_key="started_at"),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        Column("counts", label=_("People"), accessor=_counts),
    ]

    def get_form_class(self, for_update=False):
        return forms.UploadForm

    def get_common_view_kwargs(self, **kwargs):
        gone = dict.fromkeys(("edit_url_name", "inspect_url_name", "history_url_name", "delete_url_name"))
        return super().get_common_view_kwargs(**kwargs) | gone

    def get_urlpatterns(self):
        of_one = [
            path("<uuid:uuid>/", views.ShowView.as_view(), name="show"),
            path("<uuid:uuid>/columns/", views.ColumnsView.as_view(), name="columns"),
            path("<uuid:uuid>/questions/", views.QuestionsView.as_view(), name="questions"),
            path("<uuid:uuid>/confirm/", views.ConfirmView.as_view(), name="confirm"),
            path("<uuid:uuid>/cancel/", views.CancelView.as_view(), name="cancel"),
            path("<uuid:uuid>/errors/", views.ErrorsView.as_view(), name="errors"),
        ]
        listing = [row for row in super().get_urlpatterns() if row.name in ("index", "index_results", "add")]
        return [*listing, *of_one]

    def register_admin_url_finder(self):
        """There is no page for editing one."""


class ImportSourceViewSet(KeptViewSet):
    model = ImportSource
    name = "import-sources"
    icon = "download"
    menu_label = _("Import sources")
    inspect_view_fields = ["name", "number_prefix", "employers", "kinds", "facilities", "date_format"]
    search_fields = ["name"]
    ordering = ["name"]
    delete_refusal = _("A source is not deleted: imports name it.")
    list_display = [
        "name",
        "number_prefix",
        Column("kinds", label=_("Kinds"), accessor=lambda row: ", ".join(map(str, row.kinds_in_words()))),
    ]

    def get_form_class(self, for_update=False):
        return forms.SourceForm
