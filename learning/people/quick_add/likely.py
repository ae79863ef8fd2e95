"""Who somebody new at the gate probably is already: of the same names, accents aside, at work or gone."""

from django.db.models import Prefetch, Q

from ..models import Employment, Person, PositionHeld
from ..names import folded

SHOWN = 5


def people_named(first_name, last_name, *, among, on):
    """At most five of `among` with that first name and either surname; each with `holds` and `left_on`.

    `left_on` is the last day of a leaver, None for who works here or will.
    """
    first, surnames = folded(first_name).split(), folded(last_name).split()
    if not first:
        return []
    found = among.filter(merged_into__isnull=True, search_key__contains=first[0])
    if surnames:
        either = Q()
        for surname in surnames:
            either |= Q(search_key__contains=surname)
        found = found.filter(either)
    jobs = Employment.objects.order_by("starts_on")
    held = PositionHeld.objects.select_related("position", "facility").order_by("starts_on", "pk")
    found = found.prefetch_related(
        Prefetch("employments", jobs, to_attr="jobs"), Prefetch("positions_held", held, to_attr="held")
    )
    people = list(found.order_by("last_name", "first_name", "number")[: SHOWN * 4])
    # The key also holds mail and badge: the names themselves decide.
    people = [person for person in people if _same(person, first[0], set(surnames))][:SHOWN]
    for person in people:
        ends = [job.ends_on for job in person.jobs]
        gone = person.jobs and all(end and end <= on for end in ends)
        person.left_on = max(job.until for job in person.jobs) if gone else None
        # A leaver is known by what they did last.
        still = [row for row in person.held if row.ends_on is None or row.ends_on > on]
        person.holds = still or person.held[-1:]
    return people


def _same(person, first, surnames):
    theirs = set(folded(person.last_name).split())
    return first in folded(person.first_name).split() and (not surnames or bool(surnames & theirs) or not theirs)


def everybody_at(facilities, on):
    """People, leavers too, of some facilities."""
    return Person.objects.of_facilities([facility.pk for facility in facilities], on)
