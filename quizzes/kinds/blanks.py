import re

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kind import EACH, Kind, KindBlock, PartBlock, credit_block, credit_for_parts, rows, same, texts

GAP = re.compile(r"\{(\d+)\}")


class WordBlock(PartBlock):
    text = blocks.CharBlock(label=_("Words"), max_length=80)
    right = blocks.BooleanBlock(label=_("These words are right"), required=False)


class BlankBlock(blocks.StructBlock):
    words = blocks.ListBlock(
        WordBlock(), min_num=2, max_num=6, default=[{"text": "", "right": False}] * 2, label=_("To choose from")
    )
    reason = blocks.TextBlock(label=_("Reason, shown after the quiz"), rows=2, required=False)


class BlanksBlock(KindBlock):
    text = blocks.TextBlock(
        rows=3, max_length=1000, label=_("Text with gaps"), help_text=_("Write {1}, {2}, … where a gap is.")
    )
    blanks = blocks.ListBlock(BlankBlock(), min_num=1, max_num=8, label=_("Gaps"))
    credit = credit_block()

    def problems(self, value):
        found = [int(number) for number in GAP.findall(value["text"])]
        if found != list(range(1, len(value["blanks"]) + 1)):
            return {"text": _("Each gap below stands in the text once, in order: {1}, {2}, …")}
        for number, blank in enumerate(value["blanks"], 1):
            if same([word["text"] for word in blank["words"]]):
                return {"blanks": _("Gap %(number)s offers the same words twice.") % {"number": number}}
            if sum(word["right"] for word in blank["words"]) != 1:
                return {"blanks": _("Gap %(number)s needs exactly one right choice.") % {"number": number}}
        return {}


class Blanks(Kind):
    """Gaps in a text, each filled from a list. An answer is `{gap: word}`, the key `{"words": {gap: word}, "each"}`."""

    name = "blanks"
    label = _("Fill the gaps")
    instruction = _("Choose the right words for each gap.")
    icon = "edit"
    block_class = BlanksBlock
    template = "quizzes/kinds/blanks.html"
    told_template = "quizzes/kinds/parts_told.html"

    def shown(self, value):
        return {
            "text": value["text"],
            "blanks": [
                {
                    "id": blank["id"],
                    "words": sorted(
                        ({"id": word["id"], "text": word["text"]} for word in rows(blank["words"])),
                        key=lambda word: word["id"],
                    ),
                }
                for blank in rows(value["blanks"])
            ],
        }

    def key(self, values):
        return {
            "words": {
                blank["id"]: next(word["id"] for word in rows(blank["words"]) if word["right"])
                for blank in rows(values[0]["blanks"])
            },
            "each": values[0]["credit"] == EACH,
        }

    def reasons(self, value):
        return {blank["id"]: blank["reason"] for blank in rows(value["blanks"])}

    def arrange(self, shown, chance, shuffle):
        order = {blank["id"]: [word["id"] for word in blank["words"]] for blank in shown["blanks"]}
        for words in order.values():
            chance.shuffle(words)
        return {"words": order}

    def parse(self, data, shown, arranged, field="answer"):
        answer = {}
        for number, blank in enumerate(shown["blanks"], 1):
            chosen = data.get(f"{field}-{number}")
            if chosen in arranged["words"][blank["id"]]:
                answer[blank["id"]] = chosen
        return answer or None

    def partial(self, key):
        return key["each"]

    def solution(self, key):
        return key["words"]

    def credit(self, answer, key):
        right = sum(answer.get(blank) == word for blank, word in key["words"].items())
        return credit_for_parts(right, len(key["words"]), key["each"])

    def offered(self, shown, key):
        return [
            {
                "id": f"{blank['id']}>{word['id']}",
                "text": f"{{{number}}} {word['text']}",
                "right": key["words"][blank["id"]] == word["id"],
            }
            for number, blank in enumerate(shown["blanks"], 1)
            for word in blank["words"]
        ]

    def picked(self, answer, key):
        return [f"{blank}>{word}" for blank, word in answer.items()]

    def ask(self, shown, arranged, answer, field="answer"):
        """Pieces of the text; each but the last is followed by its gap."""
        pieces = GAP.split(shown["text"])[::2]
        gaps = []
        for number, blank in enumerate(shown["blanks"], 1):
            words = texts(blank["words"])
            chosen = (answer or {}).get(blank["id"])
            gaps.append(
                {
                    "name": f"{field}-{number}",
                    "number": number,
                    "words": [
                        {"id": word, "text": words[word], "chosen": word == chosen}
                        for word in arranged["words"][blank["id"]]
                    ],
                }
            )
        return {"field": field, "pieces": list(zip(pieces, [*gaps, None], strict=True))}

    def tell(self, shown, arranged, answer, key, reasons):
        parts = []
        for number, blank in enumerate(shown["blanks"], 1):
            words = texts(blank["words"])
            given, wanted = (answer or {}).get(blank["id"]), key["words"][blank["id"]]
            parts.append(
                {
                    "text": GAP.sub("…", shown["text"]) if len(shown["blanks"]) == 1 else f"({number})",
                    "given": words.get(given, ""),
                    "right": given == wanted,
                    "answer": words[wanted],
                    "reason": reasons.get(blank["id"], ""),
                }
            )
        # Braces are for editors.
        return {"text": GAP.sub(r"(\1)", shown["text"]), "parts": parts}
