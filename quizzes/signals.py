"""News of this room. Sent inside the transaction and never swallowed."""

from django.dispatch import Signal

# Arguments: attempt (graded), at (aware datetime).
attempt_graded = Signal()
