"""Choosing a question in the admin: for those who may see questions, since drafts and right answers are in them."""

from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.views import chooser


class OfQuestionsMixin(PermissionCheckedMixin):
    """Wagtail lets everybody in the admin choose anything."""

    any_permission_required = ["add", "change", "view"]


class ChooseView(OfQuestionsMixin, chooser.ChooseView):
    pass


class ChooseResultsView(OfQuestionsMixin, chooser.ChooseResultsView):
    pass


class ChosenView(OfQuestionsMixin, chooser.SnippetChosenView):
    pass


class ChosenMultipleView(OfQuestionsMixin, chooser.SnippetChosenMultipleView):
    pass


class QuestionChooserViewSet(chooser.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
