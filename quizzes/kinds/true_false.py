from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kind import KindBlock
from .single_choice import SingleChoice


class TrueFalseBlock(KindBlock):
    answer = blocks.ChoiceBlock(choices=[("true", _("True")), ("false", _("False"))], label=_("The right answer"))
    reason_true = blocks.TextBlock(label=_("Reason, shown to somebody who chose “true”"), rows=2)
    reason_false = blocks.TextBlock(label=_("Reason, shown to somebody who chose “false”"), rows=2)


class TrueFalse(SingleChoice):
    """Its two options need no words of the editor: they are shown in the language of the page."""

    name = "true_false"
    label = _("True or false")
    instruction = _("Is this true or false?")
    block_class = TrueFalseBlock
    words = {"true": _("True"), "false": _("False")}

    def options(self, value):
        return [
            {"id": name, "text": str(word), "right": value["answer"] == name, "reason": value[f"reason_{name}"]}
            for name, word in self.words.items()
        ]

    def arrange(self, shown, chance, shuffle):
        """True before false is what people expect."""
        return super().arrange(shown, chance, shuffle=False)

    def word(self, option, text):
        return self.words[option]
