import datetime

import django_filters
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from ..models import Attempt, Quiz


def quiz_choices():
    """`[(key, title)]` of all quizzes, in the active language where there is one."""
    titles = {}
    for key, title, language in Quiz.objects.values_list("translation_key", "title", "locale__language_code"):
        if key not in titles or language == get_language():
            titles[key] = title
    return sorted(((str(key), title) for key, title in titles.items()), key=lambda pair: pair[1].casefold())


def _begins(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


class AttemptFilterSet(WagtailFilterSet):
    """Days are those of whoever looks; the last one counts."""

    quiz = django_filters.ChoiceFilter(label=_("Quiz"), choices=quiz_choices, field_name="quiz_key")
    state = django_filters.ChoiceFilter(label=_("State"), choices=Attempt.State.choices)
    passed = django_filters.ChoiceFilter(
        label=_("Result"), choices=[("yes", _("passed")), ("no", _("not passed"))], method="with_result"
    )
    since = django_filters.DateFilter(label=_("Begun from"), widget=AdminDateInput, method="begun_since")
    until = django_filters.DateFilter(label=_("Begun until"), widget=AdminDateInput, method="begun_until")

    class Meta:
        model = Attempt
        fields = ["quiz", "state", "passed", "since", "until"]

    def with_result(self, queryset, name, value):
        return queryset.filter(state=Attempt.State.GRADED, passed=value == "yes")

    def begun_since(self, queryset, name, day):
        return queryset.filter(started_at__gte=_begins(day))

    def begun_until(self, queryset, name, day):
        # The last day of the calendar narrows nothing.
        return queryset if day == datetime.date.max else queryset.filter(started_at__lt=_begins(day + DAY))


DAY = datetime.timedelta(days=1)
