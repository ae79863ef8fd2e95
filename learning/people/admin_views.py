"""Screens for HR in the Wagtail admin."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel

from . import rules
from .filters import today
from .kept import DeedCreateView, DeedEditView, ReadView
from .models import Audience, AudienceVersion, Employment, Facility, Person, Position, PositionHeld


class PersonIndexView(generic.IndexView):
    is_searchable = True

    def get_base_queryset(self):
        on = today()
        held = PositionHeld.objects.on(on).select_related("position", "facility")
        employments = Employment.objects.on(on).select_related("employer")
        return Person.objects.filter(merged_into__isnull=True).prefetch_related(
            Prefetch("positions_held", held, to_attr="holds"), Prefetch("employments", employments, to_attr="works")
        )

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query) if self.is_searching else queryset


class WorkMixin:
    """A person's page shows where they work and worked, with the way to each."""

    def get_context_data(self, **kwargs):
        person = self.object
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "employments": person.employments.select_related("employer", "company", "manager").order_by("-starts_on"),
            "positions": person.positions_held.select_related("position", "facility").order_by("-starts_on"),
            "may_employ": user.has_perm("people.add_employment"),
            "may_place": user.has_perm("people.add_positionheld"),
            "may_change_employment": user.has_perm("people.change_employment"),
            "may_change_position": user.has_perm("people.change_positionheld"),
        }


class PersonCreateView(DeedCreateView):
    def get_success_url(self):
        # Where the employment and the position are added next.
        return self.get_edit_url()


class PersonEditView(WorkMixin, DeedEditView):
    pass


class PersonInspectView(WorkMixin, ReadView):
    pass


class OfPersonCreateView(DeedCreateView):
    """Opened from a person's page it knows the person, and it returns there."""

    def get_initial(self):
        person = self.request.GET.get("person", "")
        return super().get_initial() | {"person": person if person.isdecimal() else None}

    def get_success_url(self):
        return reverse("wagtailusers_users:edit", args=[self.object.person_id])


class OfPersonEditView(DeedEditView):
    def get_success_url(self):
        return reverse("wagtailusers_users:edit", args=[self.object.person_id])


class OfPersonIndexView(generic.IndexView):
    is_searchable = True
    related = ()

    def get_base_queryset(self):
        return self.model.objects.select_related(*self.related)

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return queryset.filter(person__in=Person.objects.matching(self.search_query))


class EmploymentIndexView(OfPersonIndexView):
    related = ("person", "employer", "company", "manager")


class PositionHeldIndexView(OfPersonIndexView):
    related = ("person", "position", "facility")


def in_words(versions):
    """Versions of audience rules with what they say: `positions` and `facilities`, lists of names."""
    said = [(version, rules.listed(version.rule)) for version in versions]
    uuids = {uuid for _version, listed in said if listed for part in listed for uuid in part}
    names = {str(uuid): title for uuid, title in Position.objects.filter(uuid__in=uuids).values_list("uuid", "title")}
    names |= {str(uuid): name for uuid, name in Facility.objects.filter(uuid__in=uuids).values_list("uuid", "name")}
    for version, listed in said:
        positions, facilities = listed or ([], [])
        version.positions = ", ".join(sorted(names.get(uuid, uuid) for uuid in positions)) or _("any")
        version.facilities = ", ".join(sorted(names.get(uuid, uuid) for uuid in facilities)) or _("any")
        if listed is None:
            version.positions = version.facilities = _("a rule that this page cannot show")
    return versions


class AudienceIndexView(generic.IndexView):
    def get_base_queryset(self):
        newest = AudienceVersion.objects.order_by("number")
        return Audience.objects.prefetch_related(Prefetch("versions", newest, to_attr="all_versions"))

    def get_table(self, object_list):
        rows = list(object_list)
        newest = {row: row.all_versions[-1] for row in rows if row.all_versions}
        in_words(list(newest.values()))
        for row in rows:
            row.newest = newest.get(row)
        return super().get_table(object_list)


class RuleMixin:
    """What an audience says and said, and how many it selects today."""

    def get_context_data(self, **kwargs):
        versions = in_words(list(self.object.versions.select_related("recorded_by").order_by("-number")))
        number = Person.objects.in_audience(versions[0].rule, today()).count() if versions else 0
        return super().get_context_data(**kwargs) | {"versions": versions, "number": number}


class AudienceEditView(RuleMixin, DeedEditView):
    pass


class AudienceInspectView(RuleMixin, ReadView):
    pass


class OwnAccountView(AccountView):
    """Wagtail's own page of preferences; the name is HR's, because records carry it."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]


def refuse_bulk_action(request, action):
    """Wagtail would give roles to many people, or delete them, past everything that the screens here observe."""
    if not request.user.has_perm("people.view_person"):
        raise PermissionDenied
    messages.error(request, _("People are changed one by one, each on their own page, and are never deleted."))
    return HttpResponseRedirect(reverse("wagtailusers_users:index"))
