"""The kinds of question. Each is one module with one class; to add a kind, copy the nearest and list it here."""

from .multiple_response import MultipleResponse
from .single_choice import SingleChoice
from .true_false import TrueFalse

KINDS = {kind.name: kind for kind in (SingleChoice(), MultipleResponse(), TrueFalse())}
