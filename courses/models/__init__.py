from .edition import Edition
from .enrolment import BlockProgress, Enrolment, StepProgress
from .feedback import Feedback
from .pages import CourseIndexPage, CoursePage, LessonPage, QuizStepPage
from .review import ReviewPoint

__all__ = [
    "BlockProgress",
    "CourseIndexPage",
    "CoursePage",
    "Edition",
    "Enrolment",
    "Feedback",
    "LessonPage",
    "QuizStepPage",
    "ReviewPoint",
    "StepProgress",
]
