"""What a change does to days that are over: pure. Rows are told by `(starts_on, ends_on, facts)`; None is no row."""


def touches(before, after, today):
    """Whether on any day before `today` something else counts after the change than before it."""
    was, now = (_days_over(row, today) for row in (before, after))
    if was is None or now is None:
        return was is not now
    return was != now or before[2] != after[2]


def _days_over(row, today):
    """The part of a row's days that is over: first day, and the first that no longer counts; None for none."""
    if row is None or row[0] >= today:
        return None
    return row[0], today if row[1] is None else min(row[1], today)
