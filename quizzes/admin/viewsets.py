"""The admin's listings of this room, declared."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from ..choosers import QuestionChooserViewSet
from ..models import Bank, Question, Quiz
from .exporting import QuestionIndexView


class BankViewSet(SnippetViewSet):
    model = Bank
    icon = "folder-open-inverse"
    list_display = ["title"]
    search_fields = ["title"]
    copy_view_enabled = False


class QuestionFilterSet(WagtailFilterSet):
    class Meta:
        model = Question
        fields = ["bank", "difficulty", "criterion", "live"]


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    index_view_class = QuestionIndexView
    list_display = ["prompt", "bank", "difficulty", "live"]
    list_per_page = 50
    filterset_class = QuestionFilterSet
    chooser_viewset_class = QuestionChooserViewSet
    copy_view_enabled = False

    def get_queryset(self, request):
        return Question.objects.select_related("bank")


class QuizViewSet(SnippetViewSet):
    model = Quiz
    icon = "tasks"
    list_display = ["title", "pass_mark", "attempts_allowed"]
    copy_view_enabled = False


class QuizzesGroup(SnippetViewSetGroup):
    items = (QuizViewSet, QuestionViewSet, BankViewSet)
    menu_label = _("Quizzes")
    menu_icon = "tasks"
    menu_order = 300
