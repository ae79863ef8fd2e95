from django.template.loader import render_to_string
from django.utils import timezone

from content.slots import fills
from learning.people import local_days

from . import schedule, wording
from .models import Assignment


def _first_owed(person, course_key):
    owed = Assignment.objects.open().filter(person=person, course_key=course_key)
    return owed.select_related("requirement", "version").first()


@fills("course_standing")
def course_standing(person, course_key, on):
    """By when; `on` is an instant."""
    assignment = _first_owed(person, course_key)
    if not assignment:
        return None
    today = local_days.day_of(person, on)
    return render_to_string(
        "assignments/course_standing.html",
        {
            "standing": schedule.standing(assignment.due_on, today),
            "words": wording.due(assignment.due_on, today),
        },
    )


@fills("enrolment_cause")
def enrolment_cause(person, course_key, on):
    assignment = _first_owed(person, course_key)
    if not assignment:
        return None
    return {
        "assignment": str(assignment.uuid),
        "requirement": str(assignment.requirement.uuid),
        "requirement_version": assignment.version.number,
    }


@fills("course_completed")
def next_time(enrolment):
    assignment = _first_owed(enrolment.person_id, enrolment.course_key)
    if not assignment:
        return None
    today = local_days.day_of(enrolment.person, timezone.now())
    return render_to_string("assignments/course_completed.html", {"day": wording.day(assignment.due_on, today)})
