import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from ..filters import facilities, today
from ..models import Employer, Employment, Person, Position, PositionHeld
from . import states


class InvitingFilterSet(WagtailFilterSet):
    """The same for the list and for whom is invited: what one sees is whom one writes to."""

    state = django_filters.ChoiceFilter(label=_("Invitation"), choices=states.State.choices)
    unseen = django_filters.NumberFilter(
        label=_("Activated, but not seen for … days"), method="not_seen_for", min_value=1, max_value=3650
    )
    facility = django_filters.ModelChoiceFilter(label=_("Facility"), queryset=facilities, method="holding")
    position = django_filters.ModelChoiceFilter(label=_("Position"), queryset=Position.objects.all(), method="holding")
    employer = django_filters.ModelChoiceFilter(
        label=_("Employer"), queryset=Employer.objects.all(), method="working_for"
    )

    class Meta:
        model = Person
        fields = ["state", "unseen", "facility", "position", "employer"]

    def holding(self, queryset, name, value):
        held = PositionHeld.objects.on(today()).filter(person=OuterRef("pk"), **{name: value})
        return queryset.filter(Exists(held))

    def working_for(self, queryset, name, value):
        return queryset.filter(Exists(Employment.objects.on(today()).filter(person=OuterRef("pk"), employer=value)))

    def not_seen_for(self, queryset, name, value):
        return states.unseen(queryset, int(value), timezone.now())
