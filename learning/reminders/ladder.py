"""Which notice a due date calls for on a day: pure."""

import datetime

from .models import Notice

BEFORE = datetime.timedelta(days=30)
# A late install, or a rule with old due dates, must not flood people with what is long past; /me/ shows it anyway.
# Long enough that a server which stood still for months catches up.
TOO_LATE = datetime.timedelta(days=365)

# After a failure: wait so long before the next try. After the last one the notice is given up.
PAUSES = [datetime.timedelta(minutes=minutes) for minutes in (5, 15, 60, 240)]


def due_dates(stage, today):
    """First and last due date for which a stage is reached on that local date."""
    if stage == Notice.Stage.BEFORE_30:
        return today + datetime.timedelta(days=1), today + BEFORE
    return today - TOO_LATE, today


def overtaken(stage, due_on, today):
    """An announcement that waited until the due day came: the due day's own notice says it better."""
    return stage == Notice.Stage.BEFORE_30 and due_on <= today


def pause_after(failures):
    """How long to wait after so many failures, or None to give up."""
    return PAUSES[failures - 1] if failures <= len(PAUSES) else None
