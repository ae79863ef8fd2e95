"""Making the next while the last is being used."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from django.db import connections, transaction

_END = object()


def ahead(items, number=2):
    """What a generator gives, so many items made before they are asked for, in one thread of its own.

    There it has another connection to the database, which it closes itself.
    """
    with ThreadPoolExecutor(1) as pool:
        coming = deque(pool.submit(next, items, _END) for _item in range(number))
        try:
            while (item := coming.popleft().result()) is not _END:
                coming.append(pool.submit(next, items, _END))
                yield item
        finally:
            pool.submit(items.close)


def rows(queryset, *, chunk_size):
    """Rows of a queryset of any length, in order; PostgreSQL finds the next while the last are being used."""
    connection = connections[queryset.db]
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return queryset.iterator(chunk_size=chunk_size)
    return (row for chunk in ahead(_chunks(queryset, chunk_size)) for row in chunk)


def _chunks(queryset, size):
    """In one transaction: outside of any, PostgreSQL writes the whole result down before the first row goes out."""
    try:
        with transaction.atomic(using=queryset.db):
            found = queryset.iterator(chunk_size=size)
            while chunk := list(islice(found, size)):
                yield chunk
    finally:
        connections[queryset.db].close()
