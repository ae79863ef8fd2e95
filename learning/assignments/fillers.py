from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone

from content.slots import fills
from learning.people import local_days

from . import evidence, schedule, shown, wording
from .models import Assignment


def _first_owed(person, course_key):
    owed = Assignment.objects.open().filter(person=person, course_key=course_key)
    return owed.select_related("requirement", "version").first()


@fills("course_standings")
def course_standings(person, course_keys, on):
    """By when, for those that the person owes; `on` is an instant."""
    owed = {}
    for assignment in Assignment.objects.open().filter(person=person, course_key__in=course_keys):
        owed.setdefault(assignment.course_key, assignment.due_on)
    if not owed:
        return None
    today = local_days.day_of(person, on)
    return {
        key: render_to_string("assignments/course_standing.html", _standing(due_on, today))
        for key, due_on in owed.items()
    }


def _standing(due_on, today):
    return {
        "standing": schedule.standing(due_on, today),
        "words": wording.tag(due_on, today),
        "by": wording.by(due_on, today),
    }


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
def next_time(enrolment, request):
    """When the same course is due again, and what else the person owes first, to begin at one press."""
    owed = shown.open_assignments(enrolment.person)
    again = next((row for row in owed if row.course_key == enrolment.course_key), None)
    if not owed:
        return None
    today = local_days.day_of(enrolment.person, timezone.now())
    context = {
        "day": again and wording.day(again.due_on, today),
        "row": shown.next_owed(owed, enrolment, today),
        # A shared tablet signs them out here; there is nothing to press.
        "goes_on": not getattr(request, "kiosk_finished", False),
        "csrf_token": get_token(request),
    }
    return render_to_string("assignments/course_completed.html", context)


@fills("evidence_section")
def evidence_section(section, selection):
    return evidence.SECTIONS[section](selection) if section in evidence.SECTIONS else None
