"""The demo company: sixty people and two years of training, through the real actions, each at its time in the past.

`cast.py` and `crew.csv` say who they are, `programme.py` what the company asked of them and when. Scores are the same
every time; which questions are drawn is left to chance, as always.
"""

from .cast import COMPANY
from .company import COMPANY_UUID, HOME_ZONE, Refused, begins, check_mode, exists, make

__all__ = ["COMPANY", "COMPANY_UUID", "HOME_ZONE", "Refused", "begins", "check_mode", "exists", "make"]
