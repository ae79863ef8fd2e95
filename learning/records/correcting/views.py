"""Corrections in the admin: asking for one on a record's page, and the list of what waits for a second person."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from learning.people import dates
from learning.people.local_days import company_day

from ..models import CorrectionRequest, TrainingRecord
from . import actions, forms

TITLE = _("Corrections")
policy = ModelPermissionPolicy(CorrectionRequest)


def standing(request):
    return request.get_outcome_display() if request.outcome else gettext("waits for approval")


def _day(at):
    return date_format(timezone.localtime(at), "SHORT_DATE_FORMAT")


class CorrectionsView(ReportView):
    """What was asked for, the newest first; open ones lead to a decision."""

    model = CorrectionRequest
    page_title = TITLE
    header_icon = "edit"
    index_url_name = "corrections"
    index_results_url_name = "corrections_results"
    permission_policy = policy
    any_permission_required = ["view"]
    no_results_message = _(
        "No record was corrected. Whoever finds a wrong one opens it and asks for a correction there."
    )
    is_export = False
    paginate_by = 50
    columns = [
        TitleColumn(
            "name",
            label=_("Person"),
            accessor=lambda row: row.record.name or gettext("Name erased"),
            get_url=lambda row: reverse("corrections_decide", args=[row.uuid]),
            width="20%",
        ),
        Column("course", label=_("Course"), accessor="record.course"),
        Column("kind", label=_("What is wrong"), accessor=lambda row: capfirst(row.get_kind_display())),
        Column("requested_by", label=_("Asked by"), accessor="requested_by.get_full_name"),
        Column("requested_at", label=_("Asked on"), accessor=lambda row: _day(row.requested_at)),
        StatusTagColumn("standing", label=_("Standing"), accessor=standing, primary=lambda row: not row.outcome),
    ]

    def get_base_queryset(self):
        seen = CorrectionRequest.objects.visible_to(self.request.user, company_day(timezone.now()))
        return seen.select_related("record__subject", "requested_by").order_by("-requested_at", "-pk")


class _AboutOneView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    permission_policy = policy
    header_icon = "edit"

    def dispatch(self, request, *args, **kwargs):
        # Wagtail asks for the permission only afterwards; without it there is nothing to be seen here.
        if policy.user_has_permission(request.user, self.permission_required):
            self.fetch(kwargs["uuid"], company_day(timezone.now()))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return f"{self.record.name} · {self.record.course}"

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": reverse("corrections"), "label": TITLE}, here]

    def refused(self, form, refusal):
        form.add_error(None, str(refusal))
        return self.form_invalid(form)


class RequestView(_AboutOneView):
    """Says first what will happen, then asks what is wrong."""

    permission_required = "add"
    template_name = "people/admin/deed.html"
    page_title = _("Correct a record")
    form_class = forms.RequestForm

    def fetch(self, uuid, today):
        records = TrainingRecord.objects.visible_to(self.request.user, today).select_related("subject")
        self.record = get_object_or_404(records, uuid=uuid)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"for_user": self.request.user}

    def get_success_url(self):
        return reverse("completions_record", args=[self.record.uuid])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "described": self.get_page_subtitle(),
            "happens": [
                _("Nothing changes yet: somebody else has to approve it, under “Corrections”."),
                _("Then a new record is written. The old one stays, and says that it was corrected."),
            ],
            "button": _("Ask for the correction"),
            "back": self.get_success_url(),
        }

    def form_valid(self, form):
        try:
            form.save_as(record=self.record, by=self.request.user, at=timezone.now())
        except actions.NotCorrected as refusal:
            return self.refused(form, refusal)
        messages.success(self.request, _("The correction waits for somebody else to approve it."))
        return HttpResponseRedirect(self.get_success_url())


class DecideView(_AboutOneView):
    """What is said to be wrong, what would be written, and the decision of a second person."""

    permission_required = "view"
    template_name = "records/admin/correction.html"
    page_title = _("Correction")
    form_class = forms.DecisionForm

    def fetch(self, uuid, today):
        seen = CorrectionRequest.objects.visible_to(self.request.user, today)
        seen = seen.select_related("record__subject", "person", "requested_by", "decided_by", "correction")
        self.correction = get_object_or_404(seen, uuid=uuid)
        self.record = self.correction.record

    @cached_property
    def own(self):
        return self.request.user == self.correction.requested_by

    @property
    def may_decide(self):
        return self.own or policy.user_has_permission(self.request.user, "change")

    def get_success_url(self):
        return reverse("corrections")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "correction": self.correction,
            "record": self.record,
            "changes": _changes(self.correction),
            "standing": standing(self.correction),
            "own": self.own,
            "may_decide": self.may_decide and not self.correction.outcome,
        }

    def form_valid(self, form):
        if not self.may_decide:
            return self.refused(form, _("You may look at corrections, and not decide about them."))
        deed = {"request": self.correction, "by": self.request.user, "at": timezone.now()}
        try:
            if form.cleaned_data["decision"] == form.APPROVE:
                actions.approve(**deed)
                messages.success(self.request, _("Approved: the correction is written, and both records stay."))
            else:
                actions.decline(**deed, comment=form.cleaned_data["comment"])
                messages.success(self.request, _("The record stays as it is."))
        except actions.NotCorrected as refusal:
            return self.refused(form, refusal)
        return HttpResponseRedirect(self.get_success_url())


def _changes(correction):
    """`[(label, as it stands, as it would stand), …]`."""
    record, kinds = correction.record, CorrectionRequest.Kind
    day = date_format(dates.local_date(record.completed_at, record.facility_zone))
    name = f"{record.name} ({record.number})"
    right = {
        kinds.WRONG_PERSON: (_("Person"), name, correction.person and str(correction.person)),
        kinds.WRONG_DATE: (_("Completed"), day, correction.completed_on and date_format(correction.completed_on)),
    }
    return [right.get(correction.kind, (_("Worth"), _("it counts"), _("it counts for nothing")))]
