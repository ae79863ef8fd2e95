from .attempt import Attempt, RefusedSave, Response
from .extra_time import ExtraTime
from .importing import ImportedQuestion, QuestionImport
from .mark import Mark, Regrade
from .question import Bank, Question, QuestionTag, QuestionVersion, TaggedQuestion
from .quiz import Quiz

__all__ = [
    "Attempt",
    "Bank",
    "ExtraTime",
    "ImportedQuestion",
    "Mark",
    "Question",
    "QuestionImport",
    "QuestionTag",
    "QuestionVersion",
    "Quiz",
    "RefusedSave",
    "Regrade",
    "Response",
    "TaggedQuestion",
]
