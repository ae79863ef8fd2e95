"""Lawful erasures in the admin: asking for one, seeing what goes and what stays, and a second person's decision."""

from django.contrib.auth import get_user_model
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from learning.people.local_days import company_day

from ..actions import NotErased
from ..models import ErasureRequest
from . import actions, forms, preview

TITLE = _("Erasures")
ICON = "bin"
policy = ModelPermissionPolicy(ErasureRequest)


def standing(request):
    return request.get_outcome_display() if request.outcome else gettext("waits for approval")


def _day(at):
    return date_format(timezone.localtime(at), "SHORT_DATE_FORMAT")


class ErasuresView(ReportView):
    """What was asked for, the newest first; open ones lead to a decision."""

    model = ErasureRequest
    page_title = TITLE
    header_icon = ICON
    index_url_name = "erasures"
    index_results_url_name = "erasures_results"
    permission_policy = policy
    any_permission_required = ["view"]
    no_results_message = _("Nobody was erased. It is asked for on the page of a person, under “People”.")
    is_export = False
    paginate_by = 50
    columns = [
        TitleColumn(
            "person",
            label=_("Person"),
            accessor=lambda row: str(row.person),
            get_url=lambda row: reverse("erasures_decide", args=[row.uuid]),
            width="30%",
        ),
        Column("requested_by", label=_("Asked by"), accessor="requested_by.get_full_name"),
        Column("requested_at", label=_("Asked on"), accessor=lambda row: _day(row.requested_at)),
        StatusTagColumn("standing", label=_("Standing"), accessor=standing, primary=lambda row: not row.outcome),
    ]

    def get_base_queryset(self):
        seen = ErasureRequest.objects.visible_to(self.request.user, company_day(timezone.now()))
        return seen.select_related("person", "requested_by").order_by("-requested_at", "-pk")


class _AboutOneView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    permission_policy = policy
    header_icon = ICON

    def dispatch(self, request, *args, **kwargs):
        # Wagtail asks for the permission only afterwards; without it there is nothing to be seen here.
        if policy.user_has_permission(request.user, self.permission_required):
            self.today = company_day(timezone.now())
            self.fetch(kwargs["uuid"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return str(self.person)

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": reverse("erasures"), "label": TITLE}, here]

    @cached_property
    def retention(self):
        """The sentence on what must still be kept; empty for nothing."""
        number, until = actions.retained(self.person, self.today)
        return preview.retention_words(number, until and date_format(until))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"retention": self.retention}

    def previewed(self):
        """What would go and stay, and why it cannot be done yet."""
        found = preview.counts(actions.known_of(self.person))
        return {
            "goes": preview.goes(found),
            "stays": preview.stays(found),
            "obstacles": actions.obstacles(self.person, self.today),
            "retention": self.retention,
        }

    def refused(self, form, refusal):
        form.add_error(None, str(refusal))
        return self.form_invalid(form)


class RequestView(_AboutOneView):
    """Says first what goes and what stays, then asks by what right."""

    permission_required = "add"
    template_name = "records/admin/erasure_request.html"
    page_title = _("Erase a person")
    form_class = forms.RequestForm

    def fetch(self, uuid):
        people = get_user_model().objects.visible_to(self.request.user, self.today)
        self.person = get_object_or_404(people.filter(merged_into__isnull=True), uuid=uuid)

    def get_context_data(self, **kwargs):
        waits = self.person.erasure_requests.open().first()
        return super().get_context_data(**kwargs) | {"person": self.person, "waits": waits} | self.previewed()

    def form_valid(self, form):
        about = {"person": self.person, "by": self.request.user, "at": timezone.now()}
        try:
            asked = actions.request_erasure(**about, **form.cleaned_data)
        except NotErased as refusal:
            return self.refused(form, refusal)
        messages.success(self.request, _("Nothing is erased yet: it waits for somebody else to approve it."))
        return HttpResponseRedirect(reverse("erasures_decide", args=[asked.uuid]))


class DecideView(_AboutOneView):
    """What was asked for, what goes and stays, and the decision of a second person; afterwards what went."""

    permission_required = "view"
    template_name = "records/admin/erasure.html"
    page_title = _("Erasure")
    form_class = forms.DecisionForm

    def fetch(self, uuid):
        seen = ErasureRequest.objects.visible_to(self.request.user, self.today)
        self.erasure = get_object_or_404(seen.select_related("person", "requested_by", "decided_by"), uuid=uuid)
        self.person = self.erasure.person

    @cached_property
    def own(self):
        return self.request.user == self.erasure.requested_by

    @property
    def may_decide(self):
        return self.own or policy.user_has_permission(self.request.user, "change")

    def get_context_data(self, **kwargs):
        done = self.erasure.outcome == ErasureRequest.Outcome.APPROVED
        went = {"goes": preview.goes(self.erasure.counts), "stays": preview.stays(self.erasure.counts)}
        return super().get_context_data(**kwargs) | {
            "erasure": self.erasure,
            "person": self.person,
            "standing": standing(self.erasure),
            "own": self.own,
            "done": done,
            "may_decide": self.may_decide and not self.erasure.outcome,
            **({} if self.erasure.outcome and not done else went if done else self.previewed()),
        }

    def form_valid(self, form):
        if not self.may_decide:
            return self.refused(form, _("You may look at erasures, and not decide about them."))
        given, deed = form.cleaned_data, {"request": self.erasure, "by": self.request.user, "at": timezone.now()}
        try:
            if given["decision"] == form.APPROVE:
                actions.approve(**deed, despite_retention=given.get("despite_retention", False))
                messages.success(self.request, _("Erased. The records and their proofs stay, without a name."))
            else:
                actions.decline(**deed, comment=given["comment"])
                messages.success(self.request, _("The person stays as they are."))
        except NotErased as refusal:
            return self.refused(form, refusal)
        return HttpResponseRedirect(reverse("erasures_decide", args=[self.erasure.uuid]))
