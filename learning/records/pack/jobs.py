"""Packs that wait for a worker. The database is the queue; a message only says "look now"."""

import contextlib
import datetime
import time

from django.db import transaction
from django.db.models import Q
from kombu.exceptions import OperationalError

from ..models import PackOrder
from . import actions
from .scope import Scope

State = PackOrder.State
# A worker that has shown no life for so long is gone.
DEAD = datetime.timedelta(minutes=5)


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
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - DEAD)
    mine = PackOrder.objects.filter(uuid=uuid)
    if not mine.filter(free, state=State.WAITING).update(claimed_at=at, done=0):
        return None
    this = mine.select_related("by").get()
    about = {"scope": Scope.read(this.scope), "to_whom": this.to_whom, "why": this.why, "by": this.by}
    try:
        this.pack = actions.issue(**about, at=at, each=_shows_life(mine))
        this.state = State.DONE
    except actions.NotIssued as problem:
        this.state, this.trouble = State.REFUSED, str(problem)
    this.save(update_fields=["state", "trouble", "pack"])
    return this.state


def run_waiting(*, at):
    """All that wait and that nobody has; returns how many there were."""
    waiting = list(PackOrder.objects.filter(state=State.WAITING).order_by("pk").values_list("uuid", flat=True))
    return sum(run(uuid=name, at=at) is not None for name in waiting)


def _shows_life(mine):
    """Progress for the page, at most once a second; also what tells a living job from a dead one."""
    last = 0.0

    def each(done):
        nonlocal last
        if time.monotonic() - last >= 1:
            last = time.monotonic()
            mine.update(done=done, claimed_at=datetime.datetime.now(datetime.UTC))

    return each
