"""A synthetic company of any size with a past, for measuring: rows alone, nobody hears of them.

`making` is the deed; `people` says who there is, `records` what they learnt; `copying` is how rows get in quickly.
What is written is evidence like any other: the guards are in force, and `verify_records` finds nothing.
"""
