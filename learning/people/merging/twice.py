"""What two accounts of one person say twice: pure. Rows have `starts_on`, `ends_on` (half-open, None for no end)."""

import datetime
from dataclasses import dataclass, field

FACTS = {"Employment": ("employer_id",), "PositionHeld": ("position_id", "facility_id"), "LeavePeriod": ()}


@dataclass
class Joined:
    # Rows that another row speaks for.
    gone: list = field(default_factory=list)
    # `(row, (starts_on, ends_on))`: rows that now speak for more days.
    grown: list = field(default_factory=list)


def joined(mine, theirs, facts):
    """Which rows go and which grow when the rows of both accounts that agree in `facts` and overlap become one."""
    result = Joined()
    groups = {}
    for row in [*mine, *theirs]:
        groups.setdefault(tuple(getattr(row, name) for name in facts), []).append(row)
    for rows in groups.values():
        _join(rows, set(map(id, mine)), result)
    return result


def _join(rows, mine, result):
    """Stretches of rows that overlap each other: of each, one row stays, of the kept account if it can."""
    stretch, end = [], None
    for row in [*sorted(rows, key=lambda row: row.starts_on), None]:
        if row and stretch and row.starts_on < end:
            stretch.append(row)
            end = max(end, row.ends_on or datetime.date.max)
            continue
        if len(stretch) > 1:
            stays = min(stretch, key=lambda one: (id(one) not in mine, one.starts_on))
            days = min(one.starts_on for one in stretch), None if end == datetime.date.max else end
            result.gone += [one for one in stretch if one is not stays]
            if days != (stays.starts_on, stays.ends_on):
                result.grown.append((stays, days))
        if row:
            stretch, end = [row], row.ends_on or datetime.date.max
