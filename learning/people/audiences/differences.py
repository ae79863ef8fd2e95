"""What two versions of a rule say differently, line by line."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from . import rules, words

SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Line:
    change: str
    depth: int
    words: str


def compare(old, new, names):
    """Lines of both outlines in order; what stands in one only is marked as added or removed."""
    before, after = (_lines(rule, names) for rule in (old, new))
    lines = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [Line(SAME, *line) for line in before[i1:i2]]
        else:
            lines += [Line(REMOVED, *line) for line in before[i1:i2]]
            lines += [Line(ADDED, *line) for line in after[j1:j2]]
    return lines


def _lines(rule, names):
    return [(len(path), line) for path, line in words.outline(rules.normal(rule), names)]
