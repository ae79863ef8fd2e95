"""The tamper-evident log over all evidence: entries in one order, a Merkle tree over them, signed checkpoints.

Entries are written by the deeds of the room (`records.actions.append_entry`), without a lock and without an order.
`sequencing` gives each its place and signs; `checking` holds tree, checkpoints and tables against each other.
"""
