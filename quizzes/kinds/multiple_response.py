from django.utils.translation import gettext_lazy as _

from .choice import Choice, ChoiceBlock
from .kind import EACH, credit_block, credit_for_parts


class MultipleResponseBlock(ChoiceBlock):
    credit = credit_block()


class MultipleResponse(Choice):
    """The key is a list of ids, or `{"right": [id], "each": true}` when each right option counts."""

    name = "multiple_response"
    label = _("Multiple response")
    instruction = _("Choose every answer that is right.")
    input_type = "checkbox"
    block_class = MultipleResponseBlock

    def problem(self, right, total):
        if right == 0:
            return _("Mark at least one answer as right.")
        if right == total:
            return _("At least one answer must be wrong.")

    def key(self, values):
        right = super().key(values)
        return {"right": right, "each": True} if values[0]["credit"] == EACH else right

    def right(self, key):
        return key["right"] if isinstance(key, dict) else key

    def partial(self, key):
        return isinstance(key, dict)

    def credit(self, answer, key):
        """With credit for each, a wrong option takes back what a right one gave, and no less than nothing is left."""
        if not self.partial(key):
            return super().credit(answer, key)
        right = set(key["right"])
        hits, misses = len(right.intersection(answer)), len(set(answer) - right)
        return credit_for_parts(max(0, hits - misses), len(right), each=True)
