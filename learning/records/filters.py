import contextlib

import django_filters
from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from content.models import CriteriaArea
from courses.models import Edition
from learning.people import dates
from learning.people.filters import facilities
from learning.people.local_days import company_zone
from learning.people.models import Position

from .models import TrainingRecord
from .models.words import Source, Status
from .reporting.shown import LABELS


def area_choices():
    """`[(number, title), …]` of the criteria areas, in the active language where there is one."""
    areas = CriteriaArea.objects.select_related("locale").order_by("number")
    titles = {}
    for area in areas:
        if area.number not in titles or area.locale.language_code == get_language():
            titles[area.number] = str(area)
    return list(titles.items())


def course_choices():
    """`[(course key, title), …]` of the courses that were ever released, by area."""
    outlines = [edition.in_language(get_language()) for edition in Edition.objects.current().outlines()]
    outlines.sort(key=lambda outline: (outline.area, outline.title))
    return [(outline.data["course"], outline.title) for outline in outlines]


def column_choices():
    return list(LABELS.items())


class TrainingRecordFilterSet(WagtailFilterSet):
    """Facility and position are those held at the completion; days, the last one included, are the company's."""

    since = django_filters.DateFilter(label=_("Completed from"), widget=AdminDateInput, method="completed_since")
    until = django_filters.DateFilter(label=_("Completed until"), widget=AdminDateInput, method="completed_until")
    facility = django_filters.ModelChoiceFilter(label=_("Facility"), queryset=facilities, method="at_facility")
    position = django_filters.ModelChoiceFilter(
        label=_("Position"), queryset=Position.objects.all(), method="in_position"
    )
    area = django_filters.ChoiceFilter(label=_("Criteria area"), choices=area_choices, method="in_area")
    course_key = django_filters.ChoiceFilter(label=_("Course"), choices=course_choices)
    status = django_filters.ChoiceFilter(label=pgettext_lazy("of a record", "Status"), choices=Status.choices)
    source = django_filters.ChoiceFilter(label=_("Source"), choices=Source.choices)
    columns = django_filters.MultipleChoiceFilter(
        label=_("Columns"), choices=column_choices, widget=forms.CheckboxSelectMultiple, method="unnarrowed"
    )

    class Meta:
        model = TrainingRecord
        fields = ["since", "until", "facility", "position", "area", "course_key", "status", "source", "columns"]

    def unnarrowed(self, queryset, name, columns):
        """Which columns are shown narrows nothing."""
        return queryset

    def completed_since(self, queryset, name, day):
        # The first and the last day of the calendar narrow nothing, and somewhere begin or end outside of it.
        with contextlib.suppress(OverflowError):
            return queryset.completed(since=dates.day_begins(day, company_zone()))
        return queryset

    def completed_until(self, queryset, name, day):
        with contextlib.suppress(OverflowError):
            return queryset.completed(until=dates.day_ends(day, company_zone()))
        return queryset

    def at_facility(self, queryset, name, facility):
        return queryset.filter(facility_uuid=facility.uuid)

    def in_position(self, queryset, name, position):
        return queryset.held(position)

    def in_area(self, queryset, name, number):
        return queryset.in_area(number)
