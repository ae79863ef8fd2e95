import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from learning.people import local_days
from learning.people.filters import facilities
from learning.people.models import PositionHeld

from . import schedule
from .models import Assignment
from .shown import course_choices

STANDINGS = {"late": _("Overdue"), "due": _("Due within 30 days"), "later": _("Later")}


class AssignmentFilterSet(WagtailFilterSet):
    facility = django_filters.ModelChoiceFilter(label=_("Facility"), queryset=facilities, method="at_facility")
    course_key = django_filters.ChoiceFilter(label=_("Course"), choices=course_choices)
    standing = django_filters.ChoiceFilter(label=_("Standing"), choices=list(STANDINGS.items()), method="standing_as")

    class Meta:
        model = Assignment
        fields = ["facility", "course_key", "standing"]

    def at_facility(self, queryset, name, facility):
        held = PositionHeld.objects.on(local_days.company_day(timezone.now()))
        return queryset.filter(Exists(held.filter(person=OuterRef("person"), facility=facility)))

    def standing_as(self, queryset, name, standing):
        on = local_days.company_day(timezone.now())
        if standing == "late":
            return queryset.overdue(on)
        if standing == "due":
            return queryset.due_within(on, schedule.NOTICE_DAYS)
        return queryset.due_later(on, schedule.NOTICE_DAYS)
