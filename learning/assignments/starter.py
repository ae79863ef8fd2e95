"""All that a new installation begins with, room by room; see `content/upkeep.py` for what loading it again does."""

from django.db import transaction

import content.starter
import content.starter_blanks
import courses.starter
import courses.starter_words
import quizzes.starter
from content.models import StarterRow
from content.starter_files import FOLDER, StarterFiles
from content.upkeep import Report
from courses.models import CoursePage
from learning.people import local_days
from learning.people.starter import everybody

from .actions import set_requirement


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
    load_requirements(found, report, at=at)
    tell(report)
    return report, sentences


def _each(words, part):
    """A part of the courses in each language."""
    return {language: part(said) for language, said in words.items()}


@transaction.atomic
def load_requirements(found, report, *, at):
    """One requirement for each course, switched off: who needs which course is for the company to say.

    It is made once and never touched again; one that was renamed or switched on stays as it is.
    """
    pages = {page.slug: page for page in CoursePage.objects.filter(locale__language_code="en")}
    for course in found:
        key = f"requirement/{course.name}"
        if StarterRow.objects.filter(key=key).exists() or course.name not in pages:
            report.add("requirements", "unchanged", key)
            continue
        page = pages[course.name]
        requirement = set_requirement(
            name=f"{page.title}, every year",
            course_key=page.translation_key,
            audience=everybody(at),
            due_days=30,
            repeat_months=page.valid_months,
            starts_on=local_days.company_day(at),
            active=False,
            at=at,
        )
        StarterRow.objects.create(key=key, target=str(requirement.pk), source="")
        report.add("requirements", "created", key)
