from django.utils.translation import gettext_lazy as _

from .choice import Choice


class SingleChoice(Choice):
    name = "single_choice"
    label = _("Single choice")
    instruction = _("Choose one answer.")
    input_type = "radio"

    def problem(self, right, total):
        if right != 1:
            return _("Mark exactly one answer as right.")

    def parse(self, data, shown, arranged, field="answer"):
        answer = super().parse(data, shown, arranged, field)
        return answer and answer[:1]
