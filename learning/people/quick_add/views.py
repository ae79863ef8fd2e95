"""Adding somebody at the gate: by a supervisor on a phone, or by HR in the admin."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from .. import leading
from ..local_days import company_day, day_of
from ..models import Facility, Person
from . import actions, likely
from .forms import QuickAddForm


def _added(request, form, facilities, *, at, manager):
    """The person who was added or is back, or None while something must be put right or looked at."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    if already := Person.objects.filter(uuid=said["token"], to_confirm=True).first():
        return already
    among = likely.everybody_at(facilities, form.today)
    form.found = likely.people_named(said["first_name"], said["last_name"], among=among, on=form.today)
    again = next((person for person in form.found if str(person.uuid) == request.POST.get("again")), None)
    deed = {"at": at, "by": request.user, "manager": manager, **form.work()}
    try:
        if again and again.left_on:
            return actions.welcome_back(person=again, **deed)
        if not form.found or request.POST.get("new"):
            return actions.add_quickly(uuid=said["token"], **form.person(), **deed)
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
    return None


def _to_the_slip(request, person):
    words = gettext("%(name)s is added, with the staff number %(number)s. Now the slip to sign in with.")
    messages.success(request, words % {"name": person.get_full_name(), "number": person.number})
    return redirect("people:issue_slip", person.uuid)


@login_required
@never_cache
def add_to_team(request):
    """For supervisors: the person comes into their own line, at one of their own facilities."""
    at = timezone.now()
    today = day_of(request.user, at)
    if not leading.leads(request.user, today):
        raise Http404
    facilities = leading.facilities_of(request.user, today)
    form = QuickAddForm(request.POST or None, facilities=facilities, today=today)
    if person := _added(request, form, facilities, at=at, manager=request.user):
        return _to_the_slip(request, person)
    return render(request, "people/quick_add.html", {"form": form, "found": getattr(form, "found", [])})


class QuickAddView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The same in the admin."""

    template_name = "people/admin/quick_add.html"
    page_title = _("Quick add")
    header_icon = "plus"
    permission_policy = ModelPermissionPolicy(Person)
    permission_required = "add"

    def get_breadcrumbs_items(self):
        people = {"url": reverse("wagtailusers_users:index"), "label": _("People")}
        return [*self.breadcrumbs_items, people, {"url": "", "label": self.page_title}]

    def _form(self, data=None):
        self.at = timezone.now()
        self.facilities = Facility.objects.visible_to(self.request.user)
        return QuickAddForm(data, facilities=self.facilities, today=company_day(self.at))

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self._form()
        return super().get_context_data(**kwargs) | {"form": form, "found": getattr(form, "found", [])}

    def post(self, request, *args, **kwargs):
        form = self._form(request.POST)
        if person := _added(request, form, self.facilities, at=self.at, manager=None):
            return _to_the_slip(request, person)
        return self.render_to_response(self.get_context_data(form=form))
