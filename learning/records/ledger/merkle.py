"""The Merkle tree of RFC 9162, section 2.1, over SHA-256: pure, and checked against its vectors and a second library.

Hashes are bytes; leaves are leaf hashes in their order; an index counts from 0; a size is a number of leaves.
"""

from hashlib import sha256


def leaf_hash(data):
    """Of a leaf's bytes."""
    return sha256(b"\x00" + data).digest()


def node_hash(left, right):
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """What a growing tree needs to know of its past: the roots of its perfect subtrees, the largest first."""

    def __init__(self, size=0, hashes=()):
        if len(hashes) != size.bit_count():
            raise ValueError(f"A tree of {size} leaves has {size.bit_count()} perfect subtrees, not {len(hashes)}.")
        self.size = size
        self.hashes = list(hashes)

    def append(self, leaf):
        hashes, size = self.hashes, self.size
        while size & 1:
            leaf = node_hash(hashes.pop(), leaf)
            size >>= 1
        hashes.append(leaf)
        self.size += 1

    def root(self):
        if not self.hashes:
            return sha256().digest()
        *others, root = self.hashes
        for left in reversed(others):
            root = node_hash(left, root)
        return root


class Tree:
    """All perfect subtrees of a list of leaves, to prove from: 64 bytes of memory for each leaf."""

    def __init__(self, leaves):
        self._levels = [b"".join(leaves)]
        while len(below := self._levels[-1]) >= 64:
            pairs = (below[at : at + 64] for at in range(0, len(below) - 63, 64))
            self._levels.append(b"".join(sha256(b"\x01" + pair).digest() for pair in pairs))

    def __len__(self):
        return len(self._levels[0]) // 32

    def root(self, size=None):
        size = self._known(len(self) if size is None else size)
        return self._root(0, size) if size else sha256().digest()

    def inclusion(self, index, size=None):
        """The proof that this leaf is in the tree of that size: a list of hashes (2.1.3.1)."""
        size = self._known(len(self) if size is None else size)
        if not 0 <= index < size:
            raise ValueError(f"There is no leaf {index} in a tree of {size}.")
        return self._path(index, 0, size)

    def consistency(self, first, second=None):
        """The proof that the tree of size `first` is the beginning of that of size `second` (2.1.4.1)."""
        second = self._known(len(self) if second is None else second)
        if not 0 < first <= second:
            raise ValueError(f"A tree of {first} is no beginning of one of {second}.")
        return self._subproof(first, 0, second, whole=True)

    def _known(self, size):
        if not 0 <= size <= len(self):
            raise ValueError(f"There are {len(self)} leaves, not {size}.")
        return size

    def _root(self, start, end):
        width = end - start
        # Ranges of the recursion begin at a multiple of a power of two that is no less than their width.
        if width & (width - 1) == 0:
            place = start // width * 32
            return self._levels[width.bit_length() - 1][place : place + 32]
        split = start + _split(width)
        return node_hash(self._root(start, split), self._root(split, end))

    def _path(self, index, start, end):
        if end - start == 1:
            return []
        split = start + _split(end - start)
        if index < split:
            return [*self._path(index, start, split), self._root(split, end)]
        return [*self._path(index, split, end), self._root(start, split)]

    def _subproof(self, first, start, end, whole):
        """SUBPROOF of the RFC; `first` counts from `start`, `whole` says that the verifier knows this subtree."""
        if first == end - start:
            return [] if whole else [self._root(start, end)]
        split = start + _split(end - start)
        if first <= split - start:
            return [*self._subproof(first, start, split, whole), self._root(split, end)]
        return [*self._subproof(first - (split - start), split, end, False), self._root(start, split)]


def _split(width):
    """The largest power of two smaller than a width of two or more."""
    return 1 << (width - 1).bit_length() - 1


def verify_inclusion(*, leaf, index, size, proof, root):
    """Whether the proof shows that leaf at that index of the tree of that size and root (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, reached = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            reached = node_hash(step, reached)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            reached = node_hash(reached, step)
        place, last = place >> 1, last >> 1
    return last == 0 and reached == root


def verify_consistency(*, first, second, first_root, second_root, proof):
    """Whether the proof shows that the tree of size `first` is the beginning of that of size `second` (2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return last == 0 and (old, new) == (first_root, second_root)
