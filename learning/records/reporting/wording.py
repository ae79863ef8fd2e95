"""What a stored filter of the report says, in words, by the names of today."""

import datetime
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learning.people.models import Facility, Position

from ..filters import TrainingRecordFilterSet, area_choices, course_choices
from ..models.words import Source, Status
from ..shown import short_date


class Words:
    """Looks up each kind of name once, for a whole page of the log."""

    def filter(self, stored):
        """A sentence for `{name: [values]}`; nothing means everything."""
        labels = {name: found.label for name, found in TrainingRecordFilterSet.base_filters.items()}
        labels |= {"q": _("Search")}
        named = ((name, values) for name, values in stored.items() if name != "columns")
        parts = [f"{labels.get(name, name)}: {', '.join(self._value(name, one) for one in v)}" for name, v in named]
        return "; ".join(parts) or _("everything")

    def _value(self, name, value):
        """What is called otherwise now, or nothing any more, stays as it was asked for."""
        if name in ("since", "until"):
            try:
                return short_date(datetime.date.fromisoformat(value))
            except ValueError:
                return value
        return str(self._names[name]().get(value, value)) if name in self._names else value

    @cached_property
    def _names(self):
        return {
            "area": lambda: self._areas,
            "course_key": lambda: self._courses,
            "facility": lambda: self._facilities,
            "position": lambda: self._positions,
            "status": lambda: {value: capfirst(words) for value, words in Status.choices},
            "source": lambda: {value: capfirst(words) for value, words in Source.choices},
        }

    @cached_property
    def _areas(self):
        return {str(number): words for number, words in area_choices()}

    @cached_property
    def _courses(self):
        return dict(course_choices())

    @cached_property
    def _facilities(self):
        return {str(row.pk): row.name for row in Facility.objects.all()}

    @cached_property
    def _positions(self):
        return {str(pk): title for pk, title in Position.objects.values_list("pk", "title")}
