"""Deeds of this room. Each is one transaction; `at` is the instant of the deed, taken once by the caller."""

from .attempting import NoAttemptsLeft, TooSoon, chance, start_attempt
from .ending import expire_attempt, expire_attempts, submit_attempt
from .erasing import erase_words
from .extra_time import HasExtraTime, end_extra_time, give_extra_time
from .importing import cancel_import, confirm_import, drafted, receive_import
from .marking import NothingToMark, mark_by_hand, regrade, regrade_preview, void_attempt
from .releasing import release_question
from .saving import (
    AnswerChecked,
    AttemptClosed,
    OtherTab,
    StepTaken,
    TooLate,
    answers,
    checked,
    claim_tab,
    note_refused,
    save_answer,
    save_answers,
)

__all__ = [
    "AnswerChecked",
    "AttemptClosed",
    "HasExtraTime",
    "NoAttemptsLeft",
    "NothingToMark",
    "OtherTab",
    "StepTaken",
    "TooLate",
    "TooSoon",
    "answers",
    "chance",
    "cancel_import",
    "checked",
    "claim_tab",
    "end_extra_time",
    "confirm_import",
    "drafted",
    "erase_words",
    "expire_attempt",
    "expire_attempts",
    "give_extra_time",
    "mark_by_hand",
    "note_refused",
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
