"""News of this room. Sent inside the transaction and never swallowed."""

from django.dispatch import Signal

# Arguments: record (TrainingRecord, just written).
record_written = Signal()
