"""Handing in, and running out of time."""

from django.db import transaction

from ..models import Attempt
from . import grade
from .saving import answers


@transaction.atomic
def submit_attempt(*, attempt, at, attribution):
    """Hand in, once: a second call, also one at the same time, gets the attempt as it is and sends no signal.

    Graded at once unless something waits to be marked by hand. Too late is out of time, with what was saved.
    `attribution` says how the person was known; it is carried, not looked into.
    """
    fresh = _held(attempt.pk)
    if not fresh.in_progress:
        return fresh
    fresh.attribution = attribution
    return _run_out(fresh) if fresh.is_over(at) else grade.close(fresh, answers(fresh), Attempt.State.SUBMITTED, at)


@transaction.atomic
def expire_attempt(*, attempt, at):
    """Grade an attempt whose time and grace are over, with what was saved; as it is when they are not, or it ended."""
    # Somebody may hand in at this moment.
    fresh = _held(attempt.pk)
    return _run_out(fresh) if fresh.in_progress and fresh.is_over(at) else fresh


def expire_attempts(*, at, limit=500):
    """The same for all whose time is over, each by itself. Returns how many."""
    expired, failures = 0, []
    for attempt in Attempt.objects.over(at).order_by("deadline")[:limit]:
        try:
            expired += not expire_attempt(attempt=attempt, at=at).in_progress
        except Exception as error:
            # Its evidence could not be written. It must not hold up the others, nor be passed over in silence.
            failures.append(error)
    if failures:
        raise failures[0]
    return expired


def _held(pk):
    return Attempt.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)


def _run_out(attempt):
    return grade.close(attempt, answers(attempt), Attempt.State.EXPIRED, attempt.deadline)
