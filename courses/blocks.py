"""The blocks of a lesson: those shared with guides, and the check question, which only a course can ask."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from content.blocks import LESSON as SHARED
from content.blocks import block


class CheckBlock(blocks.StructBlock):
    question = SnippetChooserBlock(
        "quizzes.Question",
        label=_("Question"),
        help_text=_("It is not graded. Who answers sees at once what is right and why."),
    )


LESSON = [*SHARED, block(CheckBlock, "check", "help", _("Check question"))]
