"""Packs that wait for a worker. The database is the queue; a message only says "look now"."""

import contextlib

from django.db import transaction
from kombu.exceptions import OperationalError

from learning.people import long_work

from ..models import PackOrder
from . import actions
from .scope import Scope

State = PackOrder.State


@transaction.atomic
def order(*, scope, to_whom, why, by, at):
    """Ask for a pack. Returns the PackOrder; a worker hears of it once it is committed, or within a minute."""
    from ..tasks import make_pack

    asked = PackOrder.objects.create(scope=scope.stored(), to_whom=to_whom, why=why, by=by, asked_at=at)

    def send():
        with contextlib.suppress(OperationalError):
            make_pack.apply_async((str(asked.uuid),), queue="long", retry=False)

    transaction.on_commit(send)
    return asked


def run(*, uuid, at):
    """Make one pack; its state after that, or None where another worker has it."""
    mine = PackOrder.objects.filter(uuid=uuid)
    if not mine.filter(long_work.free(at), state=State.WAITING).update(claimed_at=at, done=0):
        return None
    this = mine.select_related("by").get()
    about = {"scope": Scope.read(this.scope), "to_whom": this.to_whom, "why": this.why, "by": this.by}
    try:
        this.pack = actions.issue(**about, at=at, each=long_work.shows_life(mine))
        this.state = State.DONE
    except actions.NotIssued as problem:
        this.state, this.trouble = State.REFUSED, str(problem)
    this.save(update_fields=["state", "trouble", "pack"])
    return this.state


def run_waiting(*, at):
    """All that wait and that nobody has; returns how many there were."""
    waiting = list(PackOrder.objects.filter(state=State.WAITING).order_by("pk").values_list("uuid", flat=True))
    return sum(run(uuid=name, at=at) is not None for name in waiting)
