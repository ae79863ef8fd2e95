"""Imports that wait for a worker. The database is the queue; a message only says "look now"."""

import contextlib

from django.db import transaction
from kombu.exceptions import OperationalError

from ..models import PeopleImport
from . import actions

State = PeopleImport.State


def wake(this):
    """Tell the workers, once the import is committed. A broker that is away costs a minute: see `run_waiting`."""
    from ..tasks import run_import

    name = str(this.uuid)

    def send():
        with contextlib.suppress(OperationalError):
            run_import.apply_async((name,), queue="long", retry=False)

    transaction.on_commit(send)


def run(*, uuid, at):
    """Do what one import waits for; its state after that, or None where another worker has it."""
    this = PeopleImport.objects.select_related("source", "by").filter(uuid=uuid, state__in=PeopleImport.WAITING).first()
    if this is None or not actions.claim(this=this, state=this.state, at=at):
        return None
    if this.state == State.CHECKING:
        actions.check(this=this, at=at)
    elif not actions.write(this=this, at=at):
        run(uuid=uuid, at=at)
    return PeopleImport.objects.values_list("state", flat=True).get(pk=this.pk)


def run_waiting(*, at):
    """All that wait and that nobody has; returns how many there were."""
    waiting = list(
        PeopleImport.objects.filter(state__in=PeopleImport.WAITING).order_by("pk").values_list("uuid", flat=True)
    )
    actions.put_away_stale(at=at)
    return sum(run(uuid=name, at=at) is not None for name in waiting)
