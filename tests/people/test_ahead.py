"""Making the next while the last is being used, and rows of a queryset that way."""

import threading

import pytest
from django.db import connection, transaction

from learning.people.ahead import ahead, rows
from learning.people.models import Position

TITLES = [f"Driver {number}" for number in range(7)]


def numbers(seen, last=9):
    try:
        for number in range(last + 1):
            seen.append(threading.get_ident())
            yield number
    finally:
        seen.append("closed")


def test_items_come_in_their_order_out_of_one_other_thread():
    seen = []
    assert list(ahead(numbers(seen))) == list(range(10))
    assert len({*seen}) == 2 and threading.get_ident() not in seen


def test_so_many_are_made_before_they_are_asked_for():
    seen = []
    items = ahead(numbers(seen), 3)
    assert next(items) == 0
    items.close()
    # Three, and one in the place of the first.
    assert len(seen) == 5 and seen[-1] == "closed"


def test_a_fault_reaches_who_asks():
    def broken():
        yield 1
        raise ValueError("no more")

    items = ahead(broken())
    assert next(items) == 1
    with pytest.raises(ValueError, match="no more"):
        next(items)


@pytest.fixture
def titles(committed_database):
    Position.objects.bulk_create(Position(title=title) for title in TITLES)
    return Position.objects.order_by("title").values_list("title", flat=True)


def test_rows_of_many_chunks(titles):
    assert list(rows(titles, chunk_size=3)) == TITLES


def test_the_connection_serves_others_while_rows_are_read(titles):
    found = rows(titles, chunk_size=2)
    read = [next(found)]
    Position.objects.filter(title="Driver 5").update(title="Clerk")
    # What began before the change does not know of it where the database can tell.
    assert connection.vendor == "sqlite" or read + list(found) == TITLES


def test_what_a_transaction_wrote_is_among_its_rows(titles):
    with transaction.atomic():
        Position.objects.create(title="Driver 9")
        assert list(rows(titles, chunk_size=3)) == [*TITLES, "Driver 9"]


def test_nothing_is_left_open_by_who_stops_early(titles):
    found = rows(titles, chunk_size=1)
    assert next(found) == TITLES[0]
    del found
    assert _others() == 0


def _others():
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND state LIKE 'idle in transaction%'"
        )
        return cursor.fetchone()[0]
