"""Signed notes and checkpoints as C2SP writes them (c2sp.org: signed-note, tlog-checkpoint), with Ed25519: pure.

A note is a text of lines, an empty line, and a line for each signature; a checkpoint is a note whose text is the
origin of the log, the size of the tree, its root in base64 and (an extension line) when it was signed, one a line:

    academy.corvina.example/ledger/1-5f0c91ab
    812
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
    2026-11-24T19:00:00.000000Z

    — academy.corvina.example/ledger/1-5f0c91ab Az3grlgt…

The name of the key is the origin, as recommended.
"""

import base64
import binascii
import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ED25519 = b"\x01"
_DASH = "— "


class Malformed(ValueError):
    """This is no note, or no checkpoint."""


class Checkpoint(NamedTuple):
    """The head of a tree. `root` is bytes, `at` the instant as `canonical.plain` writes it; others may leave it out."""

    origin: str
    size: int
    root: bytes
    at: str = ""


class Signature(NamedTuple):
    name: str
    key_id: bytes
    value: bytes


def key_id(name, public):
    """The four bytes that a signature names its key by. `public` is the raw key, 32 bytes."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verifier_key(name, public):
    """The public key in the form that tools for signed notes read."""
    return f"{name}+{key_id(name, public).hex()}+{_encode(ED25519 + public)}"


def text(checkpoint):
    """What is signed."""
    at = checkpoint.at and f"{checkpoint.at}\n"
    return f"{checkpoint.origin}\n{checkpoint.size}\n{_encode(checkpoint.root)}\n{at}"


def sign(text, name, *keys):
    """The note with a signature by each private key."""
    lines = []
    for key in keys:
        public = key.public_key().public_bytes_raw()
        lines.append(f"{_DASH}{name} {_encode(key_id(name, public) + key.sign(text.encode()))}\n")
    return f"{text}\n{''.join(lines)}"


def parse(note):
    """`(text, signatures)` of a note. Raises Malformed."""
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise Malformed("It is not a signed note.")
    return text + "\n", [_signature(line) for line in lines.removesuffix("\n").split("\n")]


def _signature(line):
    parts = line.removeprefix(_DASH).split(" ")
    if not line.startswith(_DASH) or len(parts) != 2 or not parts[0]:
        raise Malformed("A line of its signatures is not one.")
    value = _decode(parts[1])
    if len(value) < 5:
        raise Malformed("A signature is too short.")
    return Signature(parts[0], value[:4], value[4:])


def signed_by(note, name, public):
    """Whether the key of that name signed this note. A signature of another key neither helps nor harms."""
    text, signatures = parse(note)
    wanted = key_id(name, public)
    for signature in signatures:
        if (signature.name, signature.key_id) == (name, wanted):
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(signature.value, text.encode())
            except InvalidSignature:
                return False
            return True
    return False


def checkpoint(note):
    """What a note says as a checkpoint; who signed it is another question. Raises Malformed."""
    lines = parse(note)[0].split("\n")
    if len(lines) < 4 or not lines[0]:
        raise Malformed("It is not a checkpoint.")
    origin, size, root = lines[:3]
    if not (size.isascii() and size.isdecimal()) or str(int(size)) != size:
        raise Malformed("Its size is not a number.")
    if len(root := _decode(root)) != 32:
        raise Malformed("Its root is not a hash.")
    return Checkpoint(origin, int(size), root, lines[3])


def _encode(data):
    return base64.b64encode(data).decode()


def _decode(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("It has a part that is not base64.")
    if _encode(data) != text:
        raise Malformed("It has a part that is not base64.")
    return data
