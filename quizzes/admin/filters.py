import datetime

import django_filters
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from content.models import Criterion, Objective

from ..kinds import KINDS
from ..models import Attempt, Bank, Question, QuestionTag, Quiz

DAY = datetime.timedelta(days=1)


def _in_language(rows):
    """`{key: text}` of rows of language, key and text: in the active language where there is one."""
    found = {}
    for language, key, text in rows:
        if key not in found or language == get_language():
            found[key] = text
    return found


def quiz_choices():
    """`[(key, title)]` of all quizzes."""
    titles = _in_language(Quiz.objects.values_list("locale__language_code", "translation_key", "title"))
    return sorted(((str(key), title) for key, title in titles.items()), key=lambda pair: pair[1].casefold())


def bank_choices():
    return list(Bank.tree().items())


def objective_choices():
    return list(_in_language(Objective.objects.values_list("locale__language_code", "code", "text")).items())


def criterion_choices():
    rows = Criterion.objects.values_list("locale__language_code", "number", "summary")
    return [(number, f"{number} · {text}") for number, text in _in_language(rows).items()]


def kind_choices():
    return [(name, kind.label) for name, kind in KINDS.items()]


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


class QuestionFilterSet(WagtailFilterSet):
    bank = django_filters.ChoiceFilter(label=_("Bank, and those below it"), choices=bank_choices, method="in_bank")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices, method="of_kind")
    objective = django_filters.ChoiceFilter(
        label=_("Objective"), choices=objective_choices, field_name="objective__code"
    )
    criterion = django_filters.ChoiceFilter(
        label=_("Criterion"), choices=criterion_choices, field_name="criterion__number"
    )
    tags = django_filters.ModelChoiceFilter(label=_("Tag"), queryset=QuestionTag.objects.all())

    class Meta:
        model = Question
        fields = ["bank", "kind", "objective", "criterion", "difficulty", "tags", "live"]

    def in_bank(self, queryset, name, value):
        return queryset.filter(bank__in=Bank(pk=int(value)).with_below())

    def of_kind(self, queryset, name, value):
        # It is the type of the one block of the answer, which is stored as JSON.
        return queryset.alias(raw=Cast("answer", TextField())).filter(raw__contains=f'"type": "{value}"')
