from .blank import BlankValue
from .correction import CorrectionRequest
from .ledger import Checkpoint, LedgerCheck, LedgerEntry, LedgerPosition, WaitingEntry
from .record import RecordSubject, TrainingRecord

__all__ = [
    "BlankValue",
    "Checkpoint",
    "CorrectionRequest",
    "LedgerCheck",
    "LedgerEntry",
    "LedgerPosition",
    "RecordSubject",
    "TrainingRecord",
    "WaitingEntry",
]
