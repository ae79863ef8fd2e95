"""Deeds of this room. Each is one transaction; `at` is the instant of the deed, taken once by the caller."""

from .attempting import (
    AttemptClosed,
    NoAttemptsLeft,
    TooLate,
    TooSoon,
    answers,
    chance,
    expire_attempts,
    save_answer,
    start_attempt,
    submit_attempt,
)
from .marking import NothingToMark, mark_by_hand, regrade, regrade_preview, void_attempt
from .releasing import release_question

__all__ = [
    "AttemptClosed",
    "NoAttemptsLeft",
    "NothingToMark",
    "TooLate",
    "TooSoon",
    "answers",
    "chance",
    "expire_attempts",
    "mark_by_hand",
    "regrade",
    "regrade_preview",
    "release_question",
    "save_answer",
    "start_attempt",
    "submit_attempt",
    "void_attempt",
]
