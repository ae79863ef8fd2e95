"""Who may be signed in. Read with the person, in the one query that every request makes anyway.

So it asks for no more than every request needs, each from one table: what takes longer to plan than to run costs most.
"""

import datetime

from django.db.models import BigIntegerField, DateField, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from content.prepared import Prepared

from ..local_days import day_of
from ..models import Employment, Person

STILL = datetime.date.max
A_DAY = datetime.timedelta(days=1)


def people(at):
    """People with what decides whether and how far they may be let in at that instant."""
    return _people(at.date())


def _people(day):
    ends = Coalesce("ends_on", Value(STILL, output_field=DateField()))
    ended = Employment.objects.filter(person=OuterRef("pk")).annotate(end=ends).order_by("-end").values("end")[:1]
    groups = Person.groups.through.objects.filter(person=OuterRef("pk"))
    # No zone is more than a day ahead; a page of the crew asks for the day itself.
    reports = Employment.objects.on(day).filter(manager=OuterRef("pk"))
    return Person.objects.annotate(
        employed_until=Subquery(ended),
        has_role=Exists(groups),
        is_limited=Exists(Person.limited_to.through.objects.filter(person=OuterRef("pk"))),
        has_reports=Exists(reports),
    )


# Every request asks this.
_one = Prepared(lambda person, day: _people(day).filter(pk=person), person=BigIntegerField())


def person_with(pk, at):
    """The one of `people` with that id, or None."""
    return next(iter(_one(person=pk, day=at.date())), None)


def may_sign_in(person, at):
    """False for a leaver on their own local day, a merged account, and whoever was stopped by hand.

    `person` comes from `people`. Somebody without any employment is no leaver: an administrator made on the shell.
    """
    if not person.is_active or person.merged_into_id:
        return False
    until = person.employed_until
    if until is None or abs(until - at.date()) > A_DAY:
        return until is None or until > at.date()
    # Near the end their zone decides.
    return until > day_of(person, at)


def admits(person, at):
    """The same, for a person who came from elsewhere; one query."""
    row = person_with(person.pk, at)
    return row is not None and may_sign_in(row, at)
