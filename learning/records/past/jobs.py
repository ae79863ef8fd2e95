"""Imports of past training that wait for a worker. The database is the queue; a message only says "look now"."""

import contextlib

from django.db import transaction
from kombu.exceptions import OperationalError

from ..models import PastImport
from . import actions


def wake(this):
    """Tell the workers, once it is committed. A broker that is away costs a minute."""
    from ..tasks import write_past_training

    def send():
        with contextlib.suppress(OperationalError):
            write_past_training.apply_async((), queue="long", retry=False)

    transaction.on_commit(send)


def run_waiting(*, at):
    """Write all that was confirmed; returns how many records. Two workers at once take turns slice by slice."""
    waiting = PastImport.objects.filter(state=PastImport.State.WRITING).order_by("pk")
    return sum(actions.write(this=this, at=at) for this in list(waiting))
