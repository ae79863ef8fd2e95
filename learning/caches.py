"""The cache of a single host, in files."""

from pathlib import Path

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks


class FileCache(FileBasedCache):
    """Django's, but of many who add a key at the same moment only one does: the counts of failed sign-ins lock by it.

    Django's own looks first and then writes.
    """

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._createdir()
        with (Path(self._dir) / "add.lock").open("wb") as lock:
            locks.lock(lock, locks.LOCK_EX)
            return super().add(key, value, timeout, version)
