"""Counting queries as the budgets do: without the statements of transactions."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

TRANSACTION = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT")


def queries(do):
    """The statements that a call runs. Call it once before, so that caches of the process are warm."""
    with CaptureQueriesContext(connection) as captured:
        do()
    return [query["sql"] for query in captured if not query["sql"].startswith(TRANSACTION)]
