"""All that a new installation begins with, room by room; see `content/upkeep.py` for what loading it again does."""

import content.starter
import content.starter_blanks
import courses.starter
import courses.starter_words
import quizzes.starter
from content.starter_files import FOLDER, StarterFiles
from content.upkeep import Report

from .starter_programme import load_requirements


def load(*, at, folder=FOLDER, tell=lambda report: None):
    """Load the starter files of a folder. Returns the report and sentences for people.

    `at` is when courses and questions count as released. Each kind is one transaction; `tell` hears after each.
    """
    report, files = Report(), StarterFiles(folder)
    content.starter.load_criteria(files, report)
    content.starter_blanks.load_blanks(files, report)
    tell(report)
    pictures = content.starter.load_pictures(files, report) | content.starter.load_files(files, report)
    tell(report)
    home = content.starter.load_home(files, report)
    found = courses.starter.read(files)
    words = courses.starter_words.translated(files, found, courses.starter.read)
    content.starter.load_objectives(
        courses.starter.objectives_of(found), report, words=_each(words, courses.starter.objectives_of)
    )
    banks = quizzes.starter.load_banks(files, report, pictures=pictures, at=at)
    tell(report)
    tests = quizzes.starter.load_quizzes(
        courses.starter.quizzes_of(found), report, banks=banks, words=_each(words, courses.starter.quizzes_of)
    )
    sentences = courses.starter.load_courses(
        found, files, report, home=home, pictures=pictures, quizzes=tests, words=words, at=at
    )
    tell(report)
    content.starter.load_guides(files, report, home=home, pictures=pictures)
    load_requirements(files, found, report, at=at)
    tell(report)
    return report, sentences


def _each(words, part):
    """A part of the courses in each language."""
    return {language: part(said) for language, said in words.items()}
