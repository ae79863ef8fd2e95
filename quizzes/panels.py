from wagtail.admin.panels import Panel

from . import uses


class WhereUsedPanel(Panel):
    """Which quizzes ask the question, so that an editor knows whom a change reaches."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "quizzes/admin/where_used.html"

        def is_shown(self):
            return self.instance.pk is not None

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {
                "uses": uses.of_question(self.instance),
                "sees_figures": self.request.user.has_perm("quizzes.view_questionversion"),
                "versions": uses.versions(self.instance),
            }
