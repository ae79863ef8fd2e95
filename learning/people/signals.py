"""News of this room. Sent inside the transaction and never swallowed."""

from django.dispatch import Signal

# Arguments: person_ids (list of Person primary keys), at (aware datetime).
people_changed = Signal()
