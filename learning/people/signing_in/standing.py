"""Who may be signed in. Read with the person, in the one query that every request makes anyway."""

import datetime
import functools

from django.db.models import DateField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from ..dates import local_date
from ..leading import SUPERVISORS
from ..local_days import with_zone
from ..models import Employment, Person

STILL = datetime.date.max


def people(at):
    """People with what decides whether and how far they may be let in at that instant."""
    return _people(at.date()).all()


# Every request asks this, and Django takes as long to build it as the database to answer it.
@functools.lru_cache(maxsize=2)
def _people(day):
    ends = Coalesce("ends_on", Value(STILL, output_field=DateField()))
    ended = Employment.objects.filter(person=OuterRef("pk")).annotate(end=ends).order_by("-end").values("end")[:1]
    groups = Person.groups.through.objects.filter(person=OuterRef("pk"))
    opens_admin = groups.filter(group__permissions__codename="access_admin")
    # No zone is more than a day ahead; a page of the crew asks for the day itself.
    reports = Employment.objects.on(day).filter(manager=OuterRef("pk"))
    return with_zone(Person.objects, day).annotate(
        employed_until=Subquery(ended),
        works_in_admin=Q(is_superuser=True) | Exists(opens_admin),
        is_limited=Exists(Person.limited_to.through.objects.filter(person=OuterRef("pk"))),
        leads_crew=Exists(groups.filter(group__name=SUPERVISORS)) | Exists(reports),
    )


def may_sign_in(person, at):
    """False for a leaver on their own local day, a merged account, and whoever was stopped by hand.

    `person` comes from `people`. Somebody without any employment is no leaver: an administrator made on the shell.
    """
    if not person.is_active or person.merged_into_id:
        return False
    return person.employed_until is None or person.employed_until > local_date(at, person.zone)


def admits(person, at):
    """The same, for a person who came from elsewhere; one query."""
    row = people(at).filter(pk=person.pk).first()
    return row is not None and may_sign_in(row, at)
