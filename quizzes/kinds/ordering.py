from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kind import EACH, Kind, KindBlock, PartBlock, credit_block, credit_for_parts, rows, same, texts, without_order


class StepBlock(PartBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=200)
    reason = blocks.TextBlock(label=_("Why it comes here, shown after the quiz"), rows=2, required=False)


class OrderingBlock(KindBlock):
    items = blocks.ListBlock(
        StepBlock(),
        min_num=3,
        max_num=8,
        default=[{"text": "", "reason": ""}] * 3,
        label=_("In the right order, the first at the top"),
    )
    credit = credit_block()

    def problems(self, value):
        if same([item["text"] for item in value["items"]]):
            return {"items": _("Two of them say the same, so nobody could tell which comes first.")}
        return {}


class Ordering(Kind):
    """The answer is the list of ids in the order given; the key `{"order": [id], "each": bool}`."""

    name = "ordering"
    label = _("Put in order")
    instruction = _("First at the top. Use the arrows.")
    icon = "list-ol"
    block_class = OrderingBlock
    template = "quizzes/kinds/ordering.html"
    told_template = "quizzes/kinds/ordering_told.html"

    def shown(self, value):
        return {"items": without_order([{"id": row["id"], "text": row["text"]} for row in rows(value["items"])])}

    def key(self, values):
        return {"order": [row["id"] for row in rows(values[0]["items"])], "each": values[0]["credit"] == EACH}

    def reasons(self, value):
        return {row["id"]: row["reason"] for row in rows(value["items"])}

    def arrange(self, shown, chance, shuffle):
        """Always by lot: as written it would be the answer."""
        items = [row["id"] for row in shown["items"]]
        chance.shuffle(items)
        return {"items": items}

    def untouched(self, arranged):
        return arranged["items"]

    def moving(self, data, field="answer"):
        return f"{field}-move" in data

    def parse(self, data, shown, arranged, field="answer"):
        """The posted order with one move made, if an arrow was pressed (`<number>:up`, places from 1)."""
        numbers = {str(number): item for number, item in enumerate(arranged["items"], 1)}
        posted = [numbers[number] for number in data.getlist(field) if number in numbers]
        if sorted(posted) != sorted(arranged["items"]):
            return None
        place, _colon, way = data.get(f"{field}-move", "").partition(":")
        here = int(place) - 1 if place.isdecimal() else -1
        there = here + (-1 if way == "up" else 1)
        if 0 <= here < len(posted) and 0 <= there < len(posted):
            posted[here], posted[there] = posted[there], posted[here]
        return posted

    def partial(self, key):
        return key["each"]

    def solution(self, key):
        return key["order"]

    def credit(self, answer, key):
        """With credit for each, what stands in its own place counts."""
        right = sum(given == wanted for given, wanted in zip(answer, key["order"], strict=False))
        return credit_for_parts(right, len(key["order"]), key["each"])

    def in_words(self, answer, shown, key):
        words = texts(shown["items"])
        return " → ".join(words.get(item, "…") for item in answer)

    def ask(self, shown, arranged, answer, field="answer"):
        words = texts(shown["items"])
        numbers = {item: number for number, item in enumerate(arranged["items"], 1)}
        order = answer or arranged["items"]
        return {
            "field": field,
            "rows": [
                {
                    "number": numbers[item],
                    "text": words[item],
                    "up": f"{place}:up",
                    "down": f"{place}:down",
                    "first": place == 1,
                    "last": place == len(order),
                }
                for place, item in enumerate(order, 1)
            ],
        }

    def tell(self, shown, arranged, answer, key, reasons):
        words = texts(shown["items"])
        given = {item: place for place, item in enumerate(answer or [], 1)}
        return {
            "parts": [
                {
                    "text": words[item],
                    "given": given.get(item),
                    "right": given.get(item) == place,
                    "reason": reasons.get(item, ""),
                }
                for place, item in enumerate(key["order"], 1)
            ]
        }
