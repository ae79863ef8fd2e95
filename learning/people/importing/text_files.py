"""CSV of any delimiter, in UTF-8, UTF-16 or Windows-1252."""

import codecs
import csv
import io
from itertools import chain

from django.utils.translation import gettext as _

from .. import sheets
from . import columns
from .refused import Refused

# Many times what a row of people needs; without end, one line could fill the memory.
MAX_LINE = 64 * 1024
MAX_LINES = 1_200_000
PIECE = 64 * 1024
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
# Signs that stand in headings and separate nothing.
WITHIN = set(" \"'_-.()#\r\n")


def rows(file):
    """`(iterator of (row, cells), sentences on how it was read)`."""
    encoding = _encoding(file)
    file.seek(0)
    lines = _lines(io.TextIOWrapper(_Open(file), encoding=encoding, newline=""))
    first, delimiter, skipped = _begin(lines)
    said = _("Read as %(encoding)s with “%(delimiter)s” between the columns.") % {
        "encoding": NAMES.get(encoding, encoding.upper()),
        "delimiter": "TAB" if delimiter == "\t" else delimiter,
    }
    return _records(csv.reader(chain(first, lines), delimiter=delimiter, strict=True), skipped), [said]


class _Open(io.BufferedReader):
    """The file as it is read here; that one comes to an end does not close what the caller opened."""

    def __init__(self, file):
        super().__init__(file if isinstance(file, io.RawIOBase) else _Raw(file))

    def close(self):
        pass


class _Raw(io.RawIOBase):
    """Any binary file, also one that Django made of an upload."""

    def __init__(self, file):
        self._file = file

    def readable(self):
        return True

    def readinto(self, buffer):
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _encoding(file):
    file.seek(0)
    start = file.read(4096)
    for bom, encoding in BOMS:
        if start.startswith(bom):
            return _decodable(file, encoding) or _refuse_encoding(encoding)
    zeros = (start[0::2].count(0), start[1::2].count(0))
    if any(zeros):
        # Western text in UTF-16 without its mark has a zero in every other byte.
        little, big = zeros[1] * 4 > len(start) and not zeros[0], zeros[0] * 4 > len(start) and not zeros[1]
        if little or big:
            encoding = "utf-16-le" if little else "utf-16-be"
            return _decodable(file, encoding) or _refuse_encoding(encoding)
        raise Refused(_("There are NUL bytes in the file: it is not text."))
    return _decodable(file, "utf-8") or _decodable(file, "cp1252") or _refuse_encoding("Windows-1252")


def _refuse_encoding(encoding):
    raise Refused(
        _("The file cannot be read as %(encoding)s: it is damaged, or in another encoding. Save it as CSV UTF-8.")
        % {"encoding": NAMES.get(encoding, encoding)}
    )


def _decodable(file, encoding):
    """The encoding if the whole file is in it, else None. NUL is refused in any."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(PIECE):
            if "\0" in decoder.decode(piece):
                raise Refused(_("There are NUL bytes in the file: it is not text."))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return encoding


def _lines(text):
    for number in range(1, MAX_LINES + 1):
        line = text.readline(MAX_LINE)
        if not line:
            return
        if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
            raise Refused(
                _("Line %(number)d is longer than %(limit)d signs: this is no list of people.")
                % {"number": number, "limit": MAX_LINE}
            )
        yield line
    raise Refused(_("The file has more than %(limit)d lines.") % {"limit": MAX_LINES})


def _begin(lines):
    """`(lines of the heading, delimiter, number of lines before it)`; Excel may name the delimiter in a first line."""
    for skipped, line in enumerate(lines):
        if line.lower().startswith("sep=") and len(line.strip()) == 5:
            return [], line[4], skipped + 1
        if line.strip():
            while line.count('"') % 2 and len(line) < MAX_LINE:
                line += next(lines, '"')
            return [line], _delimiter(line), skipped
    raise Refused(_("The file is empty."))


def _delimiter(heading):
    """The sign that cuts the heading into the most columns that we know, then into the most columns."""

    def gain(sign):
        try:
            cells = next(csv.reader([heading], delimiter=sign))
        except csv.Error:
            return 0, 0
        return len(columns.suggested([" ".join(cell.split()) for cell in cells])), len(cells)

    signs = dict.fromkeys(sign for sign in heading if not sign.isalnum() and sign not in WITHIN)
    if not signs:
        raise Refused(_("The first line is not a heading with several columns: number, first_name, last_name …"))
    return max(signs, key=gain)


def _records(reader, skipped):
    number = skipped
    try:
        for number, cells in enumerate(reader, start=skipped + 1):
            yield number, [sheets.exact(cell) for cell in cells]
    except csv.Error:
        raise Refused(
            _("Row %(number)d: a quotation mark is opened and not closed, or the other way round.")
            % {"number": number + 1}
        )
