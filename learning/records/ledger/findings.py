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
