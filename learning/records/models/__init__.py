from .blank import BlankValue
from .correction import CorrectionRequest
from .erasure import ErasureRequest
from .ledger import Checkpoint, LedgerCheck, LedgerEntry, LedgerPosition, WaitingEntry
from .pack import EvidencePack, PackOrder
from .record import RecordSubject, TrainingRecord
from .session import Attendance, SessionFile, TrainingSession

__all__ = [
    "Attendance",
    "BlankValue",
    "Checkpoint",
    "CorrectionRequest",
    "ErasureRequest",
    "EvidencePack",
    "LedgerCheck",
    "LedgerEntry",
    "LedgerPosition",
    "PackOrder",
    "RecordSubject",
    "SessionFile",
    "TrainingRecord",
    "TrainingSession",
    "WaitingEntry",
]
