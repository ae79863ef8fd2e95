"""What can be wrong with the ledger, each in a sentence that says where; stored as a code with its facts."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Code(models.TextChoices):
    """The codes, and their sentences with places for the facts."""

    # The sequencer waits.
    NO_KEY = "no_key", _("There is no key to sign the ledger with. Make it once: manage.py make_ledger_key")
    KEY_UNUSABLE = "key_unusable", _("The key file of the ledger cannot be used: {why}. Put the key back.")
    OTHER_KEY = (
        "other_key",
        _(
            "The key file holds {found}, but this ledger is signed with {wanted}. Put that key back, or, if it is "
            'lost: manage.py open_ledger_epoch --reason "…"'
        ),
    )
    FILE_MISSING = (
        "file_missing",
        _(
            "The checkpoint file is missing, though the ledger {origin} has signed {size} entries. Put it back, or, "
            'if it is lost: manage.py open_ledger_epoch --reason "…"'
        ),
    )
    FILE_UNREADABLE = (
        "file_unreadable",
        _(
            "The checkpoint file holds no checkpoint. Put the right one back, or, if it is lost: "
            'manage.py open_ledger_epoch --reason "…"'
        ),
    )
    SET_BACK = (
        "set_back",
        _(
            "The database was set back: {signed} entries of {origin} were signed, and it knows {known} of them. "
            "Restore the newer database, or, if there is none, go on from this one: "
            'manage.py open_ledger_epoch --reason "…"'
        ),
    )
    FORKED = (
        "forked",
        _(
            "The database and the checkpoint file tell different stories of the first {signed} entries of {origin}. "
            "Find out which one is right; to go on from this database: "
            'manage.py open_ledger_epoch --reason "…"'
        ),
    )
    HEAD_CHANGED = (
        "head_changed",
        _(
            "The newest checkpoint ({origin}, {size} entries) was changed in the database. Restore the database, or "
            'go on from this one: manage.py open_ledger_epoch --reason "…"'
        ),
    )
    # The verification found.
    ENTRY_CHANGED = "entry_changed", _("The text of entry {entry} ({where}) was changed: it no longer has its hash.")
    ENTRY_MISLABELLED = (
        "entry_mislabelled",
        _("The row of entry {entry} ({where}) says another {field} than its text does."),
    )
    ENTRY_NOT_AS_SIGNED = (
        "entry_not_as_signed",
        _("Entry {entry} ({where}) is not what stood in that place when it was signed."),
    )
    ENTRY_LOST = "entry_lost", _("Entry {entry} has no place in the ledger and does not wait for one.")
    ENTRY_WAITS_TWICE = "entry_waits_twice", _("Entry {entry} ({where}) has its place and waits for another.")
    ENTRY_MISSING = "entry_missing", _("The entry that stands at {where} was taken out.")
    INDEX_MISSING = "index_missing", _("Epoch {epoch} has no entry from index {first} to {last}: they were taken out.")
    UNSIGNED = "unsigned", _("No checkpoint signs the entries of epoch {epoch} from index {first} to {last}.")
    ROOT_DIFFERS = (
        "root_differs",
        _(
            "Of the entries of epoch {epoch} from index {first} to {last}, one or more is not what checkpoint {number} "
            "signed."
        ),
    )
    CHECKPOINT_MISSING = "checkpoint_missing", _("Checkpoints {first} to {last} were taken out.")
    CHECKPOINT_CHANGED = "checkpoint_changed", _("Checkpoint {number} was changed: its row and its note differ.")
    CHECKPOINT_NOT_SIGNED = (
        "checkpoint_not_signed",
        _("Checkpoint {number} ({size} entries of epoch {epoch}) is not signed with the ledger's key {key}."),
    )
    EPOCH_UNEXPLAINED = "epoch_unexplained", _("Epoch {epoch} does not begin with an entry that says who signs it.")
    KEY_NOT_OURS = (
        "key_not_ours",
        _("The ledger is signed with {found}, but the key of this installation is {wanted}."),
    )
    RECORD_CHANGED = (
        "record_changed",
        _("Record {record} does not say what its entry {entry} ({where}) says: {fields}."),
    )
    RECORD_MISSING = "record_missing", _("Record {record} of entry {entry} ({where}) was taken out.")
    RECORD_UNKNOWN = "record_unknown", _("Record {record} has no entry in the ledger.")
    SUBJECT_CHANGED = "subject_changed", _("The name, number or mail on record {record} were changed.")
    SUBJECT_MISSING = (
        "subject_missing",
        _("The name, number and mail on record {record} were taken out, and no erasure says so."),
    )
    UNREADABLE = "unreadable", _("Entry {entry}, or what belongs to it, holds values that cannot be read.")
    TABLES_UNREADABLE = (
        "tables_unreadable",
        _("The tables of sessions and packs hold values that cannot be read, and were not compared."),
    )
    SESSION_CHANGED = (
        "session_changed",
        _("Session {session} does not say what its entry {entry} ({where}) says: {fields}."),
    )
    SESSION_MISSING = "session_missing", _("Session {session} of entry {entry} ({where}) was taken out.")
    SESSION_UNKNOWN = "session_unknown", _("Session {session} is closed and has no entry in the ledger.")
    SESSION_INSTRUCTOR = (
        "session_instructor",
        _("Session {session} names another instructor than record {record}, which came from it."),
    )
    FILE_CHANGED = "file_changed", _("File {file} of session {session} no longer has its hash.")
    PACK_CHANGED = (
        "pack_changed",
        _("Pack {pack} does not say what its entry {entry} ({where}) says: {fields}."),
    )
    PACK_MISSING = "pack_missing", _("Pack {pack} of entry {entry} ({where}) was taken out.")
    PACK_UNKNOWN = "pack_unknown", _("Pack {pack} has no entry in the ledger that says that it was kept.")
    PACK_FILE_CHANGED = "pack_file_changed", _("The file of pack {pack} ({file}) no longer has its hash.")
    PACK_FILE_MISSING = (
        "pack_file_missing",
        _("The file of pack {pack} ({file}) is missing, and no erasure says so. Put it back from a backup."),
    )


class Finding(NamedTuple):
    """Something that is wrong: a code and its facts, both as they are stored."""

    code: str
    facts: dict

    def __str__(self):
        return Code(self.code).label.format(**self.facts)

    def stored(self):
        return {"code": str(self.code), "facts": self.facts}


class Halted(Exception):
    """The sequencer must not go on. Completions are recorded all the same; their entries wait."""

    def __init__(self, code, **facts):
        self.finding = Finding(code, facts)
        super().__init__(code)

    def __str__(self):
        return str(self.finding)
