from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kind import EACH, Kind, KindBlock, PartBlock, credit_block, rows, same, without_order
from .placing import Placing


class PairBlock(PartBlock):
    text = blocks.CharBlock(label=_("This"), max_length=200)
    match = blocks.CharBlock(label=_("belongs to this"), max_length=200)
    reason = blocks.TextBlock(label=_("Reason, shown after the quiz"), rows=2, required=False)


class MatchingBlock(KindBlock):
    pairs = blocks.ListBlock(
        PairBlock(),
        min_num=2,
        max_num=8,
        default=[{"text": "", "match": "", "reason": ""}] * 2,
        label=_("Pairs"),
    )
    strays = blocks.ListBlock(
        blocks.StructBlock([("text", blocks.CharBlock(label=_("Text"), max_length=200))]),
        default=[],
        max_num=4,
        label=_("Answers that belong to nothing"),
    )
    credit = credit_block()

    def problems(self, value):
        matches = [pair["match"] for pair in value["pairs"]]
        if same([pair["text"] for pair in value["pairs"]]):
            return {"pairs": _("Two questions of the pairs say the same.")}
        if same(matches):
            return {"pairs": _("Two answers of the pairs say the same: nobody could tell them apart.")}
        if same([*matches, *(stray["text"] for stray in value["strays"])]):
            return {"strays": _("One of these says the same as an answer of the pairs, or as another of these.")}
        return {}


class Matching(Placing, Kind):
    """Each left text is given its right one. The choice for a pair goes by its own id with a mark."""

    name = "matching"
    label = _("Match pairs")
    instruction = _("Choose what belongs to each.")
    block_class = MatchingBlock

    def shown(self, value):
        pairs = rows(value["pairs"])
        choices = [{"id": pair["id"], "text": pair["match"]} for pair in pairs]
        return {
            "items": [{"id": pair["id"], "text": pair["text"]} for pair in pairs],
            "places": without_order([*choices, *rows(value["strays"])]),
        }

    def key(self, values):
        return {
            "places": {pair["id"]: pair["id"] for pair in rows(values[0]["pairs"])},
            "each": values[0]["credit"] == EACH,
        }

    def reasons(self, value):
        return {pair["id"]: pair["reason"] for pair in rows(value["pairs"])}
