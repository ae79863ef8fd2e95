"""Which local date it is for whom. A person's day is that of their own zone, else of the facility, else the company."""

from collections import defaultdict

from django.db.models import BigIntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from content.prepared import Prepared

from .dates import local_date
from .models import Company, Facility, Person, PositionHeld


def company_zone():
    """The zone where no single person or facility is asked about."""
    return Company.objects.values_list("time_zone", flat=True).first() or "UTC"


def company_day(at):
    return local_date(at, company_zone())


def with_zone(people, day):
    """People with their `zone` (a name) as of a day in UTC; leavers keep the one of their last position."""
    newest = PositionHeld.objects.filter(person=OuterRef("pk"), starts_on__lte=day).order_by("-starts_on", "-id")
    return people.annotate(
        zone=Coalesce(
            NullIf("time_zone", Value("")),
            Subquery(newest.values("facility__time_zone")[:1]),
            Subquery(Company.objects.order_by("name").values("time_zone")[:1]),
            Value("UTC"),
        )
    )


_zones = Prepared(
    lambda person, day: with_zone(Person.objects.filter(pk=person), day).values_list("zone", flat=True),
    person=BigIntegerField(),
)


def zone_of(person, at):
    """The name of the zone in which this person's days begin and end."""
    return _zones(person=person.pk, day=at.date())[0]


def day_of(person, at):
    """The local date of one person at an instant."""
    return local_date(at, zone_of(person, at))


def days_of(person_ids, at):
    """`{local date: [person id, …]}` at an instant, for a few people."""
    days = defaultdict(list)
    for pk, zone in with_zone(Person.objects.filter(pk__in=person_ids), at.date()).values_list("pk", "zone"):
        days[local_date(at, zone)].append(pk)
    return dict(days)


def everybody(at):
    """`[(local date, people), …]` at an instant; `people` is a queryset, or None for everybody.

    At most times of day all zones of a company share one date; then nobody's zone need be looked up.
    """
    zones = {company_zone(), *Facility.objects.values_list("time_zone", flat=True).distinct()}
    zones.update(Person.objects.exclude(time_zone="").values_list("time_zone", flat=True).distinct())
    days = defaultdict(list)
    for zone in zones:
        days[local_date(at, zone)].append(zone)
    if len(days) == 1:
        return [(day, None) for day in days]
    return [(day, with_zone(Person.objects, at.date()).filter(zone__in=names)) for day, names in sorted(days.items())]
