"""Who leads a crew, whom it is made of, and where its people work."""

from django.db.models import Q

from . import line
from .models import Employment, Facility, Person, PositionHeld
from .models.person import SUPERVISORS


def crew_of(user, on):
    """The line of a supervisor on a local date, at any depth, within the facilities that they are limited to."""
    return Person.objects.under(user, on).within_limits_of(user, on)


def leads(user, on):
    """Whether somebody has a crew: people who report to them that day, or the role of a supervisor."""
    reports = Employment.objects.on(on).filter(manager=user).exclude(person=user)
    return reports.exists() or user.groups.filter(name=SUPERVISORS).exists()


def facilities_of(user, on):
    """Facilities at which a supervisor adds people: those they are limited to, else where they or their crew work."""
    if user.facility_limits:
        return Facility.objects.filter(pk__in=user.facility_limits)
    held = PositionHeld.objects.on(on).filter(Q(person=user) | Q(person__in=line.below(user.pk, on)))
    return Facility.objects.filter(pk__in=held.values("facility"))
