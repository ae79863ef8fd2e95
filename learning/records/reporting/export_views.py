"""Exports in the admin: the log of what went out, ordering a long one, its progress, and its file."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from ..models import CompletionExport
from . import exporting, mail, selecting, shown
from .views import policy as records_policy
from .wording import Words

TITLE = _("Exports")
policy = ModelPermissionPolicy(CompletionExport)
State = CompletionExport.State
# Seconds between two looks at how far a job is.
REFRESH = 2


class ExportsView(ReportView):
    """Who took what, the newest first."""

    model = CompletionExport
    page_title = TITLE
    header_icon = "download"
    index_url_name = "exports"
    index_results_url_name = "exports_results"
    permission_policy = policy
    any_permission_required = ["view"]
    no_results_message = _(
        "Nothing was exported yet. The report of completions has the buttons; each download is listed here."
    )
    is_export = False
    paginate_by = 50

    @cached_property
    def columns(self):
        words = Words()
        return [
            TitleColumn(
                "asked_at",
                label=_("When"),
                accessor=lambda row: date_format(timezone.localtime(row.asked_at), "SHORT_DATETIME_FORMAT"),
                get_url=lambda row: reverse("export", args=[row.uuid]),
            ),
            Column("by", label=_("By"), accessor="by.get_full_name"),
            Column("file_format", label=_("File"), accessor=lambda row: row.file_format.upper()),
            Column("query", label=_("Filter"), accessor=lambda row: words.filter(row.query)),
            Column("rows", label=_("Records")),
            Column("sha256", label="SHA-256", accessor=lambda row: row.sha256[:16]),
            Column("state", label=_("State"), accessor=lambda row: capfirst(row.get_state_display())),
        ]

    def get_base_queryset(self):
        return CompletionExport.objects.visible_to(self.request.user).select_related("by")


class _Page(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "download"

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, {"url": reverse("exports"), "label": TITLE}, here]


class OrderView(_Page):
    """Says that it takes a while; a POST orders it."""

    permission_policy = records_policy
    any_permission_required = ["view"]
    template_name = "records/admin/export_order.html"
    page_title = _("A long export")

    def get_context_data(self, file_format, **kwargs):
        stored = selecting.kept(self.request.GET)
        records, columns = selecting.selected(stored, user=self.request.user, at=timezone.now())
        return super().get_context_data(**kwargs) | {
            "rows": records.count(),
            "file_format": file_format.upper(),
            "filter": Words().filter(stored),
            "columns": [shown.LABELS[name] for name in columns],
            "back": f"{reverse('completions_report')}?{selecting.address(stored)}",
            "mail": self.request.user.email,
        }

    def post(self, request, file_format):
        at, stored = timezone.now(), selecting.kept(request.GET)
        records, _columns = selecting.selected(stored, user=request.user, at=at)
        total = records.count()
        this = exporting.order(by=request.user, file_format=file_format, stored=stored, total=total, at=at)
        return redirect("export", this.uuid)


class ExportView(_Page):
    """One export: how far it is, its file while there is one, and what the log says."""

    permission_policy = policy
    any_permission_required = ["view"]
    template_name = "records/admin/export.html"
    page_title = _("Export of completions")

    def get(self, request, uuid, *args, **kwargs):
        seen = CompletionExport.objects.visible_to(request.user).select_related("by")
        self.this = get_object_or_404(seen, uuid=uuid)
        response = super().get(request, *args, **kwargs)
        if self.this.state == State.WAITING:
            # A header, as a page that reloads itself by its own words is one that nobody can stop.
            response["Refresh"] = str(REFRESH)
        return response

    def get_context_data(self, **kwargs):
        this = self.this
        kept = this.file and this.by == self.request.user
        return super().get_context_data(**kwargs) | {
            "this": this,
            "filter": Words().filter(this.query),
            "columns": [shown.LABELS[name] for name in selecting.columns(this.query.get("columns", []))],
            "link": mail.link(this) if kept else "",
        }


class FileView(PermissionCheckedMixin, View):
    """The file of a long export, for whoever ordered it, by a link that is signed and expires."""

    permission_policy = policy
    any_permission_required = ["view"]

    def get(self, request, signed):
        uuid = mail.named_by(signed, exporting.KEPT)
        if uuid is None:
            raise Http404
        this = get_object_or_404(CompletionExport, uuid=uuid, by=request.user)
        if not this.file or not default_storage.exists(this.file):
            return redirect("export", this.uuid)
        name = f"completions.{this.file_format}"
        return FileResponse(default_storage.open(this.file), as_attachment=True, filename=name)
