"""The managers' line: who works under whom, at any depth, in one query on PostgreSQL and SQLite."""

import datetime

from django.db import connection
from django.db.models.expressions import RawSQL

# UNION, not UNION ALL: even a cycle that came in by the back door ends.
BELOW = """
WITH RECURSIVE line(id) AS (
    SELECT id FROM people_person WHERE id = %s
    UNION
    SELECT employment.person_id
    FROM people_employment AS employment
    JOIN line ON employment.manager_id = line.id
    WHERE employment.superseded_at IS NULL
      AND employment.starts_on <= %s AND (employment.ends_on IS NULL OR employment.ends_on > %s)
)
SELECT id FROM line WHERE id <> %s
"""

# From a manager upwards, each step with the days on which all steps so far hold together.
ABOVE = """
WITH RECURSIVE climb(id, starts_on, ends_on) AS (
    SELECT id, %s, %s FROM people_person WHERE id = %s
    UNION
    SELECT
        employment.manager_id,
        CASE WHEN employment.starts_on > climb.starts_on THEN employment.starts_on ELSE climb.starts_on END,
        CASE WHEN employment.ends_on < climb.ends_on THEN employment.ends_on ELSE climb.ends_on END
    FROM people_employment AS employment
    JOIN climb ON employment.person_id = climb.id
    WHERE employment.superseded_at IS NULL AND employment.manager_id IS NOT NULL
      AND employment.starts_on < climb.ends_on
      AND (employment.ends_on IS NULL OR employment.ends_on > climb.starts_on)
)
SELECT EXISTS (SELECT 1 FROM climb WHERE id = %s)
"""


def below(manager_id, on):
    """Ids of everybody under that manager on a local date, as a subquery; the manager is not among them."""
    return RawSQL(BELOW, [manager_id, on, on, manager_id])


def is_above(person_id, manager_id, starts_on, ends_on=None):
    """Whether the person is in the line above that manager (or is that manager) on any day of the interval."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [starts_on, ends_on or datetime.date.max, manager_id, person_id])
        return bool(cursor.fetchone()[0])


def first_cycle(managers):
    """Of `{person: manager}`, everybody's at once, people who are above themselves, from one to the next; or None."""
    seen = set()
    for person in managers:
        path = {}
        while person is not None and person not in seen:
            if person in path:
                return list(path)[path[person] :]
            path[person] = len(path)
            person = managers.get(person)
        seen.update(path)
    return None
