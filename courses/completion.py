"""When a lesson is done: its rule, and how far a person is. Pure.

The rules: `seen` (the person says so), `time` (so many seconds with it), `watched` (nearly all of its videos and
sounds), `answered` (each of its check questions once, right or not). A quiz step is `passed`, by its attempts.
"""

from dataclasses import dataclass

PLAYED = ("video", "audio")
# Whoever stops at the closing titles has watched it.
ENOUGH = 0.9
# The most that one heartbeat counts, in seconds: a laptop that slept was not read.
LONGEST_BEAT = 30
# As fast as the page lets anybody play.
FASTEST = 2


@dataclass
class HowFar:
    """`have` of `need`, in seconds or, for `answered`, in questions."""

    rule: str
    have: int
    need: int

    @property
    def done(self):
        return self.have >= self.need

    @property
    def missing(self):
        return max(0, self.need - self.have)

    @property
    def is_time(self):
        return self.rule in ("time", "watched")


def enough(block):
    """Seconds of a video or sound that count as all of it."""
    return int(ENOUGH * block["value"]["seconds"])


def blocks_of(step, *kinds):
    return [block for block in step.get("blocks", []) if block["type"] in kinds]


def how_far(step, active, watched, answered, by_beats):
    """`active` seconds with the step; `watched` seconds and `answered` ids by block.

    Without heartbeats (no JavaScript) nobody says what was watched: then the time with the step stands for it.
    """
    rule = step["completion"]
    if rule == "time":
        return HowFar(rule, min(active, step["seconds"]), step["seconds"])
    if rule == "watched":
        parts = {block["id"]: enough(block) for block in blocks_of(step, *PLAYED)}
        need = sum(parts.values())
        have = sum(min(watched.get(key, 0), most) for key, most in parts.items())
        return HowFar(rule, have if by_beats else min(active, need), need)
    if rule == "answered":
        checks = {block["id"] for block in blocks_of(step, "check")}
        return HowFar(rule, len(checks & set(answered)), len(checks))
    return HowFar(rule, 0, 0)


def credited(since, at):
    """Seconds that a heartbeat at that instant is worth, after the one before it or the opening of the page."""
    return max(0, min(int((at - since).total_seconds()), LONGEST_BEAT))


def played(before, claimed, seconds_since, length):
    """Seconds watched in all, after a page claims so many more within so many seconds of the server's clock."""
    more = max(0, min(int(claimed), FASTEST * seconds_since))
    return min(length, before + more)
