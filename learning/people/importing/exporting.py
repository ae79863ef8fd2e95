"""People in the columns of an import, such that importing the file again changes nothing.

A row for each position ever held, with the employment that it fell into; further rows where an employment has no
position, or somebody was away more often than they held positions. Rows of one person agree in what they repeat.
"""

from itertools import islice, zip_longest

from django.db.models import Prefetch
from django.db.models.functions import Coalesce

from .. import sheets
from ..models import Employment, LeavePeriod, PositionHeld
from .columns import COLUMNS

BATCH = 500


def rows(people):
    """Rows of cells, streamed, by staff number."""
    manager = Coalesce("manager__merged_into__number", "manager__number")
    jobs = Employment.objects.select_related("company", "employer").annotate(boss=manager).order_by("starts_on", "pk")
    held = PositionHeld.objects.select_related("position", "facility").order_by("starts_on", "pk")
    leaves = LeavePeriod.objects.order_by("starts_on", "pk")
    people = (
        people.filter(merged_into__isnull=True)
        .order_by("number")
        .prefetch_related(
            Prefetch("employments", jobs, to_attr="jobs"),
            Prefetch("positions_held", held, to_attr="held"),
            Prefetch("leave_periods", leaves, to_attr="away"),
        )
    )
    for person in people.iterator(chunk_size=BATCH):
        yield from _rows(person)


def _rows(person):
    fixed = [person.number, person.first_name, person.last_name, person.email, person.phone, person.badge]
    fixed.append(person.language)
    pairs = [(_employment_of(held, person.jobs), held) for held in person.held]
    named = {job.pk for job, _held in pairs if job}
    pairs += [(job, None) for job in person.jobs if job.pk not in named]
    last = pairs[-1] if pairs else (None, None)
    for pair, leave in zip_longest(pairs or [last], person.away):
        job, held = pair or last
        yield _cells(fixed, job, held, leave)


def _employment_of(held, jobs):
    """The employment that a position fell into, else the one before it, else the first."""
    before = [job for job in jobs if job.starts_on <= held.starts_on]
    within = [job for job in before if job.ends_on is None or job.ends_on > held.starts_on]
    return next(iter(within[-1:] or before[-1:] or jobs[:1]), None)


def _cells(fixed, job, held, leave):
    cells = dict.fromkeys(COLUMNS, "") | dict(zip(COLUMNS, fixed, strict=False))
    if job:
        cells |= {"company": job.company.name, "kind": job.kind, "employer": job.employer.name}
        cells |= {"manager_number": job.boss or "", "hired_on": _day(job.starts_on), "left_on": _day(job.until)}
    if held:
        cells |= {"position": held.position.title, "facility": held.facility.code}
        cells |= {"position_from": _day(held.starts_on), "position_until": _day(held.until)}
    if leave:
        cells |= {"leave_from": _day(leave.starts_on), "leave_until": _day(leave.until)}
    return list(cells.values())


def _day(day):
    return day.isoformat() if day else ""


def csv_text(people):
    """The CSV file in pieces of text."""
    return sheets.csv_text(COLUMNS, rows(people))


def write(people, path, *, file_format, each=None):
    """Write the file; `each` sees every row go by. Returns how many rows there were."""
    written = 0

    def counted():
        nonlocal written
        for written, row in enumerate(rows(people), start=1):
            if each:
                each(written)
            yield row

    if file_format == "csv":
        sheets.write_csv(COLUMNS, counted(), path)
    else:
        found = counted()
        first = list(islice(found, 1))
        sheets.write_xlsx(COLUMNS, _chain(first, found), path, title="People", total=len(first))
    return written


def _chain(first, others):
    yield from first
    yield from others
