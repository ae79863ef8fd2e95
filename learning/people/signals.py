"""News of this room. Sent inside the transaction and never swallowed."""

from django.dispatch import Signal

# Arguments: person_ids (list of Person primary keys), at (aware datetime). An import is one such change, and says more:
# sha256 (of its file), source (name, may be empty), told (what to call with `(done, total)` while hearing it takes
# long, or None). Of many people at once who hears may do its part after the commit, in pieces.
people_changed = Signal()
