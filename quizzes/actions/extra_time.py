"""More time for a person, from the next attempt on: a running deadline is a promise and does not move."""

from django.db import IntegrityError, transaction

from ..models import ExtraTime


class HasExtraTime(Exception):
    """The person has extra time already; it ends before another is given."""


def give_extra_time(*, person, percent, reason, by, at):
    """Returns the ExtraTime. Raises HasExtraTime."""
    try:
        with transaction.atomic():
            return ExtraTime.objects.create(person=person, percent=percent, reason=reason, given_by=by, given_at=at)
    except IntegrityError:
        # The constraint decides between two who give at the same moment.
        if ExtraTime.objects.running().filter(person=person).exists():
            raise HasExtraTime
        raise


def end_extra_time(*, extra_time, reason, by, at):
    """Twice is once: the first reason stays. Returns whether it was this call that ended it."""
    running = ExtraTime.objects.running().filter(pk=extra_time.pk)
    return bool(running.update(ended_at=at, ended_by=by, end_reason=reason))
