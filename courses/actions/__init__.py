"""Deeds of this room. Each is one transaction; `at` is the instant of the deed, taken once by the caller."""

from .erasing import erase_words
from .moving import affected, go_over, newer_edition
from .reading import NotYet, answer_check, beat, complete_lesson, how_far, show_blanks
from .releasing import NotReady, next_release, release
from .reviewing import tick, untick
from .taking import (
    Locked,
    NotBlocked,
    count_attempt,
    done_keys,
    open_step,
    quiz_of,
    reopen,
    start_course,
    start_quiz,
)
from .telling import close_feedback, rate, tell_unclear_or_wrong

__all__ = [
    "Locked",
    "NotBlocked",
    "NotReady",
    "NotYet",
    "affected",
    "answer_check",
    "beat",
    "close_feedback",
    "complete_lesson",
    "count_attempt",
    "done_keys",
    "erase_words",
    "go_over",
    "how_far",
    "newer_edition",
    "next_release",
    "open_step",
    "quiz_of",
    "rate",
    "release",
    "reopen",
    "show_blanks",
    "start_course",
    "start_quiz",
    "tell_unclear_or_wrong",
    "tick",
    "untick",
]
