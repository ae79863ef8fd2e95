"""Choosing a question in the admin: for those who may see questions, since drafts and right answers are in them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.views import chooser


class OfQuestionsMixin(PermissionCheckedMixin):
    """Wagtail lets everybody in the admin choose anything."""

    any_permission_required = ["add", "change", "view"]


class ListedMixin:
    """Hundreds of questions are told apart by where they belong and what they are."""

    @property
    def columns(self):
        return [
            *super().columns,
            Column("bank", label=_("Bank")),
            Column("kind", label=_("Kind"), accessor=lambda row: row.kind.label if row.answer else ""),
        ]

    def get_object_list(self):
        return super().get_object_list().select_related("bank")


class ChooseView(ListedMixin, OfQuestionsMixin, chooser.ChooseView):
    pass


class ChooseResultsView(ListedMixin, OfQuestionsMixin, chooser.ChooseResultsView):
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
