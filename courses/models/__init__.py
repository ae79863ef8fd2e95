from .edition import Edition
from .enrolment import Enrolment, StepProgress
from .pages import CourseIndexPage, CoursePage, LessonPage, QuizStepPage

__all__ = ["CourseIndexPage", "CoursePage", "Edition", "Enrolment", "LessonPage", "QuizStepPage", "StepProgress"]
