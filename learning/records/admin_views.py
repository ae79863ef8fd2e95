"""One record in the Wagtail admin, and what is wrong with the ledger. Nothing here edits or deletes a record."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from learning.people.local_days import company_day

from . import facts
from .ledger.findings import Finding
from .models import TrainingRecord, WaitingEntry

policy = ModelPermissionPolicy(TrainingRecord)


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
            "presence_only": self.record.presence_only,
            "corrects": self.record.corrects,
            "corrected_by": self.record.corrections.first(),
            "waits": self.record.correction_requests.open().first(),
            "certificate_url": reverse("records:certificate", args=[uuid]),
            "certificate_pdf_url": reverse("records:certificate_pdf", args=[uuid]),
            "edition_url": self._edition_url(),
        }

    def _edition_url(self):
        """Where the course stands as it was, in the language of the run; empty for who may not read editions."""
        edition = self.record.edition
        if not edition or not self.request.user.has_perm("courses.view_edition"):
            return ""
        return reverse("course_edition", args=[edition.uuid]) + f"?language={self.record.language}"


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
