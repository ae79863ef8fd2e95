"""Evidence packs: what a validator takes along and checks without us.

`scope` says what a pack is about, `sections` what its report says, `building` makes the files, `proofs` takes them from
the ledger, `actions` issues and keeps. `verify` is shipped inside of every pack: one file, which needs nothing of ours.
"""
