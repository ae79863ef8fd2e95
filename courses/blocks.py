"""The blocks of a lesson: those shared with guides, and the check question, which only a course can ask."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from content.blocks import LESSON as SHARED
from content.blocks import block

LATER = _("This kind cannot be told at once: it goes on over several screens, or a person marks it. Ask it in a quiz.")


class CheckBlock(blocks.StructBlock):
    question = SnippetChooserBlock(
        "quizzes.Question",
        label=_("Question"),
        help_text=_("It is not graded. Who answers sees at once what is right and why."),
    )

    def clean(self, value):
        value = super().clean(value)
        if value["question"].answer and not value["question"].kind.at_once:
            raise StructBlockValidationError(block_errors={"question": ValidationError(LATER)})
        return value


LESSON = [*SHARED, block(CheckBlock, "check", "help", _("Check question"))]
