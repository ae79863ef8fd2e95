from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kind import EACH, Kind, KindBlock, PartBlock, credit_block, rows, same, without_order
from .placing import Placing


class ItemBlock(PartBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=200)
    reason = blocks.TextBlock(label=_("Reason, shown after the quiz"), rows=2, required=False)


class BinBlock(PartBlock):
    text = blocks.CharBlock(label=_("Group"), max_length=80)
    items = blocks.ListBlock(ItemBlock(), min_num=1, max_num=8, label=_("What belongs into it"))


class CategoriseBlock(KindBlock):
    bins = blocks.ListBlock(
        BinBlock(),
        min_num=2,
        max_num=4,
        default=[{"text": "", "items": [{"text": "", "reason": ""}]}] * 2,
        label=_("Groups"),
    )
    credit = credit_block()

    def problems(self, value):
        if same([group["text"] for group in value["bins"]]):
            return {"bins": _("Two groups have the same name.")}
        if same([item["text"] for group in value["bins"] for item in group["items"]]):
            return {"bins": _("The same thing stands twice, so nobody could tell where it belongs.")}
        return {}


class Categorise(Placing, Kind):
    """Each thing is put into its group."""

    name = "categorise"
    label = _("Sort into groups")
    instruction = _("Choose the group that each belongs to.")
    block_class = CategoriseBlock

    def _items(self, value):
        return [(group["id"], item) for group in rows(value["bins"]) for item in rows(group["items"])]

    def shown(self, value):
        return {
            "items": without_order([{"id": item["id"], "text": item["text"]} for _group, item in self._items(value)]),
            "places": [{"id": group["id"], "text": group["text"]} for group in rows(value["bins"])],
        }

    def key(self, values):
        return {
            "places": {item["id"]: group for group, item in self._items(values[0])},
            "each": values[0]["credit"] == EACH,
        }

    def reasons(self, value):
        return {item["id"]: item["reason"] for _group, item in self._items(value)}

    def arrange(self, shown, chance, shuffle):
        """Things are always mixed; groups keep the order that their editor gave them."""
        items = [row["id"] for row in shown["items"]]
        chance.shuffle(items)
        return {"items": items, "places": [row["id"] for row in shown["places"]]}
