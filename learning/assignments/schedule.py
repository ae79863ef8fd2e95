"""Date arithmetic of requirements: pure. All dates are local dates of the person's facility."""

import datetime

from learning.people.dates import add_months
from learning.people.dates import local_date as local_date

# From this many days before its due date an assignment is announced and shown among what is owed.
NOTICE_DAYS = 30


def first_due(*, hired_on, placed_on, counts_from, due_days):
    """When cycle 1 is due: so many days after the person was hired, came into the audience, and the rule began."""
    return max(hired_on, placed_on, counts_from) + datetime.timedelta(days=due_days)


def next_due(completed_on, repeat_months):
    return add_months(completed_on, repeat_months)


def still_counts(completed_on, repeat_months, on):
    """Whether a completion is recent enough to stand for a first cycle on that date."""
    return next_due(completed_on, repeat_months) >= on


def notice_ends(today):
    """The last due day that is announced today."""
    return today + datetime.timedelta(days=NOTICE_DAYS)


def standing(due_on, today):
    """'late', 'due' (soon enough to announce) or 'later'."""
    days = (due_on - today).days
    if days < 0:
        return "late"
    return "due" if days <= NOTICE_DAYS else "later"
