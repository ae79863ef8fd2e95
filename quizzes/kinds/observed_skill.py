from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kind import EACH, Kind, KindBlock, PartBlock, credit_block, credit_for_parts, rows, same
from .rubric import Marked


class ObservedItemBlock(PartBlock):
    text = blocks.CharBlock(label=_("What the person does"), max_length=160)
    description = blocks.TextBlock(label=_("How to tell that it is done right"), rows=2, required=False)


class ObservedSkillBlock(KindBlock):
    checklist = blocks.ListBlock(
        ObservedItemBlock(),
        min_num=1,
        max_num=20,
        label=_("Checklist"),
        help_text=_("Whoever watches says of each whether it was done. Learners see it once it is signed and graded."),
    )
    credit = credit_block()

    def problems(self, value):
        if same([row["text"] for row in value["checklist"]]):
            return {"checklist": _("The checklist says the same thing twice.")}
        return {}


class ObservedSkill(Marked, Kind):
    """Done before the eyes of an assessor, who signs a checklist. The learner answers nothing.

    It may be signed from the start of the attempt until it is graded. Each part is worth one: done or not done.
    """

    name = "observed_skill"
    label = _("Observed skill")
    instruction = _("Somebody who may sign this off watches you do it, and signs.")
    icon = "view"
    observed = True
    block_class = ObservedSkillBlock
    template = "quizzes/kinds/observed_skill.html"
    told_template = "quizzes/kinds/observed_skill_told.html"

    def shown(self, value):
        return {}

    def key(self, values):
        return {
            "parts": [{"id": row["id"], "points": 1} for row in rows(values[0]["checklist"])],
            "each": values[0]["credit"] == EACH,
        }

    def reasons(self, value):
        found = {}
        for row in rows(value["checklist"]):
            found |= {row["id"]: row["text"], f"{row['id']} full": row["description"]}
        return found

    def arrange(self, shown, chance, shuffle):
        """The attempt says so itself: its pages count nothing here as left open."""
        return {"observed": True}

    def choices(self, points):
        return [(1, _now("Done")), (0, _now("Not done"))]

    def said(self, given, points):
        return _now("Done") if given else _now("Not done")

    def parse(self, data, shown, arranged, field="answer"):
        return None

    def partial(self, key):
        return key["each"]

    def credit_for(self, given, key):
        super().credit_for(given, key)
        return credit_for_parts(sum(given.values()), len(given), key["each"])

    def solution(self, key):
        return None

    def ask(self, shown, arranged, answer, field="answer"):
        return {"field": field}

    def tell(self, shown, arranged, answer, key, reasons):
        return {}
