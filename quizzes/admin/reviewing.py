"""Approving a question that waits for review: what was spoilt since it was submitted is refused in words."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.views.snippets import WorkflowActionView


class QuestionWorkflowActionView(WorkflowActionView):
    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except ValidationError as error:
            words = _("Not approved, and nothing was published. %(sentences)s")
            messages.error(request, words % {"sentences": " ".join(error.messages)})
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)
