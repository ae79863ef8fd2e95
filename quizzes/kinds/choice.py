"""What the kinds that offer a list of options share."""

import re

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kind import Kind, KindBlock, PartBlock, credit_for_parts, same

# In a shuffled list there is no "above", nor is there an A or a B.
POINTING = re.compile(
    r"\b(the above|of these|(answers|options) above|above (answers|options)|(all|both|no) (answers|options))\b"
    r"|\b(las|los|lo|opciones|respuestas) anterior(es)?\b"
    r"|\b(todas|todos|ambas|ambos|ninguna|ninguno|cualquiera)( de)? (estas|estos|las respuestas|las opciones)\b"
    r"|^(both |only |solo |tanto )?[a-f](( and | or | & | y | o |, )[a-f])+\.?$",
    re.IGNORECASE,
)


class OptionBlock(PartBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    right = blocks.BooleanBlock(label=_("This answer is right"), required=False)
    reason = blocks.TextBlock(label=_("Reason, shown after the quiz"), rows=2)


class ChoiceBlock(KindBlock):
    """The kind says how many answers may be right."""

    options = blocks.ListBlock(
        OptionBlock(),
        min_num=2,
        max_num=8,
        default=[{"text": "", "right": False, "reason": ""}] * 2,
        label=_("Answers"),
    )

    def problems(self, value):
        texts = [option["text"] for option in value["options"]]
        if same(texts):
            return {"options": _("Two answers say the same.")}
        if any(POINTING.search(text.strip()) for text in texts):
            return {
                "options": _(
                    "Answers are shuffled, so none can point at others (“all of the above”). Name what it means."
                )
            }
        problem = self.kind.problem(sum(option["right"] for option in value["options"]), len(texts))
        return {"options": problem} if problem else {}


class Choice(Kind):
    """A kind whose answer is a list of option ids."""

    input_type = None
    distracts = True
    block_class = ChoiceBlock
    template = "quizzes/kinds/choice.html"
    told_template = "quizzes/kinds/choice_told.html"

    def problem(self, right, total):
        """A sentence for the editor when that many right answers make no sense, else None."""
        raise NotImplementedError

    def options(self, value):
        """Plain rows: id (the block's, the same in every language), text, right, reason."""
        return [{"id": child.id, **child.value} for child in value["options"].bound_blocks]

    def shown(self, value):
        return {"options": [{"id": option["id"], "text": option["text"]} for option in self.options(value)]}

    def key(self, values):
        """Ids of the right options."""
        return sorted(option["id"] for option in self.options(values[0]) if option["right"])

    def right(self, key):
        return key

    def reasons(self, value):
        return {option["id"]: option["reason"] for option in self.options(value)}

    def arrange(self, shown, chance, shuffle):
        options = [option["id"] for option in shown["options"]]
        if shuffle:
            chance.shuffle(options)
        return {"options": options}

    def word(self, option, text):
        """The words of an option on the page."""
        return text

    def parse(self, data, shown, arranged, field="answer"):
        offered = {option["id"] for option in shown["options"]}
        return sorted(offered.intersection(data.getlist(field))) or None

    def solution(self, key):
        return self.right(key)

    def credit(self, answer, key):
        """All for exactly the right options, else nothing."""
        return credit_for_parts(sorted(answer) == sorted(key), 1, each=False)

    def offered(self, shown, key):
        right = self.right(key)
        return [
            {"id": row["id"], "text": self.word(row["id"], row["text"]), "right": row["id"] in right}
            for row in shown["options"]
        ]

    def picked(self, answer, key):
        return answer

    def ask(self, shown, arranged, answer, field="answer"):
        words = {option["id"]: option["text"] for option in shown["options"]}
        return {
            "field": field,
            "input_type": self.input_type,
            "options": [
                {"id": option, "text": self.word(option, words[option]), "checked": option in (answer or [])}
                for option in arranged["options"]
            ],
        }

    def tell(self, shown, arranged, answer, key, reasons):
        """What was chosen, then what else is right; the others can be looked up."""
        words = {option["id"]: option["text"] for option in shown["options"]}
        options = [
            {
                "text": self.word(option, words[option]),
                "chosen": option in (answer or []),
                "right": option in self.right(key),
                "reason": reasons.get(option, ""),
            }
            for option in arranged["options"]
        ]
        told = sorted((row for row in options if row["chosen"] or row["right"]), key=lambda row: not row["chosen"])
        return {"told": told, "others": [row for row in options if row not in told]}
