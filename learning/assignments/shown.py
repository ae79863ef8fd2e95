"""What /me/ shows, as plain data."""

from django.db.models import BigIntegerField
from django.urls import reverse
from django.utils.translation import get_language

from content.guides import guides_for
from content.prepared import Prepared
from courses.models import Edition, Enrolment, StepProgress
from courses.shown import address, card
from courses.standing import next_step, states
from learning.people.models import Person, PositionHeld
from learning.records.models import TrainingRecord

from . import schedule, wording
from .models import Assignment

# Of what one has done, as many as /me/ shows.
DONE_SHOWN = 20

_current = Prepared(lambda: Edition.objects.current().with_offer().outlines())
_open = Prepared(lambda person: Assignment.objects.open().filter(person=person), person=BigIntegerField())
_running = Prepared(
    lambda person: (
        Enrolment.objects.running()
        .filter(person=person)
        .with_blocked()
        .select_related("edition")
        .defer("edition__manifest")
    ),
    person=BigIntegerField(),
)
_steps_done = Prepared(
    lambda person: StepProgress.objects.filter(
        enrolment__in=Enrolment.objects.running().filter(person=person), completed_at__isnull=False
    ).values_list("enrolment", "step_key"),
    person=BigIntegerField(),
)
_roles = Prepared(
    lambda person, today: (
        PositionHeld.objects.on(today).filter(person=person).values_list("position__roles", flat=True)
    ),
    person=BigIntegerField(),
)
# One more says that there are more.
_latest = Prepared(lambda person, today: records_of(person, today)[: DONE_SHOWN + 1], person=BigIntegerField())


def editions(course_keys):
    """`{course key: edition}`: the current ones, each with `on_offer`; unreleased courses are missing."""
    return {edition.course_key: edition for edition in _current() if edition.course_key in course_keys}


def outlines(course_keys):
    """`{course key: outline}` of the current editions, in the active language."""
    return {key: edition.in_language(get_language()) for key, edition in editions(course_keys).items()}


def course_choices():
    """`[(course key, title), …]` of the released courses, by area."""
    editions = [edition.in_language(get_language()) for edition in Edition.objects.current().outlines()]
    editions.sort(key=lambda outline: (outline.area, outline.title))
    return [(outline.data["course"], outline.title) for outline in editions]


def open_assignments(person):
    """What a person owes, once for each course, soonest first."""
    owed = {}
    for assignment in _open(person=person.pk):
        owed.setdefault(assignment.course_key, assignment)
    return list(owed.values())


def under_way(person):
    """`{course key: (outline of the run's own edition, keys of the steps done, blocked)}` of what a person has begun.

    Blocked: all attempts at a quiz are used.
    """
    runs = _running(person=person.pk)
    done = {run.pk: set() for run in runs}
    for enrolment, step_key in _steps_done(person=person.pk) if runs else ():
        # One may have begun another in between.
        done.get(enrolment, set()).add(str(step_key))
    return {run.course_key: (run.edition.in_language(get_language()), done[run.pk], run.is_blocked) for run in runs}


def _row(outline, done, blocked, started):
    step = next_step(outline.steps, done) if started and not blocked else None
    left = [row["minutes"] for row in outline.steps if row["key"] not in done]
    course = card(outline)
    return {
        "course": course | {"steps_done": len(outline.steps) - len(left), "minutes_left": sum(left)},
        "started": started,
        "blocked": blocked,
        "start_url": "" if started else address("courses:start", outline.slug),
        "tally": states(outline.steps, done),
        "action_url": address("courses:step", outline.slug, step["slug"]) if step else course["url"],
    }


def _due(due_on, today):
    return {
        "due_on": due_on,
        "days": (due_on - today).days,
        "standing": schedule.standing(due_on, today),
        "words": wording.due(due_on, today),
        "tag": wording.tag(due_on, today),
        "by": wording.by(due_on, today),
    }


def owed(assignments, running, released, today):
    """Rows for each open assignment of a course that can be started or is under way: (owed now, later).

    `running` is what `under_way` gives, `released` what `editions` does.
    """
    now, later = [], []
    # Many are due on the same day.
    dues = {day: _due(day, today) for day in {assignment.due_on for assignment in assignments}}
    for assignment in assignments:
        key = assignment.course_key
        if key not in running and not (key in released and released[key].on_offer):
            continue
        about = running[key] if key in running else (released[key].in_language(get_language()), set(), False)
        row = _row(*about, started=key in running) | dues[assignment.due_on]
        (later if row["standing"] == "later" else now).append(row)
    return now, later


def next_owed(assignments, enrolment, today):
    """The row of what is due soonest besides the course of that run; None when there is nothing to start."""
    others = [row for row in assignments if row.course_key != enrolment.course_key]
    if not others:
        return None
    released = editions({row.course_key for row in others})
    now, later = owed(others, under_way(enrolment.person), released, today)
    return next(iter(now + later), None)


def begun(assignments, running):
    """Rows of what is under way though nobody asked for it."""
    owed_keys = {assignment.course_key for assignment in assignments}
    return [_row(*about, started=True) for key, about in running.items() if key not in owed_keys]


def guides(person, today):
    """Guides for the positions that a person holds on that local date, the nearest first."""
    held = _roles(person=person.pk, today=today)
    return guides_for({role for roles in held for role in roles}, get_language())


def records_of(person, today):
    """A person's records with their status, newest first; also those of accounts that were merged into theirs.

    Corrected ones and their corrections too: whoever holds a certificate must see what became of it.
    """
    accounts = Person.objects.accounts_of(person)
    return TrainingRecord.objects.filter(person__in=accounts).with_status(today).defer("question_versions")


def latest_records(person, today):
    """The newest of them, `(at most DONE_SHOWN, whether there are more)`."""
    found = _latest(person=person.pk, today=today)
    return found[:DONE_SHOWN], len(found) > DONE_SHOWN


def _title(record, released):
    edition = released.get(record.course_key)
    return edition.in_language(get_language()).title if edition else record.course


def done(records, released):
    """Rows of what was done; the title in the active language where the course still exists. `released`: `editions`."""
    return [
        {
            "title": _title(record, released),
            "completed_on": schedule.local_date(record.completed_at, record.facility_zone),
            "score": record.score,
            "pass_mark": record.pass_mark,
            "expires_on": record.expires_on,
            "status": record.status,
            "presence_only": record.presence_only,
            "imported": record.imported,
            "certificate_url": reverse("records:certificate", args=[record.uuid]),
            "pdf_url": reverse("records:certificate_pdf", args=[record.uuid]),
        }
        for record in records
    ]
