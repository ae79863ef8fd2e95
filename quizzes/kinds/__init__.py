"""The kinds of question. Each is one module with one class; to add a kind, copy the nearest and list it here."""

from .blanks import Blanks
from .categorise import Categorise
from .kind import Unreadable
from .matching import Matching
from .multiple_response import MultipleResponse
from .number import Number
from .ordering import Ordering
from .short_text import ShortText
from .single_choice import SingleChoice
from .true_false import TrueFalse

KINDS = {
    kind.name: kind
    for kind in (
        SingleChoice(),
        MultipleResponse(),
        TrueFalse(),
        Matching(),
        Ordering(),
        Categorise(),
        Blanks(),
        Number(),
        ShortText(),
    )
}

__all__ = ["KINDS", "Unreadable"]
