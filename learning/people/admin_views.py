"""Screens for HR in the Wagtail admin."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import registry

from . import choosers, standing
from .actions import left_at
from .filters import day_of
from .importing import export_views
from .kept import DeedCreateView, DeedEditView, ReadView, RefusedDeleteView
from .models import Employment, Person

HISTORY_SHOWN = 8


class SeenMixin:
    """Of what the view is about only `seen()`: whatever else there is, is not found."""

    def get_queryset(self):
        return self.seen()

    def get_base_object_queryset(self):
        return self.seen()


class SeenReadView(SeenMixin, ReadView):
    def get_object(self, queryset=None):
        return get_object_or_404(self.seen(), pk=unquote(str(self.pk)))


class SeenHistoryView(HistoryView):
    any_permission_required = ["add", "change", "view"]

    def get_base_object_queryset(self):
        # Not `get_queryset`: what is listed here are the entries of the history.
        return self.seen()


def seen_people(request):
    """People whom this user may see in the admin."""
    # Wagtail looks for some objects before it asks whether the user may be there at all.
    if not request.user.has_perm("people.view_person"):
        raise PermissionDenied
    return Person.objects.visible_to(request.user, day_of(request))


class SeenPeopleMixin:
    def seen(self):
        return seen_people(self.request)


class PersonIndexView(generic.IndexView):
    is_searchable = True

    def get_base_queryset(self):
        on = day_of(self.request)
        jobs = Employment.objects.select_related("employer").order_by("starts_on")
        people = standing.with_leave(seen_people(self.request).filter(merged_into__isnull=True), on)
        return choosers.with_work(people, on).prefetch_related(Prefetch("employments", jobs, to_attr="jobs"))

    def get_table(self, object_list):
        on = day_of(self.request)
        for person in object_list:
            person.state = standing.of(person, on)
            person.employer = standing.employers(person, on)
        return super().get_table(object_list)

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query) if self.is_searching else queryset

    @cached_property
    def header_buttons(self):
        buttons, user = [*super().header_buttons], self.request.user
        if user.has_perm("people.add_peopleimport"):
            buttons.append(HeaderButton(_("Import"), url=reverse("imports:add"), icon_name="upload"))
        if user.has_perm("people.add_person"):
            buttons.append(HeaderButton(_("Quick add"), url=reverse("people_quick_add"), icon_name="plus"))
        return buttons

    @cached_property
    def header_more_buttons(self):
        # Five in a row would leave the heading no room.
        return [*super().header_more_buttons, *export_views.buttons(self.request)]


class WorkMixin(SeenPeopleMixin):
    """A person's page shows where they work and worked, how they sign in and what was changed."""

    def get_context_data(self, **kwargs):
        person, user = self.object, self.request.user
        employments = list(
            person.employments.select_related("employer", "company", "manager").order_by("-starts_on", "-pk")
        )
        on = day_of(self.request)
        runs = [row for row in employments if row.ends_on is None or row.ends_on > on]
        return super().get_context_data(**kwargs) | {
            "person": person,
            "employments": employments,
            "positions": person.positions_held.select_related("position", "facility").order_by("-starts_on", "-pk"),
            "leaves": person.leave_periods.order_by("-starts_on", "-pk"),
            "limits": person.limited_to.all() if user.has_perm("auth.change_group") else (),
            "history": registry.get_logs_for_instance(person).select_related("user")[:HISTORY_SHOWN],
            "others": person.merged_from.order_by("number"),
            "may_employ": user.has_perm("people.add_employment"),
            "may_place": user.has_perm("people.add_positionheld"),
            "may_change_employment": user.has_perm("people.change_employment"),
            "may_change_position": user.has_perm("people.change_positionheld"),
            "may_add_leave": user.has_perm("people.add_leaveperiod"),
            "may_change_leave": user.has_perm("people.change_leaveperiod"),
            "may_change": user.has_perm("people.change_person") and not person.merged_into_id,
            "works_on": bool(runs),
            "may_undo": left_at(person) is not None,
            # What upper rooms can do with a person: `{"label", "url"}` or None from each.
            "deeds": [deed for hook in hooks.get_hooks("person_deeds") if (deed := hook(person=person, user=user))],
        }


class PersonCreateView(DeedCreateView):
    def get_success_url(self):
        return self.get_edit_url()


class PersonEditView(WorkMixin, SeenMixin, DeedEditView):
    # The action writes what changed from what to what.
    log_action = None

    def get_success_url(self):
        return self.get_edit_url()


class PersonInspectView(WorkMixin, SeenReadView):
    pass


class PersonHistoryView(SeenPeopleMixin, SeenHistoryView):
    pass


class PersonDeleteView(SeenPeopleMixin, SeenMixin, RefusedDeleteView):
    pass


class OfPersonMixin:
    """A dated row of a person whom this user may see."""

    def seen(self):
        return self.model.objects.filter(person__in=seen_people(self.request))


class OfPersonCreateView(DeedCreateView):
    """Opened from a person's page it knows the person, and it returns there."""

    def get_initial(self):
        person = self.request.GET.get("person", "")
        found = seen_people(self.request).filter(pk=person).first() if person.isdecimal() else None
        return super().get_initial() | {"person": found}

    def get_success_url(self):
        return reverse("wagtailusers_users:edit", args=[self.object.person_id])


class OfPersonEditView(OfPersonMixin, SeenMixin, DeedEditView):
    def get_success_url(self):
        return reverse("wagtailusers_users:edit", args=[self.object.person_id])


class OfPersonInspectView(OfPersonMixin, SeenReadView):
    pass


class OfPersonHistoryView(OfPersonMixin, SeenHistoryView):
    pass


class OfPersonDeleteView(OfPersonMixin, SeenMixin, RefusedDeleteView):
    pass


class OfPersonIndexView(OfPersonMixin, generic.IndexView):
    is_searchable = True
    related = ()

    def get_base_queryset(self):
        return self.seen().select_related(*self.related)

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return queryset.filter(person__in=Person.objects.matching(self.search_query))


class EmploymentIndexView(OfPersonIndexView):
    related = ("person", "employer", "company", "manager")


class PositionHeldIndexView(OfPersonIndexView):
    related = ("person", "position", "facility")


class LeaveIndexView(OfPersonIndexView):
    related = ("person",)


class OwnAccountView(AccountView):
    """Wagtail's own page of preferences; the name is HR's, because records carry it."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]


class SiteHistoryView(LogEntriesView):
    """Wagtail's report of whatever was done in the admin, for whoever may see everybody whom it names."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.facility_limits:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def refuse_bulk_action(request, action):
    """Wagtail would give roles to many people, or delete them, past everything that the screens here observe."""
    if not request.user.has_perm("people.view_person"):
        raise PermissionDenied
    messages.error(request, _("People are changed one by one, each on their own page, and are never deleted."))
    return HttpResponseRedirect(reverse("wagtailusers_users:index"))
