"""What every kind of question can do, and the parts that several of them share."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from ..grading import share

ALL, EACH = "all", "each"


class Unreadable(Exception):
    """What was typed cannot be an answer to this question; the message says why, for the person who typed it."""


class Kind:
    """One kind of question. `value` is the StreamField value of its block, in one language.

    `shown` is what a learner may see, `key` what is right; they are stored apart. `arranged` is what an attempt pins
    when it starts (orders). An answer is plain JSON; None stands for none. `field` is the name of the form field.
    """

    name = label = instruction = None
    template = told_template = None
    block_class = None
    icon = "tasks"
    # Whether a person gives the mark; `credit` is not asked then.
    by_hand = False
    # Whether that person watches it being done: the learner answers nothing.
    observed = False
    # Whether people answer in words of their own, which may say who they are.
    worded = False
    # Whether wrong answers stand beside right ones to be chosen: one that nobody falls for is of no use.
    distracts = False
    # Whether an answer is a list that only grows, one part at a time, and is never taken back.
    grows = False

    @property
    def at_once(self):
        """Whether one form is the whole answer, and what is right can be told of it at once."""
        return not (self.by_hand or self.grows)

    def block(self):
        return self.block_class(kind=self, label=self.label, icon=self.icon)

    def shown(self, value):
        """What a learner may see before the answers are released; ids are the same in every language."""
        raise NotImplementedError

    def key(self, values):
        """What is right, language-neutral; `values` has one for each language, the original first."""
        raise NotImplementedError

    def reasons(self, value):
        """`{id: sentence}` in the language of the value."""
        return {}

    def partial(self, key):
        """Whether an answer may get a part of the point."""
        return False

    def arrange(self, shown, chance, shuffle):
        """What is drawn by lot when an attempt starts; `chance` is a `random.Random`."""
        return {}

    def parse(self, data, shown, arranged, field="answer"):
        """The answer in a posted form, or None. Raises Unreadable. What the question does not offer is dropped."""
        raise NotImplementedError

    def untouched(self, arranged):
        """The answer that the form holds before anybody has touched it; None for an empty one."""

    def complete(self, answer, arranged):
        """Whether nothing is left to do about a saved answer."""
        return True

    def moving(self, data, field="answer"):
        """Whether the form asks for the page again, changed, and not for the next one."""
        return False

    def solution(self, key):
        """An answer that gets the whole point."""
        raise NotImplementedError

    def credit(self, answer, key):
        """The part of the point that an answer gets: a Decimal from 0 to 1, in hundredths, rounded down."""
        raise NotImplementedError

    def offered(self, shown, key):
        """What one can choose among, for statistics: rows of id, text and right. Empty where people type or sort."""
        return []

    def picked(self, answer, key):
        """The ids among `offered` that an answer chooses."""
        return []

    def in_words(self, answer, shown, key):
        """What somebody answered, in a line; empty for what cannot be said in one."""
        if isinstance(answer, str):
            return answer
        texts = {row["id"]: row["text"] for row in self.offered(shown, key)}
        return "; ".join(str(texts.get(option, "…")) for option in self.picked(answer, key))

    def ask(self, shown, arranged, answer, field="answer"):
        """What `template` needs to ask the question."""
        raise NotImplementedError

    def tell(self, shown, arranged, answer, key, reasons):
        """What `told_template` needs after release: what was answered, what is right, and why."""
        raise NotImplementedError


class PartBlock(blocks.StructBlock):
    """One of several in a list: an answer, a place, a step. Folded together it shows its text."""

    class Meta:
        label_format = "{text}"


class KindBlock(blocks.StructBlock):
    """A block that refuses, in words, what nobody could answer well. `problems` gives `{child: sentence}`.

    A draft may be half written: it is looked at once nothing required is missing, and when it is published.
    """

    def __init__(self, local_blocks=None, kind=None, **kwargs):
        self.kind = kind
        super().__init__(local_blocks, **kwargs)

    def problems(self, value):
        return {}

    def clean(self, value):
        half_written = self.is_deferred_validation and not self._complete(value)
        value = super().clean(value)
        if not half_written and (found := self.problems(value)):
            raise StructBlockValidationError(
                block_errors={name: self._error(name, text) for name, text in found.items()}
            )
        return value

    def _complete(self, value):
        """Whether nothing required is missing, in a draft."""
        self.restore_deferred_validation()
        try:
            super().clean(value)
        except ValidationError:
            return False
        finally:
            self.defer_required_validation()
        return True

    def _error(self, name, sentence):
        error = ValidationError(sentence)
        if isinstance(self.child_blocks[name], blocks.ListBlock):
            return ListBlockValidationError(non_block_errors=[error])
        return error


def credit_block():
    return blocks.ChoiceBlock(
        choices=[(ALL, _("Only for everything right")), (EACH, _("For each part that is right"))],
        default=ALL,
        label=_("The point is given"),
    )


def same(texts):
    """Whether two of the texts say the same to a reader: capitals, spaces, signs that show nothing, how an accent is
    stored and a full stop at the end aside."""
    return len(set(map(_read, texts))) < len(texts)


def _read(text):
    seen = "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) != "Cf")
    return " ".join(seen.casefold().split()).rstrip(".").rstrip()


def rows(list_value):
    """Rows of a ListBlock as plain data with the ids of its items, which are the same in every language."""
    return [{"id": child.id} | dict(child.value) for child in list_value.bound_blocks]


def texts(shown_rows):
    return {row["id"]: row["text"] for row in shown_rows}


def without_order(shown_rows):
    """Sorted by id: the order in which an editor wrote them may be the right one."""
    return sorted(shown_rows, key=lambda row: row["id"])


def credit_for_parts(right, total, each):
    """Nothing but the whole point unless each part counts."""
    return share(right, total) if each else share(right == total, 1)
