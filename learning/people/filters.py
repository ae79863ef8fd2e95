import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from .local_days import company_day
from .models import Employer, Employment, Facility, Person, Position, PositionHeld


def today():
    return company_day(timezone.now())


class PersonFilterSet(WagtailFilterSet):
    facility = django_filters.ModelChoiceFilter(label=_("Facility"), queryset=Facility.objects.all(), method="holding")
    position = django_filters.ModelChoiceFilter(label=_("Position"), queryset=Position.objects.all(), method="holding")
    works = django_filters.ChoiceFilter(
        label=_("Works here"), choices=[("yes", _("Today")), ("no", _("Not today"))], method="working"
    )

    class Meta:
        model = Person
        fields = ["facility", "position", "works", "is_active"]

    def holding(self, queryset, name, value):
        held = PositionHeld.objects.on(today()).filter(person=OuterRef("pk"), **{name: value})
        return queryset.filter(Exists(held))

    def working(self, queryset, name, value):
        works = Exists(Employment.objects.on(today()).filter(person=OuterRef("pk")))
        return queryset.filter(works if value == "yes" else ~works)


class CurrentFilterSet(WagtailFilterSet):
    current = django_filters.ChoiceFilter(
        label=_("When"), choices=[("yes", _("Today")), ("no", _("Not today"))], method="holding_today"
    )

    def holding_today(self, queryset, name, value):
        ids = queryset.model.objects.on(today()).values("pk")
        return queryset.filter(pk__in=ids) if value == "yes" else queryset.exclude(pk__in=ids)


class EmploymentFilterSet(CurrentFilterSet):
    employer = django_filters.ModelChoiceFilter(label=_("Employer"), queryset=Employer.objects.all())

    class Meta:
        model = Employment
        fields = ["current", "employer", "kind"]


class PositionHeldFilterSet(CurrentFilterSet):
    position = django_filters.ModelChoiceFilter(label=_("Position"), queryset=Position.objects.all())
    facility = django_filters.ModelChoiceFilter(label=_("Facility"), queryset=Facility.objects.all())

    class Meta:
        model = PositionHeld
        fields = ["current", "position", "facility"]
