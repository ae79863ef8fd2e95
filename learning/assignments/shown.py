"""What /me/ shows, as plain data."""

from django.urls import reverse
from django.utils.translation import get_language

from courses.models import Edition, Enrolment, StepProgress
from courses.shown import card
from courses.standing import next_step, states
from learning.people.models import Person
from learning.records.models import TrainingRecord

from . import schedule, wording
from .models import Assignment


def outlines(course_keys):
    """`{course key: outline}` of the current editions, in the active language; unreleased courses are missing."""
    editions = Edition.objects.current().outlines().filter(course_key__in=course_keys)
    return {edition.course_key: edition.in_language(get_language()) for edition in editions}


def course_choices():
    """`[(course key, title), …]` of the released courses, by area."""
    editions = [edition.in_language(get_language()) for edition in Edition.objects.current().outlines()]
    editions.sort(key=lambda outline: (outline.area, outline.title))
    return [(outline.data["course"], outline.title) for outline in editions]


def open_assignments(person):
    """What a person owes, once for each course, soonest first."""
    owed = {}
    for assignment in Assignment.objects.open().filter(person=person):
        owed.setdefault(assignment.course_key, assignment)
    return list(owed.values())


def _running(person, course_keys):
    """`{course key: (outline of the run's own edition, keys of the steps done)}`."""
    runs = Enrolment.objects.running().filter(person=person, course_key__in=course_keys)
    runs = list(runs.select_related("edition").defer("edition__manifest"))
    done = {run.pk: set() for run in runs}
    progress = StepProgress.objects.filter(enrolment__in=done, completed_at__isnull=False)
    for enrolment, step_key in progress.values_list("enrolment", "step_key"):
        done[enrolment].add(str(step_key))
    return {run.course_key: (run.edition.in_language(get_language()), done[run.pk]) for run in runs}


def _row(assignment, outline, done, started, today):
    step = next_step(outline.steps, done) if started else None
    left = [row["minutes"] for row in outline.steps if row["key"] not in done]
    course = card(outline)
    return {
        "course": course | {"steps_done": len(outline.steps) - len(left), "minutes_left": sum(left)},
        "due_on": assignment.due_on,
        "days": (assignment.due_on - today).days,
        "standing": schedule.standing(assignment.due_on, today),
        "words": wording.due(assignment.due_on, today),
        "due_day": wording.day(assignment.due_on, today),
        "started": started,
        "tally": states(outline.steps, done),
        "action_url": reverse("courses:step", args=[outline.slug, step["slug"]]) if step else course["url"],
    }


def owed(person, assignments, released, today):
    """Rows for each open assignment of a course that can be started or is under way: (owed now, later)."""
    keys = [assignment.course_key for assignment in assignments]
    running = _running(person, keys)
    offered = set(Edition.objects.offered().filter(course_key__in=keys).values_list("course_key", flat=True))
    now, later = [], []
    for assignment in assignments:
        key = assignment.course_key
        if key not in running and key not in offered:
            continue
        outline, done = running[key] if key in running else (released[key], set())
        row = _row(assignment, outline, done, key in running, today)
        (later if row["standing"] == "later" else now).append(row)
    return now, later


def records_of(person):
    """A person's records that count, newest first; also those of accounts that were merged into theirs."""
    accounts = Person.objects.accounts_of(person)
    return TrainingRecord.objects.standing().filter(person__in=accounts).defer("question_versions")


def done(records, released, today):
    """Rows of what was done; the title in the active language where the course still exists."""
    return [
        {
            "title": released[record.course_key].title if record.course_key in released else record.course,
            "completed_on": schedule.local_date(record.completed_at, record.facility_zone),
            "score": record.score,
            "pass_mark": record.pass_mark,
            "expires_on": record.expires_on,
            "status": "expired" if record.expires_on and record.expires_on < today else "valid",
            "certificate_url": reverse("records:certificate", args=[record.uuid]),
        }
        for record in records
    ]
