import django_filters
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from ..kinds import BY_HAND
from ..models import Attempt, Question, QuestionVersion, Quiz


def _quizzes():
    return _titled(Quiz.objects.order_by("title"), "title")


def _questions():
    keys = QuestionVersion.objects.filter(kind__in=BY_HAND).values("question_key")
    return _titled(Question.objects.filter(translation_key__in=keys).order_by("prompt"), "prompt")


def _titled(rows, name):
    """Choices by key, each in the language of the page where there is one."""
    found = {}
    for key, title, language in rows.values_list("translation_key", name, "locale__language_code"):
        if str(key) not in found or language == get_language():
            found[str(key)] = title
    return list(found.items())


class WaitingFilterSet(WagtailFilterSet):
    quiz = django_filters.ChoiceFilter(label=_("Quiz"), choices=_quizzes, field_name="quiz_key")
    question = django_filters.ChoiceFilter(label=_("Question"), choices=_questions, method="asked")

    class Meta:
        model = Attempt
        fields = ["quiz", "question"]

    def asked(self, queryset, name, key):
        return queryset.waiting_at(key)
