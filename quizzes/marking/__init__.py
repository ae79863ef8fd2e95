"""Marking by hand, in the admin: what waits, one answer at a time with its rubric, and then the next."""
