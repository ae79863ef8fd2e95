from .blank import BlankValue
from .correction import CorrectionRequest
from .ledger import Checkpoint, LedgerCheck, LedgerEntry, LedgerPosition, WaitingEntry
from .pack import EvidencePack, PackOrder
from .record import RecordSubject, TrainingRecord

__all__ = [
    "BlankValue",
    "Checkpoint",
    "CorrectionRequest",
    "EvidencePack",
    "LedgerCheck",
    "LedgerEntry",
    "LedgerPosition",
    "PackOrder",
    "RecordSubject",
    "TrainingRecord",
    "WaitingEntry",
]
