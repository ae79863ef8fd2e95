"""Deeds about one person, each on a page that says first what will happen."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from ..admin_views import seen_people
from ..choosers import described, with_work
from ..filters import today
from ..forms import may_change_account
from ..merging import actions as merging
from ..models import Person
from ..quick_add import likely
from . import forms


class PersonDeedView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """One person whom the user may see and change; a merged account stays as it was."""

    permission_policy = ModelPermissionPolicy(Person)
    permission_required = "change"
    template_name = "people/admin/deed.html"
    header_icon = "user"
    button = ""
    # What happens, in words.
    happens = ()

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perm("people.change_person"):
            people = seen_people(request).filter(merged_into__isnull=True)
            self.person = get_object_or_404(self.people(people), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def people(self, people):
        return people

    def get_page_subtitle(self):
        return str(self.person)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailusers_users:index"), "label": _("People")},
            {"url": self.get_success_url(), "label": str(self.person)},
            {"url": "", "label": self.page_title},
        ]

    def get_success_url(self):
        return reverse("wagtailusers_users:edit", args=[self.person.pk])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"person": self.person, "for_user": self.request.user}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["media"] = context["form"].media
        (person,) = with_work(Person.objects.filter(pk=self.person.pk), today())
        return context | {
            "person": self.person,
            "described": described(person),
            "happens": self.happens,
            "ends": self.ends(),
            "button": self.button,
            "back": self.get_success_url(),
        }

    def ends(self):
        """Words for each row that the deed ends or lets go on."""
        return ()

    def form_valid(self, form):
        try:
            form.save_as(by=self.request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, self.success_message % {"person": self.person})
        return HttpResponseRedirect(self.get_success_url())


class LeaveView(PersonDeedView):
    page_title = _("Leaves on …")
    form_class = forms.LeaveForm
    button = _("End employment and positions")
    success_message = _("%(person)s: the last day is noted.")
    happens = (
        _("All employments and positions that still run end after that day; what was to begin later is taken back."),
        _("Sign-in ends after that day. What is owed is owed no longer. Records and certificates stay."),
        _("A mistake can be undone on the person's page."),
    )

    def ends(self):
        jobs = self.person.employments.select_related("employer").order_by("starts_on")
        held = self.person.positions_held.select_related("position", "facility").order_by("starts_on")
        on = today()
        words = [(job, job.employer.name) for job in jobs] + [(row, f"{row.position} · {row.facility}") for row in held]
        return [
            _("%(what)s, since %(day)s") % {"what": what, "day": date_format(row.starts_on)}
            for row, what in words
            if row.ends_on is None or row.ends_on > on
        ]


class UndoView(PersonDeedView):
    page_title = _("Does not leave")
    form_class = forms.UndoForm
    button = _("Let it go on")
    success_message = _("%(person)s works here as before.")
    happens = (_("The employments and positions that were ended together go on as they were."),)


class HireAgainView(PersonDeedView):
    page_title = _("Hire again")
    form_class = forms.HireAgainForm
    button = _("Hire again")
    success_message = _("%(person)s works here again.")
    happens = (
        _("The same account goes on, with its number, records and certificates. The new employment is a second one."),
        _("Sign-in is open again from the first day."),
    )

    def people(self, people):
        return people.leavers(today())


class ConfirmView(PersonDeedView):
    page_title = _("Confirm")
    template_name = "people/admin/confirm.html"
    form_class = forms.ConfirmForm
    button = _("Confirm")
    success_message = _("%(person)s is confirmed.")
    happens = (
        _("Look at the names and give the real staff number; tell the person, who signs in with it from now on."),
    )

    def people(self, people):
        return people.filter(to_confirm=True)

    def get_context_data(self, **kwargs):
        on = today()
        among = seen_people(self.request).exclude(pk=self.person.pk)
        found = likely.people_named(self.person.first_name, self.person.last_name, among=among, on=on)
        return super().get_context_data(**kwargs) | {"found": found}


class OtherView(PersonDeedView):
    """First step of a merge: choose the other account."""

    page_title = _("Merge with another account")
    form_class = forms.OtherForm
    button = _("Look at both")
    happens = (_("For one person who came in twice. Next you see both side by side; nothing happens yet."),)

    def form_valid(self, form):
        try:
            merging.refuse(self.person, form.cleaned_data["other"])
        except ValidationError as error:
            form.add_error("other", error)
            return self.form_invalid(form)
        other = form.cleaned_data["other"].pk
        return HttpResponseRedirect(reverse("wagtailusers_users:merge", args=[self.person.pk, other]))


class MergeView(PersonDeedView):
    """Second step: both side by side, what will happen, and why they are one."""

    page_title = _("Merge two accounts")
    template_name = "people/admin/merge.html"
    form_class = forms.MergeForm
    button = _("Merge")

    def people(self, people):
        on = today()
        both = with_work(people.prefetch_related("employments__employer", "tags"), on)
        self.other = get_object_or_404(both, pk=self.kwargs["other"])
        if self.kwargs["other"] == self.kwargs["pk"]:
            raise Http404
        return both

    def get_context_data(self, **kwargs):
        swapped = reverse("wagtailusers_users:merge", args=[self.other.pk, self.person.pk])
        barred = not all(may_change_account(self.request.user, person) for person in (self.person, self.other))
        return super().get_context_data(**kwargs) | {
            "other": self.other,
            "both": [self.person, self.other],
            "swapped": swapped,
            "barred": barred,
        }

    def form_valid(self, form):
        if not all(may_change_account(self.request.user, person) for person in (self.person, self.other)):
            form.add_error(None, _("One of them works in the administration: only an administrator merges it."))
            return self.form_invalid(form)
        try:
            merging.merge(
                kept=self.person,
                merged=self.other,
                at=timezone.now(),
                by=self.request.user,
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return self.form_invalid(form)
        words = {"merged": self.other, "kept": self.person}
        messages.success(self.request, _("%(merged)s was merged into %(kept)s.") % words)
        return HttpResponseRedirect(self.get_success_url())
