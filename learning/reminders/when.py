"""The moment that a command is asked to act as of."""

import datetime
import zoneinfo


def moment(text, zone):
    """An aware datetime: of a date the end of that local day, of a time without offset that of the zone (a name).

    Raises ValueError.
    """
    local = zoneinfo.ZoneInfo(zone)
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        at = datetime.datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=local)).astimezone(datetime.UTC)
    return datetime.datetime.combine(day, datetime.time.max, local).astimezone(datetime.UTC)
