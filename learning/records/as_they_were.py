"""A person's place in the company at an instant, as a record states it for good."""

import datetime

from learning.people import dates
from learning.people.local_days import company_zone


def _holds(row, at):
    """Whether a position is held on the local date that the instant falls on at its own facility."""
    day = dates.local_date(at, row.facility.time_zone)
    return row.starts_on <= day and (row.ends_on is None or row.ends_on > day)


def _positions(person, at):
    """Positions held at that instant, the oldest first."""
    # No zone is more than a day away from the date in UTC.
    rows = person.positions_held.filter(starts_on__lte=at.date() + datetime.timedelta(days=1))
    rows = rows.select_related("position", "facility", "company").order_by("starts_on", "id")
    return [row for row in rows if _holds(row, at)]


def as_they_were(person, at):
    """Fields of a training record: positions, facility, employer and company on that day; empty where there is none.

    Of several positions all titles count, and one sensitive position is enough; the facility is that of the position
    taken up last, and its zone says which local date it was.
    """
    held = _positions(person, at)
    newest = held[-1] if held else None
    zone = newest.facility.time_zone if newest else person.time_zone or company_zone()
    employment = (
        person.employments.on(dates.local_date(at, zone))
        .select_related("company", "employer")
        .order_by("-starts_on", "-id")
        .first()
    )
    company = employment.company if employment else newest and newest.company
    return {
        "position": "; ".join(dict.fromkeys(row.position.title for row in held)),
        "position_uuids": list(dict.fromkeys(str(row.position.uuid) for row in held)),
        "sensitive": any(row.position.sensitive for row in held),
        "facility": newest.facility.name if newest else "",
        "facility_uuid": newest.facility.uuid if newest else None,
        "facility_zone": zone,
        "employer": employment.employer.name if employment else "",
        "employment_kind": employment.kind if employment else "",
        "company": company.name if company else "",
        "company_uuid": company.uuid if company else None,
    }
