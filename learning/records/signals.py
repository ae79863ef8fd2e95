"""News of this room. Sent inside the transaction and never swallowed."""

from django.dispatch import Signal

# Arguments: record (TrainingRecord, just written).
record_written = Signal()
# Arguments: known (people.erasing.known.Known), at. A lawful erasure: whoever holds something of the person clears it.
person_erased = Signal()
