"""Deeds of this room. Each is one transaction; `at` is the instant of the deed, taken once by the caller."""

from .attempting import NoAttemptsLeft, TooSoon, chance, start_attempt
from .ending import expire_attempt, expire_attempts, submit_attempt
from .importing import cancel_import, confirm_import, drafted, receive_import
from .marking import NothingToMark, mark_by_hand, regrade, regrade_preview, void_attempt
from .releasing import release_question
from .saving import (
    AnswerChecked,
    AttemptClosed,
    OtherTab,
    TooLate,
    answers,
    checked,
    claim_tab,
    save_answer,
    save_answers,
)

__all__ = [
    "AnswerChecked",
    "AttemptClosed",
    "NoAttemptsLeft",
    "NothingToMark",
    "OtherTab",
    "TooLate",
    "TooSoon",
    "answers",
    "chance",
    "cancel_import",
    "checked",
    "claim_tab",
    "confirm_import",
    "drafted",
    "expire_attempt",
    "expire_attempts",
    "mark_by_hand",
    "receive_import",
    "regrade",
    "regrade_preview",
    "release_question",
    "save_answer",
    "save_answers",
    "start_attempt",
    "submit_attempt",
    "void_attempt",
]
