from .attempt import Attempt, RefusedSave, Response
from .extra_time import ExtraTime
from .mark import Mark, Regrade
from .question import Bank, Question, QuestionVersion
from .quiz import Quiz

__all__ = [
    "Attempt",
    "Bank",
    "ExtraTime",
    "Mark",
    "Question",
    "QuestionVersion",
    "Quiz",
    "RefusedSave",
    "Regrade",
    "Response",
]
