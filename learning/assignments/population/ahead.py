"""Making the next while the last is being used."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor

_END = object()


def ahead(items, number=2):
    """The same items, so many of them made before they are asked for, in a thread: they must not need the database."""
    made = iter(items)
    with ThreadPoolExecutor(1) as pool:
        coming = deque(pool.submit(next, made, _END) for _item in range(number))
        while (item := coming.popleft().result()) is not _END:
            coming.append(pool.submit(next, made, _END))
            yield item
