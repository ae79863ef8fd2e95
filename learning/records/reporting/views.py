"""HR's report of completions in the Wagtail admin: filters, columns, totals, chart, saved views and downloads."""

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from ..filters import TrainingRecordFilterSet
from ..models import SavedView, TrainingRecord
from ..papers import register
from . import exporting, selecting, shown

policy = ModelPermissionPolicy(TrainingRecord)
# More are of no use to anybody, and a name is typed in a moment.
MOST_VIEWS = 30


class CompletionsReportView(ReportView):
    """Who has done what: the rows of the export, with its downloads."""

    model = TrainingRecord
    page_title = _("Completions")
    header_icon = "clipboard-list"
    index_url_name = "completions_report"
    index_results_url_name = "completions_report_results"
    template_name = "records/admin/completions.html"
    results_template_name = "records/admin/completions_results.html"
    filterset_class = TrainingRecordFilterSet
    permission_policy = policy
    any_permission_required = ["view"]
    is_searchable = True
    default_ordering = "-completed_at"
    paginate_by = 50
    export_filename = "completions"
    FORMATS = exporting.FORMATS

    @cached_property
    def chosen(self):
        """Columns that were asked for; none for the usual ones."""
        return tuple(name for name in shown.LABELS if name in self.request.GET.getlist("columns"))

    @cached_property
    def columns(self):
        return shown.table_columns(self.chosen)

    @cached_property
    def header_buttons(self):
        """In sight rather than in the menu of three dots: this is what HR comes for."""
        return [
            HeaderButton(gettext("Download CSV"), url=self.csv_export_url, icon_name="download", priority=10),
            HeaderButton(gettext("Download XLSX"), url=self.xlsx_export_url, icon_name="download", priority=20),
            HeaderButton(
                gettext("PDF roster"), url=self.get_export_url(exporting.PDF), icon_name="download", priority=30
            ),
        ]

    def get_base_queryset(self):
        unread = shown.DEFERRED.difference(self.chosen)
        records = selecting.visible(self.request.user, timezone.now())
        return records.select_related("subject").defer("question_versions", "cause", *unread)

    def search_queryset(self, queryset):
        return selecting.matching(queryset, self.search_query)

    def order_queryset(self, queryset):
        # Rows of the same moment keep their order from page to page.
        return queryset.order_by(self.ordering, "-pk")

    def filter_queryset(self, queryset):
        # A filter that was not understood must not end in a list or a file of everything.
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    def get(self, request, *args, **kwargs):
        self.is_export = self.is_export and self.filters.is_valid()
        if self.is_export:
            return self.exported(request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        everything, stored = context["paginator"].object_list, selecting.kept(self.request.GET)
        return context | {
            "totals": shown.totals(everything),
            "chart": shown.chart(everything, context["paginator"].count),
            "saved": [(view, selecting.address(view.query)) for view in self.request.user.saved_views.all()],
            "here": selecting.address(stored),
        }

    def exported(self, file_format):
        """A small file at once; a long one after a page that says so."""
        at, stored = timezone.now(), selecting.kept(self.request.GET)
        records, columns = selecting.selected(stored, user=self.request.user, at=at)
        if file_format != exporting.PDF and records.count() > exporting.LONG:
            return redirect(f"{reverse('export_order', args=[file_format])}?{selecting.address(stored)}")
        this = exporting.note(by=self.request.user, file_format=file_format, stored=stored, at=at)
        if file_format == exporting.CSV:
            pieces = exporting.streamed(this, records, columns)
            response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="{self.get_filename()}.csv"'
            return response
        return self.whole(this)

    def whole(self, this):
        # Such a file is finished at its end, so it goes through one on disk, which is gone once it is open.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"completions.{this.file_format}"
            try:
                rows = exporting.write(this, path)
            except register.TooLong as refusal:
                this.delete()
                messages.error(self.request, str(refusal))
                return redirect(f"{self.request.path}?{selecting.address(this.query)}")
            exporting.finish(this, path, rows, timezone.now())
            file = open(path, "rb")  # noqa: SIM115 (the response closes it)
        return FileResponse(file, as_attachment=True, filename=f"{self.get_filename()}.{this.file_format}")


class SaveViewView(PermissionCheckedMixin, View):
    """Keep the filters and columns of this moment under a name; an old one of that name is replaced."""

    permission_policy = policy
    any_permission_required = ["view"]
    http_method_names = ["post"]

    def post(self, request):
        name = " ".join(request.POST.get("name", "").split())[:60]
        stored = selecting.kept(request.GET)
        there = f"{reverse('completions_report')}?{selecting.address(stored)}"
        views = request.user.saved_views
        if not name:
            messages.error(request, _("Give the view a name. Nothing was saved."))
        elif views.count() >= MOST_VIEWS and not views.filter(name=name).exists():
            messages.error(request, _("You have %(most)d views. Delete one first.") % {"most": MOST_VIEWS})
        else:
            SavedView.objects.update_or_create(owner=request.user, name=name, defaults={"query": stored})
            messages.success(request, _("Saved as “%(name)s”.") % {"name": name})
        return HttpResponseRedirect(there)


class DeleteViewView(PermissionCheckedMixin, View):
    """One's own saved view goes; the records do not notice."""

    permission_policy = policy
    any_permission_required = ["view"]
    http_method_names = ["post"]

    def post(self, request, uuid):
        get_object_or_404(request.user.saved_views, uuid=uuid).delete()
        messages.success(request, _("The view was deleted."))
        return redirect("completions_report")
