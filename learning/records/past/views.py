"""The way of a file of past training through the admin: upload, preview or errors, confirm, result."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from learning.people.importing.errors import in_words
from learning.people.importing.refused import Refused
from learning.people.models import DateFormat

from ..models import PastImport
from ..models.words import IN_PERSON, Check, Method
from . import actions, columns, jobs

TITLE = _("Past training")
State = PastImport.State
policy = ModelPermissionPolicy(PastImport)
PAGE = 50
ERRORS = 100
# Seconds between two looks at how far a job is.
REFRESH = 2


class PastImportsView(ReportView):
    """What was imported, the newest first."""

    model = PastImport
    page_title = TITLE
    header_icon = "upload"
    index_url_name = "past_imports"
    index_results_url_name = "past_imports_results"
    permission_policy = policy
    any_permission_required = ["view"]
    no_results_message = _(
        "Nothing was imported yet. Training from before, or from elsewhere, comes in with “Import a file”."
    )
    is_export = False
    paginate_by = 50
    columns = [
        TitleColumn("file_name", label=_("File"), get_url=lambda row: reverse("past_import", args=[row.uuid])),
        Column("state", label=_("State"), accessor=lambda row: capfirst(row.get_state_display())),
        Column("by", label=_("By"), accessor="by.get_full_name"),
        Column("started_at", label=_("When"), accessor=lambda row: date_format(timezone.localtime(row.started_at))),
    ]

    @cached_property
    def header_buttons(self):
        if not policy.user_has_permission(self.request.user, "add"):
            return []
        return [HeaderButton(gettext("Import a file"), url=reverse("past_import_upload"), icon_name="upload")]

    def get_base_queryset(self):
        return PastImport.objects.visible_to(self.request.user).select_related("by")


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX, one row for each training of one person."))
    date_format = forms.ChoiceField(
        label=_("Dates"),
        choices=[("", _("as 2026-04-03, or dates of a workbook")), *DateFormat.choices],
        required=False,
    )


class _Page(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    permission_policy = policy
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, {"url": reverse("past_imports"), "label": TITLE}, here]


class UploadView(_Page, FormView):
    """A file comes in. It is looked at here and now, so that what is wrong is said at once."""

    template_name = "records/admin/past_upload.html"
    page_title = _("Import past training")
    permission_required = "add"
    form_class = UploadForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"required": columns.REQUIRED, "optional": columns.OPTIONAL}

    def form_valid(self, form):
        file, about = form.cleaned_data["file"], {"by": self.request.user, "at": timezone.now()}
        try:
            made = actions.receive(file=file, name=file.name, date_format=form.cleaned_data["date_format"], **about)
        except Refused as refused:
            form.add_error("file", str(refused))
            return self.form_invalid(form)
        return redirect("past_import", made.uuid)


class ShowView(_Page, TemplateView):
    """What would be recorded, what is wrong, or what came of it; a POST confirms or cancels."""

    template_name = "records/admin/past_import.html"
    permission_required = "view"
    page_title = _("Import")

    def dispatch(self, request, *args, **kwargs):
        if policy.user_has_permission(request.user, "view"):
            found = PastImport.objects.visible_to(request.user).select_related("by")
            self.this = get_object_or_404(found, uuid=kwargs["uuid"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.this.file_name

    @property
    def may_act(self):
        return policy.user_has_permission(self.request.user, "add") and self.this.state == State.PLANNED

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.this.state == State.WRITING:
            # A header, as a page that reloads itself by its own words is one that nobody can stop.
            response["Refresh"] = str(REFRESH)
        return response

    def post(self, request, *args, **kwargs):
        decision = request.POST.get("decision")
        if decision not in ("confirm", "cancel") or not policy.user_has_permission(request.user, "add"):
            return self.get(request, *args, **kwargs)
        try:
            if decision == "confirm":
                actions.confirm(this=self.this)
                jobs.wake(self.this)
            else:
                actions.cancel(this=self.this, at=timezone.now())
                messages.success(request, _("Cancelled: nothing was recorded."))
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("past_import", args=[self.this.uuid]))

    def get_context_data(self, **kwargs):
        this = self.this
        lines = this.lines.select_related("person", "record")
        page = Paginator(lines, PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "this": this,
            "may_act": self.may_act,
            "page": page,
            "rows": [_shown(line) for line in page],
            "count": page.paginator.count,
            "done": lines.filter(record__isnull=False).count() if this.state == State.WRITING else 0,
            "unknown": lines.filter(known=False).count(),
            "errors": [in_words(error) for error in this.errors[:ERRORS]],
            "more_errors": max(0, this.error_count - ERRORS),
        }


def _shown(line):
    says = line.says
    presence = says["check"] == Check.NONE and says["method"] in IN_PERSON
    return {
        "row": line.row,
        "person": line.person,
        "course": says["course"],
        "known": line.known,
        "day": date_format(columns.day(says)),
        "method": capfirst(Method(says["method"]).label),
        "check": gettext("presence only") if presence else Check(says["check"]).label,
        "score": says["score"],
        "record": line.record,
    }
