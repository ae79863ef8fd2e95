"""Deeds with files of past training. A broken row refuses the whole file; what is written says that it was imported."""

import datetime
import zoneinfo
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.models import Edition
from learning.people.importing.actions import sha256
from learning.people.importing.refused import Refused
from learning.people.local_days import company_day

from .. import completions
from ..actions import append_entry, write_record
from ..as_they_were import as_they_were
from ..models import LedgerEntry, PastImport, PastLine
from ..models.words import IN_PERSON, Attribution, Check, Source
from . import checking, columns

State = PastImport.State
# Rows of one transaction: SQLite is held no longer than its readers notice.
SLICE = 100


def receive(*, file, name, by, at, date_format=""):
    """A file that came, looked at here and now. Returns the PastImport, planned, or refused with its errors.

    Raises Refused for what is no such file, or the same one again.
    """
    file.seek(0, 2)
    size = file.tell()
    lines, errors = checking.check(file, name, user=by, on=company_day(at), date_format=date_format)
    made = PastImport(file_name=name[-255:], sha256=sha256(file), size=size, by=by, started_at=at, state=State.PLANNED)
    if errors.count:
        made.state, made.errors, made.error_count, made.finished_at = State.REFUSED, errors.listed(), errors.count, at
        made.save()
        return made
    try:
        with transaction.atomic():
            made.save()
            for line in lines:
                line.of = made
            PastLine.objects.bulk_create(lines, batch_size=500)
    except IntegrityError:
        raise Refused(_("This very file was imported already, or waits to be confirmed."))
    return made


@transaction.atomic
def confirm(*, this):
    """Somebody looked at the preview and wants it; a worker writes. Raises Refused."""
    _move(this, State.PLANNED, state=State.WRITING)


@transaction.atomic
def cancel(*, this, at):
    """Nothing is written. Raises Refused once it is being written."""
    _move(this, State.PLANNED, state=State.CANCELLED, finished_at=at)
    this.lines.all().delete()


def _move(this, before, **after):
    # Compare and set: of two who decide at once, one does.
    if not PastImport.objects.filter(pk=this.pk, state=before).update(**after):
        raise Refused(_("This was decided already. Nothing was changed."))


def write(*, this, at):
    """Write all that is left, slice by slice; a worker that was killed left whole slices. Returns how many records."""
    written = 0
    while number := _write_slice(this, at):
        written += number
    return written


@transaction.atomic
def _write_slice(this, at):
    this = PastImport.objects.select_for_update(of=["self"]).select_related("by").get(pk=this.pk)
    if this.state != State.WRITING:
        return 0
    lines = list(this.lines.filter(record__isnull=True).select_related("person")[:SLICE])
    outlines = {row.course_key: row for row in Edition.objects.current().outlines() if lines}
    for line in lines:
        line.record = write_record(**_says(this, line, outlines.get(line.course_key), at))
    PastLine.objects.bulk_update(lines, ["record"])
    if not lines:
        data = {"sha256": this.sha256, "past_training": str(this.uuid), "records": this.lines.count()}
        append_entry(kind=LedgerEntry.Kind.IMPORT, data=data, at=at)
        this.state, this.finished_at = State.DONE, at
        this.save(update_fields=["state", "finished_at"])
    return len(lines)


def _says(this, line, edition, at):
    """What the record says. Of the course, what the file says: which edition was taught elsewhere, nobody knows."""
    values, outline = line.says, edition and edition.in_language(line.says["language"])
    was = as_they_were(line.person, columns.noon(values, datetime.UTC))
    zone = zoneinfo.ZoneInfo(was["facility_zone"])
    area, criteria = outline and outline.area, values["criteria"]
    return {
        "person": line.person,
        "completed_at": min(columns.noon(values, zone), at),
        "recorded_at": at,
        "recorder": this.by,
        "course_key": line.course_key,
        "course": outline.title if outline else values["course"],
        "area": area,
        "areas": completions.areas_of(criteria, area),
        "topics": values["topics"],
        "criteria": criteria,
        "language": values["language"],
        "minutes_nominal": values["minutes"],
        "place": values["place"],
        "instructor": values["instructor"],
        "method": values["method"],
        "check_kind": values["check"],
        "score": values["score"] and Decimal(values["score"]),
        "pass_mark": values["pass_mark"],
        "source": Source.IMPORTED,
        "attribution": Attribution.IMPORT,
        "valid_months": valid_months(values, outline),
        # By the hash, the file itself proves what was imported, wherever it is kept.
        "cause": {"import": str(this.uuid), "file_sha256": this.sha256, "file_row": line.row},
    }


def valid_months(values, outline):
    """As the file says, else as the course does for what was checked; None means for good, or nothing to hold good."""
    presence = values["check"] == Check.NONE and values["method"] in IN_PERSON
    return values["valid_months"] or (outline.valid_months if outline and not presence else None)
