from .ledger import LedgerEntry
from .record import RecordSubject, TrainingRecord

__all__ = ["LedgerEntry", "RecordSubject", "TrainingRecord"]
