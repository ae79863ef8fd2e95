"""HR's report of completions in the Wagtail admin. Records are only looked at here: nothing edits or deletes them."""

import io
import tempfile

from django.db.models import Value
from django.db.models.functions import Concat
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from learning.people import dates
from learning.people.context import CompanyName
from learning.people.local_days import company_day

from . import export, facts
from .filters import TrainingRecordFilterSet
from .ledger.findings import Finding
from .models import TrainingRecord, WaitingEntry
from .models.words import Status
from .papers import register

PDF = "pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
policy = ModelPermissionPolicy(TrainingRecord)


def _local(field):
    """The local date at the facility, as the admin writes dates."""
    return lambda row: date_format(dates.local_date(getattr(row, field), row.facility_zone))


class CompletionsReportView(ReportView):
    """Who has done what: the rows of the export, with its downloads."""

    model = TrainingRecord
    page_title = _("Completions")
    header_icon = "clipboard-list"
    index_url_name = "completions_report"
    index_results_url_name = "completions_report_results"
    filterset_class = TrainingRecordFilterSet
    permission_policy = policy
    any_permission_required = ["view"]
    search_fields = ["subject__number", "full_name"]
    is_searchable = True
    default_ordering = "-completed_at"
    paginate_by = 50
    export_filename = "completions"
    FORMATS = (*ReportView.FORMATS, PDF)
    columns = [
        TitleColumn(
            "name",
            label=_("Person"),
            accessor=lambda row: row.name or gettext("Name erased"),
            get_url=lambda row: reverse("completions_record", args=[row.uuid]),
            width="20%",
        ),
        Column("number", label=_("Number")),
        Column("position", label=_("Position")),
        Column("facility", label=_("Facility")),
        Column("course", label=_("Course")),
        Column("completed_at", label=_("Completed"), accessor=_local("completed_at"), sort_key="completed_at"),
        Column("score", label=_("Score, %")),
        Column(
            "expires_on", label=_("Good until"), accessor=lambda row: row.expires_on and date_format(row.expires_on)
        ),
        Column("source", label=_("Source"), accessor=lambda row: capfirst(row.get_source_display())),
        Column("status", label=_("Status"), accessor=lambda row: capfirst(Status(row.status).label)),
    ]

    @cached_property
    def header_buttons(self):
        """In sight rather than in the menu of three dots: this is what HR comes for."""
        return [
            HeaderButton(gettext("Download CSV"), url=self.csv_export_url, icon_name="download", priority=10),
            HeaderButton(gettext("Download XLSX"), url=self.xlsx_export_url, icon_name="download", priority=20),
            HeaderButton(gettext("PDF roster"), url=self.get_export_url(PDF), icon_name="download", priority=30),
        ]

    def get_base_queryset(self):
        today = company_day(timezone.now())
        full_name = Concat("subject__first_name", Value(" "), "subject__last_name")
        records = TrainingRecord.objects.visible_to(self.request.user, today).with_status(today)
        return (
            records.alias(full_name=full_name)
            .select_related("subject")
            .defer("question_versions", "topics", "criteria", "cause")
        )

    def order_queryset(self, queryset):
        # Rows of the same moment keep their order from page to page.
        return queryset.order_by(self.ordering, "-pk")

    def filter_queryset(self, queryset):
        # A filter that was not understood must not end in a list or a file of everything.
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    def get(self, request, *args, **kwargs):
        self.is_export = self.is_export and self.filters.is_valid()
        if self.is_export and request.GET["export"] == PDF:
            return self.as_roster(self.get_queryset())
        if self.is_export:
            return self.as_spreadsheet(self.get_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def as_roster(self, queryset):
        at = timezone.now()
        try:
            file = register.roster(
                queryset.select_related("subject", "corrects").order_by("-completed_at", "-pk"),
                at=at,
                day=company_day(at),
                company=str(CompanyName()),
                subtitle=self.search_query or "",
            )
        except register.TooLong as refusal:
            messages.error(self.request, str(refusal))
            query = self.request.GET.copy()
            del query["export"]
            return redirect(f"{self.request.path}?{query.urlencode()}")
        filename = f"{self.get_filename()}.pdf"
        return FileResponse(io.BytesIO(file), as_attachment=True, filename=filename)

    def write_csv_response(self, queryset):
        response = StreamingHttpResponse(export.csv_text(queryset), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.get_filename()}.csv"'
        return response

    def write_xlsx_response(self, queryset):
        # A workbook is finished at its end, so it goes through a file, which is gone once it is sent.
        file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (the response closes it)
        export.write(queryset, file.name, file_format="xlsx")
        return FileResponse(file, as_attachment=True, content_type=XLSX, filename=f"{self.get_filename()}.xlsx")


class RecordView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """All that one record says, with its ledger entry."""

    template_name = "records/admin/record.html"
    permission_policy = policy
    any_permission_required = ["view"]
    page_title = _("Training record")
    header_icon = "clipboard-list"

    def get_page_subtitle(self):
        return self.record.course

    @property
    def header_buttons(self):
        account = self.record.person.merged_into or self.record.person
        file = reverse("records:training_file", args=[account.uuid])
        buttons = [HeaderButton(gettext("Training file"), url=file, icon_name="download")]
        if self.request.user.has_perm("records.add_correctionrequest"):
            there = reverse("corrections_request", args=[self.record.uuid])
            buttons.append(HeaderButton(gettext("Correct this record"), url=there, icon_name="edit"))
        return buttons

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("completions_report"), "label": _("Completions")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, uuid, **kwargs):
        today = company_day(timezone.now())
        records = TrainingRecord.objects.visible_to(self.request.user, today).for_ledger()
        records = records.select_related("subject", "entry", "recorder", "person__merged_into").with_status(today)
        self.record = get_object_or_404(records, uuid=uuid)
        return super().get_context_data(**kwargs) | {
            "groups": facts.of(self.record),
            "imported": self.record.imported,
            "corrects": self.record.corrects,
            "corrected_by": self.record.corrections.first(),
            "waits": self.record.correction_requests.open().first(),
            "certificate_url": reverse("records:certificate", args=[uuid]),
            "certificate_pdf_url": reverse("records:certificate_pdf", args=[uuid]),
        }


class LedgerPanel(Component):
    """On the first page of the admin, in red: why entries wait, or what the last verification found."""

    template_name = "records/admin/ledger_panel.html"
    # Above all other panels.
    order = 10
    SHOWN = 10

    def __init__(self, troubles):
        self.troubles = troubles

    def get_context_data(self, parent_context):
        return {
            "troubles": [
                {
                    "what": check.what,
                    "at": check.at,
                    "sentences": [str(Finding(**finding)) for finding in check.findings[: self.SHOWN]],
                    "more": max(0, check.found - self.SHOWN),
                }
                for check in self.troubles
            ],
            "waiting": WaitingEntry.objects.count(),
        }
