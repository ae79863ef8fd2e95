import django_filters
from django.db.models import Exists, OuterRef, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from .local_days import company_day
from .models import Employer, Employment, Facility, LeavePeriod, Person, Position, PositionHeld, Tag


def today():
    return company_day(timezone.now())


def day_of(request):
    """Today, looked up once a request."""
    if not hasattr(request, "company_day"):
        request.company_day = today()
    return request.company_day


def facilities(request):
    """Those that a listing can be filtered by: of the others this user sees nobody."""
    return Facility.objects.visible_to(request.user)


class PersonFilterSet(WagtailFilterSet):
    """Shows who works here or soon will, unless it is asked for others."""

    facility = django_filters.ChoiceFilter(label=_("Facility"), method="of_facility")
    position = django_filters.ChoiceFilter(label=_("Position"), method="holding")
    employer = django_filters.ChoiceFilter(label=_("Employer"), method="employed_by")
    tags = django_filters.ChoiceFilter(label=_("Tag"))
    works = django_filters.ChoiceFilter(
        label=_("Works here"),
        choices=[("left", _("Left")), ("away", _("On leave today")), ("all", _("Also who left"))],
        empty_label=_("Today or soon"),
        method="working",
    )

    class Meta:
        model = Person
        fields = ["works", "facility", "position", "employer", "tags", "to_confirm", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in self._choices().items():
            self.filters[name].extra["choices"] = choices

    def _choices(self):
        """`{filter: [(key, name), …]}`, all of them in one query."""
        choices = {name: [] for name in ("facility", "position", "employer", "tags")}
        facilities = Facility.objects.visible_to(self.request.user).order_by()
        others = [
            model.objects.order_by().values_list(Value(name), "pk", field)
            for name, model, field in (
                ("position", Position, "title"),
                ("employer", Employer, "name"),
                ("tags", Tag, "name"),
            )
        ]
        rows = facilities.values_list(Value("facility"), "pk", "name").union(*others, all=True)
        for name, pk, title in rows:
            choices[name].append((str(pk), title))
        return {name: sorted(pairs, key=lambda pair: pair[1].casefold()) for name, pairs in choices.items()}

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("works") else queryset.staying(day_of(self.request))

    def of_facility(self, queryset, name, value):
        return queryset.of_facilities([value], day_of(self.request))

    def _of_leavers(self):
        return self.form.cleaned_data.get("works") == "left"

    def holding(self, queryset, name, value):
        rows = PositionHeld.objects if self._of_leavers() else PositionHeld.objects.on(day_of(self.request))
        return queryset.filter(Exists(rows.filter(person=OuterRef("pk"), position=value)))

    def employed_by(self, queryset, name, value):
        rows = Employment.objects if self._of_leavers() else Employment.objects.on(day_of(self.request))
        return queryset.filter(Exists(rows.filter(person=OuterRef("pk"), employer=value)))

    def working(self, queryset, name, value):
        if value == "left":
            return queryset.leavers(day_of(self.request))
        if value == "away":
            return queryset.filter(Exists(LeavePeriod.objects.on(day_of(self.request)).filter(person=OuterRef("pk"))))
        return queryset


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
    facility = django_filters.ModelChoiceFilter(label=_("Facility"), queryset=facilities)

    class Meta:
        model = PositionHeld
        fields = ["current", "position", "facility"]


class LeaveFilterSet(CurrentFilterSet):
    class Meta:
        model = LeavePeriod
        fields = ["current"]


class PositionFilterSet(WagtailFilterSet):
    waiting = django_filters.ChoiceFilter(
        label=_("Training roles"),
        choices=[("yes", _("Not classified")), ("no", _("Classified"))],
        method="waiting_for_roles",
    )

    class Meta:
        model = Position
        fields = ["waiting", "sensitive"]

    def waiting_for_roles(self, queryset, name, value):
        return queryset.filter(classified_at__isnull=value == "yes")
