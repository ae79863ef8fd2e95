"""Packs as earlier releases issued them (`issued/`): evidence stands for years, so this program must believe them."""

import json
from pathlib import Path

import pytest

from learning.records.pack.verify import Wrong, consistent, verify

from . import making

ISSUED = Path(__file__).parent / "issued"


def changed(name, tmp_path, **files):
    """The path of a pack with other files in the place of its own."""
    path = tmp_path / name
    path.write_bytes(making.zipped(making.members(ISSUED / name) | files))
    return path


def test_they_verify_and_are_consistent():
    first, second = verify(ISSUED / "first.zip"), verify(ISSUED / "second.zip")
    assert [(pack.rows, pack.erased, pack.about["schema"]) for pack in (first, second)] == [(3, 0, 1), (4, 1, 1)]
    consistent(first, second)
    rewritten = first._replace(heads={1: first.heads[1]._replace(root=bytes(32))})
    with pytest.raises(Wrong, match="The ledger was rewritten: the 5 entries"):
        consistent(rewritten, second)


def test_a_proof_of_theirs_that_was_changed_shows_beside_the_other_pack(tmp_path):
    ledger = json.loads(making.members(ISSUED / "second.zip")["ledger.json"])
    ledger["earlier"][0]["proof"][0] = "0" * 64
    path = changed("second.zip", tmp_path, **{"ledger.json": making.compact(ledger)})
    with pytest.raises(Wrong, match="The ledger was rewritten: the 5 entries"):
        consistent(verify(ISSUED / "first.zip"), verify(path))


def test_one_of_a_later_release_is_checked_with_what_is_in_it(tmp_path):
    about = json.loads(making.members(ISSUED / "first.zip")["pack.json"]) | {"schema": 3}
    path = changed("first.zip", tmp_path, **{"pack.json": json.dumps(about).encode()})
    with pytest.raises(Wrong, match=r"^The pack is of schema 3: check it with the verify.py that is in it\.$"):
        verify(path)
