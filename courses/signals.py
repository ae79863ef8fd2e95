"""News of this room. Sent inside the transaction and never swallowed."""

from django.dispatch import Signal

# Arguments: enrolment (completed), at (aware datetime), attribution (str: how the person was known).
course_completed = Signal()
