"""Evidence packs in the admin: the list of what was issued, asking for one, its progress, its files."""

import re
import zipfile

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView as WagtailReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from learning.people.local_days import company_day

from ..models import EvidencePack, PackOrder
from . import jobs, sections
from .forms import OrderForm

TITLE = _("Evidence packs")
policy = ModelPermissionPolicy(EvidencePack)
PART = re.compile(r"report(-(?P<criterion>[0-9.]+))?\.pdf")
# Seconds between two looks at how far a job is.
REFRESH = 2


class PacksView(WagtailReportView):
    """What was issued, the newest first."""

    model = EvidencePack
    page_title = TITLE
    header_icon = "folder"
    index_url_name = "evidence_packs"
    index_results_url_name = "evidence_packs_results"
    permission_policy = policy
    any_permission_required = ["view"]
    no_results_message = _(
        "No pack was issued yet. “Issue a pack” makes one for the program, a criterion or named people."
    )
    is_export = False
    paginate_by = 50
    columns = [
        TitleColumn(
            "title",
            label=pgettext_lazy("of an evidence pack", "About"),
            get_url=lambda row: reverse("evidence_pack", args=[row.uuid]),
        ),
        Column("rows", label=_("Records")),
        Column("kept", label=_("File"), accessor=lambda row: gettext("deleted") if row.gone else gettext("kept")),
        Column("to_whom", label=_("To whom")),
        Column("by", label=_("By"), accessor=lambda row: row.by.get_full_name() if row.by else gettext("command")),
        Column("issued_at", label=_("Issued"), accessor=lambda row: date_format(timezone.localtime(row.issued_at))),
    ]

    @cached_property
    def header_buttons(self):
        if not policy.user_has_permission(self.request.user, "add"):
            return []
        return [HeaderButton(gettext("Issue a pack"), url=reverse("evidence_pack_order"), icon_name="plus")]

    def get_base_queryset(self):
        seen = EvidencePack.objects.visible_to(self.request.user).with_gone()
        return seen.select_related("by").order_by("-issued_at", "-pk")


class _Page(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    permission_policy = policy
    header_icon = "folder"

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, {"url": reverse("evidence_packs"), "label": TITLE}, here]


class OrderView(_Page, FormView):
    template_name = "records/admin/pack_order.html"
    form_class = OrderForm
    page_title = _("Issue a pack")
    permission_required = "add"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "on": company_day(timezone.now())}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"media": context["form"].media}

    def form_valid(self, form):
        given = form.cleaned_data
        asked = jobs.order(
            scope=form.scope, to_whom=given["to_whom"], why=given["why"], by=self.request.user, at=timezone.now()
        )
        return redirect("evidence_pack_progress", asked.uuid)


class ProgressView(_Page, TemplateView):
    """How far one's own order is; once it is issued, its pack."""

    template_name = "records/admin/pack_progress.html"
    page_title = _("A pack is being made")
    permission_required = "add"

    def get(self, request, uuid, *args, **kwargs):
        self.this = get_object_or_404(PackOrder.objects.select_related("pack"), uuid=uuid, by=request.user)
        if self.this.pack:
            return redirect("evidence_pack", self.this.pack.uuid)
        response = super().get(request, *args, **kwargs)
        if self.this.state == PackOrder.State.WAITING:
            # A header, as a page that reloads itself by its own words is one that nobody can stop.
            response["Refresh"] = str(REFRESH)
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"this": self.this}


def _pack(request, uuid):
    return get_object_or_404(EvidencePack.objects.visible_to(request.user).select_related("by"), uuid=uuid)


class PackView(_Page, TemplateView):
    template_name = "records/admin/pack.html"
    page_title = _("Evidence pack")
    permission_required = "view"

    def get_context_data(self, uuid, **kwargs):
        pack = _pack(self.request, uuid)
        sizes = _sizes(pack)
        return super().get_context_data(**kwargs) | {
            "pack": pack,
            "report_bytes": sizes.pop("", None),
            "by_criterion": sizes,
            "erasure": pack.erasures.order_by("decided_at").first(),
        }


def _sizes(pack):
    """`{criterion: bytes}` of its reports, that of all under ""; empty while the file is missing."""
    if not default_storage.exists(pack.file):
        return {}
    with default_storage.open(pack.file) as file, zipfile.ZipFile(file) as archive:
        found = {PART.fullmatch(member.filename): member.file_size for member in archive.infolist()}
    return {match["criterion"] or "": size for match, size in found.items() if match}


class DownloadView(PermissionCheckedMixin, View):
    """The ZIP, as it was issued."""

    permission_policy = policy
    permission_required = "view"

    def get(self, request, uuid, **which):
        pack = _pack(request, uuid)
        if not default_storage.exists(pack.file):
            raise Http404
        part = self.part(default_storage.open(pack.file), **which)
        name = "-".join(["evidence", str(uuid)[:8], *which.values()])
        return FileResponse(part, as_attachment=True, filename=f"{name}.{self.ending}")

    ending = "zip"

    def part(self, file):
        return file


class ReportView(DownloadView):
    """A report alone, which can be uploaded by itself: of all, or about one criterion."""

    ending = "pdf"

    def part(self, file, criterion=""):
        archive = zipfile.ZipFile(file)
        name = sections.of_criterion(criterion) if criterion else sections.WHOLE
        if name not in archive.namelist():
            raise Http404
        return archive.open(name)
