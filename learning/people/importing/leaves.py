"""When one person is away: what the file says against what we hold. Pure."""

from .said import DAY


def compare(now, said, terms, difference):
    if "leave_from" not in terms.columns:
        return
    standing = list(now.leaves) if now else []
    for begins, until in said.leaves.items():
        ends_on = until and until + DAY
        rows = [row for row in standing if row.starts_on == begins]
        if not rows:
            difference.begin("leave", starts_on=begins, ends_on=ends_on)
            difference.tell("leave_from", "", begins)
            if until:
                difference.tell("leave_until", "", until)
        elif "leave_until" in terms.columns and all(row.ends_on != ends_on for row in rows):
            difference.tell("leave_until", rows[-1].ends_on and rows[-1].ends_on - DAY, until)
            difference.alter("leave", rows[-1], ends_on=ends_on)
    for row in standing:
        # Away without end, and listed without a leave: back again.
        if row.ends_on is None and row.starts_on not in said.leaves and row.starts_on < terms.today:
            difference.tell("leave_until", "", terms.today - DAY)
            difference.alter("leave", row, ends_on=terms.today)
