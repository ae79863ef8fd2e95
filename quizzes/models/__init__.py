from .attempt import Attempt, ExtraTime, Mark, Regrade, Response
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
    "Regrade",
    "Response",
]
