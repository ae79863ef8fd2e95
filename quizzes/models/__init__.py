from .attempt import Attempt, ExtraTime, Mark, Regrade, Response
from .importing import ImportedQuestion, QuestionImport
from .question import Bank, Question, QuestionVersion
from .quiz import Quiz

__all__ = [
    "Attempt",
    "Bank",
    "ExtraTime",
    "ImportedQuestion",
    "Mark",
    "Question",
    "QuestionImport",
    "QuestionVersion",
    "Quiz",
    "Regrade",
    "Response",
]
