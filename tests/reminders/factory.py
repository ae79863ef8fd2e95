"""Somebody who owes a course, without a sweep."""

from learning.assignments.models import Assignment
from learning.reminders.models import Notice
from tests.assignments.factory import AT, TODAY, course, days, employ, hire, person, place, record, requirement

__all__ = [
    "AT",
    "TODAY",
    "course",
    "days",
    "employ",
    "hire",
    "notice",
    "owe",
    "person",
    "place",
    "record",
    "requirement",
]


def owe(who, due_on, key=None, title="Seal security"):
    """One open assignment with that due date."""
    key = key or course(title)
    required = requirement(key, name=f"{title} {key}")
    return Assignment.objects.create(
        requirement=required,
        version=required.versions.get(),
        person=who,
        course_key=key,
        assigned_on=TODAY,
        due_on=due_on,
        recorded_at=AT,
    )


def notice(assignment, stage=None, **fields):
    """The one that its due date calls for today, unless said otherwise."""
    stage = stage or (Notice.Stage.BEFORE_30 if assignment.due_on > TODAY else Notice.Stage.DUE_DAY)
    values = {
        "occasion": f"{assignment.uuid}:{stage}",
        "person": assignment.person,
        "channel": Notice.Channel.MAIL,
        "planned_at": AT,
    }
    return Notice.objects.create(assignment=assignment, stage=stage, **(values | fields))
