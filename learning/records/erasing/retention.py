"""How long a training record must be kept. Pure, but for the number of years, which is a setting."""

from django.conf import settings

from learning.people import dates


def kept_until(record):
    """The first local date on which a record (with `completed_at` and `facility_zone`) need not be kept any more."""
    day = dates.local_date(record.completed_at, record.facility_zone)
    return dates.add_months(day, 12 * settings.GATEHOUSE_RETENTION_YEARS)


def running(records, today):
    """`(how many of the records must still be kept on that day, until when the last of them)`; (0, None) for none."""
    ends = [end for end in map(kept_until, records) if end > today]
    return len(ends), max(ends, default=None)
