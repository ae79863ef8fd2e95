"""What the kinds that offer a list of options share."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    right = blocks.BooleanBlock(label=_("This answer is right"), required=False)
    reason = blocks.TextBlock(label=_("Reason, shown after the quiz"), rows=2)


class ChoiceBlock(blocks.StructBlock):
    """Refuses a question that nobody could answer well: the kind says how many answers may be right."""

    options = blocks.ListBlock(OptionBlock(), min_num=2, max_num=8, label=_("Answers"))

    def __init__(self, kind=None, **kwargs):
        self.kind = kind
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        problems = []
        texts = [option["text"].strip().casefold() for option in value["options"]]
        if len(set(texts)) < len(texts):
            problems.append(ValidationError(_("Two answers say the same.")))
        if problem := self.kind.problem(sum(option["right"] for option in value["options"]), len(texts)):
            problems.append(ValidationError(problem))
        if problems:
            raise StructBlockValidationError(
                block_errors={"options": ListBlockValidationError(non_block_errors=problems)}
            )
        return value


class Choice:
    """A kind whose answer is a list of option ids. `value` is the StreamField value of its block."""

    name = label = instruction = input_type = None
    option_block = ChoiceBlock

    def block(self):
        return self.option_block(kind=self, label=self.label, icon="tasks")

    def problem(self, right, total):
        """A sentence for the editor when that many right answers make no sense, else None."""
        raise NotImplementedError

    def options(self, value):
        """Plain rows: id (the block's, the same in every language), text, right, reason."""
        return [{"id": child.id, **child.value} for child in value["options"].bound_blocks]

    def shown(self, value):
        """What a learner may see before the answers are released."""
        return {"options": [{"id": option["id"], "text": option["text"]} for option in self.options(value)]}

    def key(self, value):
        """Ids of the right options."""
        return sorted(option["id"] for option in self.options(value) if option["right"])

    def reasons(self, value):
        return {option["id"]: option["reason"] for option in self.options(value)}

    def word(self, option, text):
        """The words of an option on the page."""
        return text

    def parse(self, data, shown):
        """The answer in a posted form; ids that the question does not offer are dropped."""
        offered = {option["id"] for option in shown["options"]}
        return sorted(offered.intersection(data.getlist("answer")))

    def points(self, answer, key):
        """1 when exactly the right options were chosen, else 0."""
        return int(sorted(answer) == sorted(key))
