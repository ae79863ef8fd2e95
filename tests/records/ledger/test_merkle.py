"""The tree against the vectors of Certificate Transparency, against pymerkle and against itself: no database."""

import hashlib

import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.records.ledger.merkle import (
    Frontier,
    Tree,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

# The reference tree of the CT project, whose hashes RFC 9162 (as RFC 6962 before it) defines.
LEAVES = [
    leaf_hash(bytes.fromhex(text))
    for text in (
        ["", "00", "10", "2021", "3031", "40414243"] + ["5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"


def hexed(hashes):
    return [one.hex() for one in hashes]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference(size):
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)
    assert (Tree(LEAVES).root(size).hex(), frontier.root().hex(), frontier.size) == (ROOTS[size], ROOTS[size], size)


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [(0, 1, []), (0, 8, [A, B, C]), (5, 8, [D, E, ROOTS[4]]), (2, 3, [ROOTS[2]]), (1, 5, [ROOTS[1], B, D])],
)
def test_inclusion_proofs_are_those_of_the_reference(index, size, proof):
    assert hexed(Tree(LEAVES).inclusion(index, size)) == proof


@pytest.mark.parametrize(
    ("first", "second", "proof"),
    [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[4]]), (2, 5, [B, D])],
)
def test_consistency_proofs_are_those_of_the_reference(first, second, proof):
    assert hexed(Tree(LEAVES).consistency(first, second)) == proof


def _leaves(number):
    return [leaf_hash(f"leaf {at}".encode()) for at in range(number)]


@pytest.mark.parametrize("size", [*range(1, 18), 31, 32, 33, 100])
def test_a_second_library_says_the_same(size):
    # Its defaults are RFC 9162's: SHA-256, a prefix of 0x00 for leaves and 0x01 for nodes ("security"). It counts
    # leaves from one, its inclusion path begins with the leaf itself, and its consistency path, made to show the
    # smaller tree's root as well, is longer than the RFC's: there it is the judge of our roots.
    theirs = pymerkle.InmemoryTree(algorithm="sha256")
    for at in range(size):
        theirs.append_entry(f"leaf {at}".encode())
    ours = Tree(_leaves(size))
    for index in range(size):
        assert [theirs.get_leaf(index + 1), *ours.inclusion(index)] == theirs.prove_inclusion(index + 1).path
        first = index + 1
        assert ours.root(first) == theirs.get_root(first)
        pymerkle.verify_consistency(ours.root(first), ours.root(), theirs.prove_consistency(first))


trees = st.integers(1, 200).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1)))


@given(trees)
def test_what_is_proven_verifies(tree):
    size, index = tree
    ours = Tree(_leaves(size))
    proof = ours.inclusion(index)
    leaf = leaf_hash(f"leaf {index}".encode())
    assert verify_inclusion(leaf=leaf, index=index, size=size, proof=proof, root=ours.root())
    first = index + 1
    assert verify_consistency(
        first=first,
        second=size,
        first_root=ours.root(first),
        second_root=ours.root(),
        proof=ours.consistency(first),
    )


def _doctored(draw, proof):
    """A proof that is not this one."""
    proof = list(proof)
    at = draw(st.integers(0, len(proof)))
    if proof and (kind := draw(st.sampled_from("cdsi"))) != "i":
        at = min(at, len(proof) - 1)
        if kind == "c":
            proof[at] = hashlib.sha256(proof[at]).digest()
        elif kind == "d":
            del proof[at]
        else:
            proof[at:] = proof[at:][::-1] if len(set(proof[at:])) > 1 else []
        return proof
    return [*proof[:at], draw(st.binary(min_size=32, max_size=32)), *proof[at:]]


@given(trees, st.data())
@settings(max_examples=300)
def test_a_doctored_proof_is_refused(tree, data):
    size, index = tree
    ours = Tree(_leaves(size))
    facts = {"leaf": _leaves(size)[index], "index": index, "size": size, "root": ours.root()}
    assert not verify_inclusion(proof=_doctored(data.draw, ours.inclusion(index)), **facts)
    for other in ({"leaf": leaf_hash(b"another")}, {"index": size}, {"index": -1}, {"root": leaf_hash(b"other")}):
        assert not verify_inclusion(proof=ours.inclusion(index), **facts | other)
    first = index + 1
    facts = {"first": first, "second": size, "first_root": ours.root(first), "second_root": ours.root()}
    assert not verify_consistency(proof=_doctored(data.draw, ours.consistency(first)), **facts)
    for other in ({"first_root": leaf_hash(b"x")}, {"second_root": leaf_hash(b"x")}, {"first": 0}, {"second": index}):
        assert not verify_consistency(proof=ours.consistency(first), **facts | other)


def test_a_tree_says_what_it_has_not():
    tree = Tree(LEAVES)
    for ask in (
        lambda: tree.root(9),
        lambda: tree.inclusion(8),
        lambda: tree.inclusion(3, 3),
        lambda: tree.consistency(0),
        lambda: tree.consistency(5, 4),
        lambda: Frontier(3, [LEAVES[0]]),
    ):
        with pytest.raises(ValueError):
            ask()


def test_a_frontier_goes_on_where_it_was_kept():
    kept = Frontier()
    for leaf in LEAVES[:5]:
        kept.append(leaf)
    assert hexed(kept.hashes) == [ROOTS[4], LEAVES[4].hex()]
    again = Frontier(5, kept.hashes)
    for leaf in LEAVES[5:]:
        again.append(leaf)
    assert again.root().hex() == ROOTS[8]
    assert node_hash(LEAVES[0], LEAVES[1]).hex() == ROOTS[2]
