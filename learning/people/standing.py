"""How a person stands at the company on a day, in a few words for lists."""

import datetime

from django.db.models import DateField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .dates import day_before
from .models import LeavePeriod

OPEN = datetime.date.max


def with_leave(people, on):
    """People with the day on which they are `back` from leave: OPEN while nobody knows, None for who is not away."""
    leave = LeavePeriod.objects.on(on).filter(person=OuterRef("pk"))
    back = leave.annotate(back=Coalesce("ends_on", Value(OPEN, output_field=DateField()))).order_by("-back")
    return people.annotate(back=Subquery(back.values("back")[:1]))


def _runs(job, on):
    return job.starts_on <= on and (job.ends_on is None or job.ends_on > on)


def of(person, on):
    """Words for one of `with_leave` whose employments are `jobs`, oldest first; none for who simply works here."""
    if person.to_confirm:
        return _("To be confirmed")
    if person.back:
        return _("On leave") if person.back == OPEN else _("On leave until %(day)s") % {"day": _last_day(person.back)}
    if not person.jobs or any(_runs(job, on) for job in person.jobs):
        return ""
    if coming := [job.starts_on for job in person.jobs if job.starts_on > on]:
        return _("Begins %(day)s") % {"day": date_format(min(coming))}
    return _("Left, last day %(day)s") % {"day": _last_day(max(job.ends_on for job in person.jobs))}


def _last_day(ends_on):
    return date_format(day_before(ends_on))


def employers(person, on):
    """Of that day, or the last one of somebody who left."""
    running = [job for job in person.jobs if _runs(job, on)]
    begun = [job for job in person.jobs if job.starts_on <= on]
    return ", ".join(dict.fromkeys(job.employer.name for job in running or begun[-1:]))
