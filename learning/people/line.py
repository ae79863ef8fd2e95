"""The managers' line: who works under whom, at any depth, in one query on PostgreSQL and SQLite."""

from django.db.models.expressions import RawSQL

# UNION, not UNION ALL: even a cycle that came in by the back door ends.
BELOW = """
WITH RECURSIVE line(id) AS (
    SELECT id FROM people_person WHERE id = %s
    UNION
    SELECT employment.person_id
    FROM people_employment AS employment
    JOIN line ON employment.manager_id = line.id
    WHERE employment.starts_on <= %s AND (employment.ends_on IS NULL OR employment.ends_on > %s)
)
SELECT id FROM line WHERE id <> %s
"""


def below(manager_id, on):
    """Ids of everybody under that manager on a local date, as a subquery; the manager is not among them."""
    return RawSQL(BELOW, [manager_id, on, on, manager_id])
