from django.utils.translation import gettext_lazy as _

from .choice import Choice


class MultipleResponse(Choice):
    name = "multiple_response"
    label = _("Multiple response")
    instruction = _("Choose every answer that is right.")
    input_type = "checkbox"

    def problem(self, right, total):
        if right == 0:
            return _("Mark at least one answer as right.")
        if right == total:
            return _("At least one answer must be wrong.")
