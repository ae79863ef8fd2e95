import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from .models import Enrolment

STATES = {
    "running": _("under way"),
    "blocked": _("all attempts failed"),
    "completed": _("finished"),
    "closed": _("closed, opened again"),
}


class EnrolmentFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=list(STATES.items()), method="in_state")

    class Meta:
        model = Enrolment
        fields = ["state"]

    def in_state(self, queryset, name, state):
        return getattr(queryset, state)()
