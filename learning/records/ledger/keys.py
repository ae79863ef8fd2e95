"""The private keys that sign checkpoints: files outside of the database, which nobody but their owner reads.

A rotation writes the new key beside the old one before the ledger hears of it, and puts it into the old one's place
afterwards: whenever it is killed, the key that the ledger names is in one of the two files.
"""

import contextlib
import os
import secrets

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


class Unusable(Exception):
    """The file is no key of ours."""


def _next():
    return settings.LEDGER_KEY.with_name(settings.LEDGER_KEY.name + ".next")


def public(key):
    """Of a private key the public one, hex."""
    return key.public_key().public_bytes_raw().hex()


def current():
    """The key that signs, or None where there is none yet. Raises Unusable."""
    return _read(settings.LEDGER_KEY)


def make():
    """Make the first key. Raises FileExistsError where there is one; of two at the same time, one is kept."""
    _write(settings.LEDGER_KEY, Ed25519PrivateKey.generate())
    return current()


def make_next():
    """The key that a rotation changes to; one that an unfinished rotation has left is of no use to anybody."""
    _next().unlink(missing_ok=True)
    _write(_next(), Ed25519PrivateKey.generate())
    return _read(_next())


def finish_rotation(wanted=None):
    """Put the next key into the place of the current one, which is gone then: unless it is not the `wanted` one.

    `wanted` is a public key, hex. Returns the current key.
    """
    following = _read(_next())
    if following and wanted in (None, public(following)):
        os.replace(_next(), settings.LEDGER_KEY)
        sync_folder(settings.LEDGER_KEY.parent)
    return current()


def _read(path):
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Unusable(str(error))
    if not isinstance(key, Ed25519PrivateKey):
        raise Unusable("It is not an Ed25519 key.")
    return key


def _write(path, key):
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        write_durably(draft, text, 0o600)
        os.link(draft, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
    sync_folder(path.parent)


def write_durably(path, data, mode):
    """A new file whose bytes are on the disk when this returns."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder):
    """What was linked or renamed in it survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
