"""Our own template, as CSV or XLSX. A question takes a row, and each part of it (an answer, a pair …) a row below.

Columns of the question stand on its first row only; what is a part of what is told by `part`. All of that follows from
the blocks of the kinds: a new kind has its place here as soon as it is one.
"""

from .reading import read

__all__ = ["read"]
