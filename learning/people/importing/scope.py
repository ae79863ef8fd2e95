"""Whom a file speaks for: those it may archive by leaving them out, and those its sender may import at all."""

from django.db.models import Exists, OuterRef

from ..models import Employment, Person, PositionHeld
from .difference import Difference


def employed(source, limits, today):
    """Employments that go on today of people for whom the file speaks.

    `source` may be None, `limits` are the facilities that the sender is limited to, if any.
    """
    found = Employment.objects.on(today).filter(person__merged_into__isnull=True)
    if limits:
        found = found.filter(person__in=Person.objects.of_facilities(limits, today))
    if source is None:
        return found
    if source.number_prefix:
        found = found.filter(person__number__istartswith=source.number_prefix)
    if source.kinds:
        found = found.filter(kind__in=source.kinds)
    if employers := list(source.employers.values_list("pk", flat=True)):
        found = found.filter(employer__in=employers)
    if facilities := list(source.facilities.values_list("pk", flat=True)):
        held = PositionHeld.objects.on(today).filter(person=OuterRef("person"), facility__in=facilities)
        found = found.filter(Exists(held))
    return found


def may_go(employments, today, sender):
    """Of these, the ones whose absence from a full file means that the person left.

    Not who begins today, whom HR's system may not have yet; who was added at the gate and is not confirmed; whose last
    day is known already; or who sends the file.
    """
    found = employments.filter(ends_on__isnull=True, starts_on__lt=today, person__to_confirm=False)
    return found.exclude(person=sender) if sender else found


def leaving(now, ends, today):
    """The Difference for a person whom a full file leaves out; `ends` are primary keys of the employments that end."""
    difference = Difference()
    for row in now.employments:
        if row.pk in ends:
            difference.alter("employment", row, ends_on=today)
            difference.tell("left_on", "", today.fromordinal(today.toordinal() - 1))
        ends_on = today.isoformat() if row.pk in ends else row.ends_on and row.ends_on.isoformat()
        difference.after.append((row.starts_on.isoformat(), ends_on, row.employer, row.manager))
    if any(
        ends_on is None or ends_on > today.isoformat() for _begins, ends_on, _employer, _manager in difference.after
    ):
        # Somebody else employs them still: which of the positions go, nobody said.
        return difference
    difference.gone = today
    for row in now.positions:
        if not row.reaches(today):
            continue
        if row.starts_on >= today:
            difference.take_back("position", row)
        else:
            difference.alter("position", row, ends_on=today)
    return difference
