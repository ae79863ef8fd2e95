"""The kinds of question. Each is one module with one class; to add a kind, copy the nearest and list it here."""

from .blanks import Blanks
from .categorise import Categorise
from .hotspot import Hotspot
from .kind import Unreadable
from .long_answer import LongAnswer
from .matching import Matching
from .multiple_response import MultipleResponse
from .number import Number
from .observed_skill import ObservedSkill
from .ordering import Ordering
from .scenario import Scenario
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
        LongAnswer(),
        Hotspot(),
        Scenario(),
        ObservedSkill(),
    )
}

# Those that a person marks.
BY_HAND = [name for name, kind in KINDS.items() if kind.by_hand]
# Those that a person watches being done.
SKILLS = [name for name, kind in KINDS.items() if kind.observed]

__all__ = ["BY_HAND", "KINDS", "SKILLS", "Unreadable"]
