"""Long work that one worker at a time has: its row says by `claimed_at` when that worker last showed life.

The database is the queue, a message only says "look now": what a killed worker had is taken up by the next.
"""

import datetime
import time

from django.db.models import Q

# Without a sign of life for so long, a worker is gone.
DEAD = datetime.timedelta(minutes=5)


def free(at):
    """Work that nobody has at that instant."""
    return Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - DEAD)


def shows_life(mine):
    """Returns `each(done, total=None)`, which writes progress and a sign of life, at most once a second.

    `mine` is a queryset of the one row.
    """
    last = 0.0

    def each(done, total=None):
        nonlocal last
        if time.monotonic() - last < 1:
            return
        last = time.monotonic()
        known = {} if total is None else {"total": total}
        mine.update(done=done, claimed_at=datetime.datetime.now(datetime.UTC), **known)

    return each
