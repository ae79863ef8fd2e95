"""What a session is about, as its row and its records say it: a released course, or a topic of its own."""

from django.utils.translation import get_language

from content.models import Criterion
from courses.models import Edition

# Of a quiz about a topic that has no course, percent.
USUAL_PASS_MARK = 80


def courses():
    """`[(course key, title), …]` of the courses on offer, by area, in the active language."""
    outlines = [edition.in_language(get_language()) for edition in Edition.objects.offered().outlines()]
    outlines.sort(key=lambda outline: (outline.area, outline.title))
    return [(outline.data["course"], outline.title) for outline in outlines]


def of_course(course_key, language):
    """Fields of a session about the current edition of a course."""
    edition = Edition.objects.offered().outlines().get(course_key=course_key)
    outline = edition.in_language(language)
    return {
        "course_key": edition.course_key,
        "edition": edition,
        "title": outline.title,
        "area": outline.area,
        "topics": outline.topics,
        "criteria": outline.criteria,
    }


def pass_mark_of(edition, language):
    """Percent; of the course's own quiz if it has one."""
    return (edition and edition.in_language(language).pass_mark) or USUAL_PASS_MARK


def has_quiz(edition):
    return edition.in_language("").pass_mark is not None


def of_topic(topic, criteria, uuid):
    """Fields of a session about something that no course is about; `uuid` is the session's."""
    return {
        "course_key": uuid,
        "edition": None,
        "title": topic,
        "area": int(criteria[0].partition(".")[0]) if criteria else None,
        "topics": [topic],
        "criteria": criteria,
    }


def unknown(numbers):
    """Those of the numbers ("6.1") that no criterion has."""
    known = set(Criterion.objects.filter(number__in=numbers).values_list("number", flat=True))
    return [number for number in numbers if number not in known]
