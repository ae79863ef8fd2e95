import re
import unicodedata

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kind import Kind, KindBlock, credit_for_parts, same

LENGTH = 200


class ShortTextBlock(KindBlock):
    accepted = blocks.ListBlock(
        blocks.CharBlock(max_length=LENGTH),
        min_num=1,
        max_num=20,
        label=_("Accepted answers"),
        help_text=_("The first is shown as the right one."),
    )
    mind_case = blocks.BooleanBlock(required=False, label=_("Capital letters matter"))
    mind_accents = blocks.BooleanBlock(required=False, label=_("Accents matter"))
    reason = blocks.TextBlock(label=_("Reason, shown after the quiz"), rows=2)

    def problems(self, value):
        if same(list(value["accepted"])):
            return {"accepted": _("Two accepted answers say the same.")}
        return {}


class ShortText(Kind):
    """A word or a few. What is accepted in one language is accepted in all: people answer as they speak."""

    name = "short_text"
    worded = True
    label = _("Short text")
    instruction = _("Type the answer in a word or a few.")
    icon = "pilcrow"
    block_class = ShortTextBlock
    template = "quizzes/kinds/short_text.html"
    told_template = "quizzes/kinds/parts_told.html"

    def shown(self, value):
        return {}

    def key(self, values):
        accepted = [text for value in values for text in value["accepted"]]
        return {
            "accepted": list(dict.fromkeys(accepted)),
            "mind_case": values[0]["mind_case"],
            "mind_accents": values[0]["mind_accents"],
        }

    def reasons(self, value):
        # Its own language's first answer is the one to show.
        return {"": value["reason"], "answer": value["accepted"][0]}

    def parse(self, data, shown, arranged, field="answer"):
        return " ".join(data.get(field, "").split())[:LENGTH] or None

    def solution(self, key):
        return key["accepted"][0]

    def credit(self, answer, key):
        wanted = {_folded(text, key) for text in key["accepted"]}
        return credit_for_parts(_folded(answer, key) in wanted, 1, each=False)

    def ask(self, shown, arranged, answer, field="answer"):
        return {"field": field, "value": answer or "", "length": LENGTH}

    def tell(self, shown, arranged, answer, key, reasons):
        return {
            "parts": [
                {
                    "text": "",
                    "given": answer or "",
                    "right": bool(answer) and self.credit(answer, key) == 1,
                    "answer": reasons.get("answer", key["accepted"][0]),
                    "reason": reasons.get("", ""),
                }
            ]
        }


def _folded(text, key):
    """Spaces at the ends, doubled ones and a full stop at the end never matter."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().rstrip(".").rstrip()
    if not key["mind_case"]:
        text = text.casefold()
    if not key["mind_accents"]:
        text = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", text)
