"""Signed notes: against the key and note of Go's reference implementation, and against whoever doctors one."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from learning.records.ledger import notes

TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NAME = "PeterNeumann"
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
NOTE = (
    f"{TEXT}\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = Ed25519PrivateKey.from_private_bytes(SEED)
PUBLIC = KEY.public_key().public_bytes_raw()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
ROOT = bytes(range(32))


def test_the_reference_reads_and_writes_the_same():
    assert notes.verifier_key(NAME, PUBLIC) == VERIFIER
    assert notes.sign(TEXT, NAME, KEY) == NOTE
    assert notes.signed_by(NOTE, NAME, PUBLIC)
    assert notes.parse(NOTE)[0] == TEXT


def test_a_checkpoint_may_say_when_it_was_signed():
    head = notes.Checkpoint("corvina.example/ledger/1", 812, ROOT, "2026-11-24T19:00:00.000000Z")
    assert notes.text(head).split("\n")[3:] == ["2026-11-24T19:00:00.000000Z", ""]
    assert notes.checkpoint(notes.sign(notes.text(head), head.origin, KEY)) == head


def test_a_checkpoint_is_three_lines():
    head = notes.Checkpoint("corvina.example/ledger/1", 812, ROOT)
    assert notes.text(head) == "corvina.example/ledger/1\n812\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    note = notes.sign(notes.text(head), head.origin, KEY, OTHER)
    assert notes.checkpoint(note) == head
    other = OTHER.public_key().public_bytes_raw()
    assert notes.signed_by(note, head.origin, PUBLIC) and notes.signed_by(note, head.origin, other)


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("problem is", "problem was"),
        NOTE.replace("x08go/ZJ", "x08go/ZK"),
        notes.sign(TEXT, NAME, OTHER),
        notes.sign(TEXT, "Somebody", KEY),
    ],
)
def test_what_that_key_did_not_sign_is_not_signed_by_it(note):
    assert not notes.signed_by(note, NAME, PUBLIC)


def _checkpoint(text):
    return notes.sign(text, "log", KEY)


@pytest.mark.parametrize(
    "note",
    [
        "",
        TEXT,
        f"{TEXT}\n",
        NOTE.removesuffix("\n"),
        NOTE.replace("— ", "- "),
        NOTE.replace("nAM=", "nAM"),
        NOTE.replace("— PeterNeumann ", "— Peter Neumann "),
        NOTE.replace(
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=", "AA=="
        ),
        _checkpoint("log\n812\n"),
        _checkpoint(f"\n812\n{base64.b64encode(ROOT).decode()}\n"),
        _checkpoint(f"log\n0812\n{base64.b64encode(ROOT).decode()}\n"),
        _checkpoint(f"log\n-1\n{base64.b64encode(ROOT).decode()}\n"),
        _checkpoint("log\n812\nAAEC\n"),
    ],
)
def test_what_is_no_checkpoint_is_said_to_be_none(note):
    with pytest.raises(notes.Malformed):
        notes.checkpoint(note)
