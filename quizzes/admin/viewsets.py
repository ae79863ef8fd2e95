"""The admin's listings of this room, declared."""

from django.db.models import Case, Count, When
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, NumberColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from ..choosers import QuestionChooserViewSet
from ..models import Bank, Question, Quiz
from .exporting import QuestionIndexView
from .filters import QuestionFilterSet
from .reviewing import QuestionWorkflowActionView


class BankIndexView(IndexView):
    """Banks as they stand in their tree, each with its way from the top."""

    @cached_property
    def columns(self):
        return [
            self._get_title_column("title", accessor="path"),
            NumberColumn("number", label=_("Questions in it"), sort_key="number"),
        ]

    def get_base_queryset(self):
        return super().get_base_queryset().annotate(number=Count("questions__translation_key", distinct=True))

    def order_queryset(self, queryset):
        if self.is_searching or self.request.GET.get("ordering"):
            return super().order_queryset(queryset)
        places = [When(pk=pk, then=place) for place, pk in enumerate(Bank.tree())]
        return queryset.order_by(Case(*places, default=0)) if places else queryset.order_by("title")

    def get_table(self, object_list):
        paths = Bank.tree()
        for bank in object_list:
            bank.path = paths.get(bank.pk, bank.title)
        return super().get_table(object_list)


class BankViewSet(SnippetViewSet):
    model = Bank
    icon = "folder-open-inverse"
    index_view_class = BankIndexView
    list_per_page = 50
    search_fields = ["title"]
    copy_view_enabled = False


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    index_view_class = QuestionIndexView
    workflow_action_view_class = QuestionWorkflowActionView
    list_display = [
        "prompt",
        Column("kind", label=_("Kind"), accessor=lambda row: row.kind.label if row.answer else ""),
        "bank",
        Column("get_difficulty_display", label=_("Difficulty"), sort_key="difficulty"),
        UpdatedAtColumn(),
        "live",
    ]
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
