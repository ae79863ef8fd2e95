"""What the ledger says of a pack once its row and its file are there, so that neither can be changed or taken away.

The words that somebody typed may name a person, so the entry commits to each of them with a salt that stays in the row.
"""

import hashlib

import rfc8785

from ..canonical import plain

PLAIN = ("title", "issued_at", "file", "bytes", "sha256", "epoch", "size")
TYPED = ("to_whom", "why")


def stated(pack):
    """The data of its entry."""
    return {
        "pack": str(pack.uuid),
        **{name: plain(getattr(pack, name)) for name in PLAIN},
        **{name: _commitment(pack.salt, name, getattr(pack, name)) for name in TYPED},
    }


def _commitment(salt, name, words):
    """SHA-256, hex, over the RFC 8785 form of the salt and the words under their name."""
    return hashlib.sha256(rfc8785.dumps({"salt": salt, name: words})).hexdigest()
