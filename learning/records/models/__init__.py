from .ledger import Checkpoint, LedgerCheck, LedgerEntry, LedgerPosition, WaitingEntry
from .record import RecordSubject, TrainingRecord

__all__ = [
    "Checkpoint",
    "LedgerCheck",
    "LedgerEntry",
    "LedgerPosition",
    "RecordSubject",
    "TrainingRecord",
    "WaitingEntry",
]
