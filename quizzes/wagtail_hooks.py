from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .choosers import QuestionChooserViewSet
from .deleting import why_not
from .models import Bank, Question, Quiz


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


register_snippet(QuizzesGroup)


@hooks.register("before_delete_snippet")
def keep_what_evidence_names(request, instances):
    """For one and for many: say why not, before Wagtail asks whether one is sure."""
    if reason := why_not(list(instances)):
        messages.error(request, reason)
        return redirect(instances[0].snippet_viewset.get_url_name("list"))
