"""How a run stands: pure. Steps open in order; each is done by its own rule."""


def states(steps, done):
    """'done', 'now' (the next to do) or 'locked' for each step; `done` is a set of step keys."""
    rows, reached = [], True
    for step in steps:
        if step["key"] in done:
            rows.append("done")
        else:
            rows.append("now" if reached else "locked")
            reached = False
    return rows


def next_step(steps, done):
    """The first step that is not done, or None."""
    return next((step for step in steps if step["key"] not in done), None)


def active_seconds(seconds, nominal_minutes):
    """What of the time with a step counts: at most three times the nominal, for pages left open."""
    return max(0, min(seconds, 3 * 60 * nominal_minutes))
