import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kind import Kind, KindBlock, Unreadable, credit_for_parts

WRITTEN = re.compile(r"[+-]?[0-9]{1,12}([.,][0-9]{1,6})?")


class NumberBlock(KindBlock):
    value = blocks.DecimalBlock(max_digits=18, decimal_places=6, label=_("The right number"))
    tolerance = blocks.DecimalBlock(
        min_value=0, max_digits=18, decimal_places=6, default=0, label=_("It may be off by")
    )
    unit = blocks.CharBlock(
        max_length=20, required=False, label=_("Unit"), help_text=_("Stands behind the field: mm, %, h.")
    )
    reason = blocks.TextBlock(label=_("Reason, shown after the quiz"), rows=2)


class Number(Kind):
    """The answer is a number as text with a point, exact; the key `{"value", "tolerance"}` likewise."""

    name = "number"
    label = _("Number")
    instruction = _("Type a number.")
    icon = "order"
    block_class = NumberBlock
    template = "quizzes/kinds/number.html"
    told_template = "quizzes/kinds/parts_told.html"

    def shown(self, value):
        return {"unit": value["unit"]}

    def key(self, values):
        return {name: _plain(Decimal(values[0][name])) for name in ("value", "tolerance")}

    def reasons(self, value):
        return {"": value["reason"]}

    def parse(self, data, shown, arranged, field="answer"):
        """A comma is as good as a point. Thousands are not separated: 1,234 would be two different numbers."""
        typed = data.get(field, "").strip()
        number = "".join(typed.split()).replace("−", "-")
        if not number:
            return None
        if not WRITTEN.fullmatch(number):
            raise Unreadable(_now("“%(typed)s” is not a number. Write it like 12 or 12.5.") % {"typed": typed[:40]})
        return _plain(Decimal(number.replace(",", ".")))

    def solution(self, key):
        return key["value"]

    def credit(self, answer, key):
        off = abs(Decimal(answer) - Decimal(key["value"]))
        return credit_for_parts(off <= Decimal(key["tolerance"]), 1, each=False)

    def ask(self, shown, arranged, answer, field="answer"):
        return {"field": field, "value": answer and number_format(answer), "unit": shown["unit"]}

    def tell(self, shown, arranged, answer, key, reasons):
        unit = shown["unit"]
        return {
            "parts": [
                {
                    "text": "",
                    "given": f"{number_format(answer)} {unit}".strip() if answer else "",
                    "right": bool(answer) and self.credit(answer, key) == 1,
                    "answer": _span(key, unit),
                    "reason": reasons.get("", ""),
                }
            ]
        }


def _plain(number):
    """Without exponent and without zeros at the end, so that equal numbers read equal."""
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


def _span(key, unit):
    if key["tolerance"] == "0":
        return f"{number_format(key['value'])} {unit}".strip()
    value, off = Decimal(key["value"]), Decimal(key["tolerance"])
    return _now("%(low)s to %(high)s %(unit)s") % {
        "low": number_format(_plain(value - off)),
        "high": number_format(_plain(value + off)),
        "unit": unit,
    }
