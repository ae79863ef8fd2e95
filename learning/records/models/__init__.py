from .attendance import Attendance
from .blank import BlankValue
from .correction import CorrectionRequest
from .erasure import ErasureRequest
from .exporting import CompletionExport, SavedView
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
    "CompletionExport",
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
    "SavedView",
    "SessionFile",
    "TrainingRecord",
    "TrainingSession",
    "WaitingEntry",
]
