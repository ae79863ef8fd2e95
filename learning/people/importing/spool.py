"""Rows of a file, put aside on disk and taken up again person by person, so that memory does not grow with the file."""

import marshal
import struct
import tempfile
from array import array

LENGTH = struct.Struct("<L")


class Spool:
    def __init__(self):
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the spool)
        self._places = array("q")
        # By person, in the order of the file: numbers of rows here.
        self._rows = {}
        self._end = 0

    def __contains__(self, key):
        return key in self._rows

    def __len__(self):
        return len(self._rows)

    def close(self):
        self._file.close()

    def add(self, key, values):
        record = marshal.dumps(values)
        self._file.write(LENGTH.pack(len(record)))
        self._file.write(record)
        at = len(self._places)
        self._places.append(self._end)
        self._end += LENGTH.size + len(record)
        rows = self._rows.get(key)
        if rows is None:
            self._rows[key] = at
        elif isinstance(rows, int):
            self._rows[key] = [rows, at]
        else:
            rows.append(at)

    def people(self, size):
        """`[(key, [values, …]), …]` of so many people at a time."""
        batch = []
        for key, rows in self._rows.items():
            batch.append((key, [self._read(row) for row in ([rows] if isinstance(rows, int) else rows)]))
            if len(batch) == size:
                yield batch
                batch = []
        if batch:
            yield batch

    def _read(self, row):
        self._file.seek(self._places[row])
        return marshal.loads(self._file.read(LENGTH.unpack(self._file.read(LENGTH.size))[0]))
