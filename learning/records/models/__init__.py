from .attendance import Attendance
from .blank import BlankValue
from .correction import CorrectionRequest
from .erasure import ErasureRequest
from .ledger import Checkpoint, LedgerCheck, LedgerEntry, LedgerPosition, WaitingEntry
from .pack import EvidencePack, PackOrder
from .past import PastImport, PastLine
from .record import RecordSubject, TrainingRecord
from .session import TrainingSession
from .session_change import SessionChange
from .session_file import SessionFile

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
    "PastImport",
    "PastLine",
    "RecordSubject",
    "SessionChange",
    "SessionFile",
    "TrainingRecord",
    "TrainingSession",
    "WaitingEntry",
]
