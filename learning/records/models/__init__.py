from .blank import BlankValue
from .ledger import Checkpoint, LedgerCheck, LedgerEntry, LedgerPosition, WaitingEntry
from .record import RecordSubject, TrainingRecord

__all__ = [
    "BlankValue",
    "Checkpoint",
    "LedgerCheck",
    "LedgerEntry",
    "LedgerPosition",
    "RecordSubject",
    "TrainingRecord",
    "WaitingEntry",
]
