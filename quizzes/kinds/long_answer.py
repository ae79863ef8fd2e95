from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kind import Kind, KindBlock, PartBlock, Unreadable, rows, same
from .rubric import Marked

LENGTH = 5000


class CriterionBlock(PartBlock):
    text = blocks.CharBlock(label=_("What is looked for"), max_length=120)
    description = blocks.TextBlock(label=_("What earns all of its points"), rows=2)
    points = blocks.IntegerBlock(min_value=1, max_value=10, default=2, label=_("Points"))


class LongAnswerBlock(KindBlock):
    rubric = blocks.ListBlock(
        CriterionBlock(),
        min_num=1,
        max_num=8,
        label=_("Rubric"),
        help_text=_("Whoever marks gives points for each. Learners see it with their mark, not before."),
    )
    example = blocks.TextBlock(rows=4, label=_("A good answer, shown with the mark"))

    def problems(self, value):
        if same([row["text"] for row in value["rubric"]]):
            return {"rubric": _("The rubric looks for the same thing twice.")}
        return {}


class LongAnswer(Marked, Kind):
    """Text in the learner's own words."""

    name = "long_answer"
    worded = True
    label = _("Long answer")
    instruction = _("Answer in your own words. A person reads and marks it.")
    icon = "doc-full"
    block_class = LongAnswerBlock
    template = "quizzes/kinds/long_answer.html"
    told_template = "quizzes/kinds/long_answer_told.html"

    def shown(self, value):
        return {}

    def key(self, values):
        return {"parts": [{"id": row["id"], "points": row["points"]} for row in rows(values[0]["rubric"])]}

    def reasons(self, value):
        found = {"": value["example"]}
        for row in rows(value["rubric"]):
            found |= {row["id"]: row["text"], f"{row['id']} full": row["description"]}
        return found

    def parse(self, data, shown, arranged, field="answer"):
        typed = data.get(field, "").replace("\r\n", "\n").strip()
        if len(typed) > LENGTH:
            raise Unreadable(
                _now("That is longer than %(length)d signs. Please say it in fewer words.") % {"length": LENGTH}
            )
        return typed or None

    def solution(self, key):
        """Any answer may earn all points."""
        return "…"

    def ask(self, shown, arranged, answer, field="answer"):
        return {"field": field, "value": answer or "", "length": LENGTH}

    def tell(self, shown, arranged, answer, key, reasons):
        return {"given": answer or "", "example": reasons.get("", "")}
