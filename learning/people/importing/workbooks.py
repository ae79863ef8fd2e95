"""XLSX, read from its XML as a stream.

openpyxl takes 8 s and 580 MiB for a sheet whose 1,048,576 rows are empty but for one; here it is 2 s and no memory to
speak of. Document types, and with them entities, are refused; so are parts that would unpack to more than a file of
people needs, whatever the archive's directory says of them.
"""

import datetime
import posixpath
import re
import struct
import zipfile
import zlib
from xml.parsers import expat

from django.utils.translation import gettext as _

from .refused import Refused

MIB = 1024 * 1024
MAX_SHEET = 120 * MIB
MAX_STRINGS = 40 * MIB
MAX_SMALL = 4 * MIB
MAX_DIRECTORY = MIB
MAX_SHARED = 1_500_000
MAX_DEPTH = 40
MAX_TEXT = 32_767
MAX_COLUMN = 1000
MAX_SILENCE = 2 * MIB
PIECE = 64 * 1024
END, END_64 = b"PK\x05\x06", b"PK\x06\x07"
DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
EMPTY = re.compile(rb'<row [^<>]*/>|<c r="[A-Z]{1,3}[0-9]+"(?: s="[0-9]+")?/>')
EMPTY_ROW = re.compile(rb"<row [^<>/]*></row>")
NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def rows(file):
    """`(iterator of (row, cells), sentences on how it was read)`."""
    _check_directory(file)
    try:
        archive = zipfile.ZipFile(file)
        book = _Book(archive)
        said = [] if book.sheets == 1 else [_("Read: the first sheet, “%(name)s”.") % {"name": book.name}]
        return _guarded(book.rows()), said
    except DAMAGE:
        raise _damaged()


DAMAGE = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, LookupError, ValueError, ArithmeticError)
DAMAGE += (RuntimeError, OSError, struct.error)


def _damaged():
    return Refused(_("The workbook is damaged, or not what it says: open it in a spreadsheet and save it again."))


def _guarded(found):
    try:
        yield from found
    except DAMAGE:
        raise _damaged()


def _check_directory(file):
    """A directory of a million entries would fill the memory before the first is looked at."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - 65_557))
    tail = file.read()
    found = tail.rfind(END)
    if found < 0 or len(tail) < found + 22:
        raise _damaged()
    length = struct.unpack("<L", tail[found + 12 : found + 16])[0]
    if length > MAX_DIRECTORY or tail[max(0, found - 20) : found].startswith(END_64):
        raise Refused(_("This archive has far more in it than a workbook of people."))
    file.seek(0)


class _Parser:
    """Feeds a part of the archive to expat; subclasses have `start` and `end`, given names without prefix."""

    def __init__(self):
        self._expat = expat.ParserCreate()
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._text
        self._expat.StartDoctypeDeclHandler = self._refuse
        self._expat.EntityDeclHandler = self._refuse
        self._depth = 0
        # What `thinned` held back.
        self.rest = b""
        self._read = self._fed = self._heard = 0
        # Pieces of the text that is being read, or None where nobody listens.
        self.text = None
        self._length = 0

    def feed(self, archive, name, limit):
        """Parse a part; gives control back after each piece."""
        info = archive.getinfo(name)
        if info.flag_bits & 1:
            raise Refused(_("The workbook has a password: save it without one."))
        if info.file_size > limit:
            raise _too_large(info.file_size)
        with archive.open(info) as part:
            while piece := part.read(PIECE):
                self._read += len(piece)
                if self._read > limit:
                    raise _too_large(self._read)
                piece = self.thinned(piece)
                self._fed += len(piece)
                self._expat.Parse(piece, False)
                if self._fed - self._heard > MAX_SILENCE:
                    raise _damaged()
                yield
        self._expat.Parse(self.rest, True)
        yield

    def parse(self, archive, name, limit):
        for _piece in self.feed(archive, name, limit):
            pass
        return self

    def listen(self):
        self.text, self._length = [], 0

    def heard(self):
        text, self.text = "".join(self.text or ()), None
        return text

    def _start(self, name, attributes):
        self._heard = self._fed
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _damaged()
        self.start(name if ":" not in name else name.rpartition(":")[2], attributes)

    def _end(self, name):
        self._depth -= 1
        self.end(name if ":" not in name else name.rpartition(":")[2])

    def _text(self, text):
        self._heard = self._fed
        if self.text is not None:
            self._length += len(text)
            if self._length > MAX_TEXT:
                raise Refused(
                    _("A cell has more than %(limit)d signs: this is no list of people.") % {"limit": MAX_TEXT}
                )
            self.text.append(text)

    def thinned(self, piece):
        """The piece without what need not be parsed."""
        return piece

    def _refuse(self, *declared):
        raise Refused(_("The workbook declares entities, which no spreadsheet does: it is refused."))

    def start(self, name, attributes):
        pass

    def end(self, name):
        pass


def _too_large(size):
    return Refused(
        _("A part of the workbook unpacks to %(size)d MB, far more than people need: copy the rows into a new one.")
        % {"size": size // MIB}
    )


class _Attributes(_Parser):
    """Elements of one name with their attributes, without the prefixes."""

    def __init__(self, wanted):
        super().__init__()
        self._wanted = wanted
        self.found = []

    def start(self, name, attributes):
        if name in self._wanted:
            self.found.append((name, {key.rpartition(":")[2]: value for key, value in attributes.items()}))


class _Strings(_Parser):
    def __init__(self):
        super().__init__()
        self.strings = []
        self._parts = []
        self._phonetic = False

    def start(self, name, attributes):
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t" and not self._phonetic:
            self.listen()

    def end(self, name):
        if name == "t" and not self._phonetic:
            self._parts.append(self.heard())
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.strings.append("".join(self._parts))
            if len(self.strings) > MAX_SHARED:
                raise Refused(_("This workbook has far more in it than people."))


class _Styles(_Parser):
    """Which cell styles are dates."""

    def __init__(self):
        super().__init__()
        self._codes = {}
        self._within = False
        self.dates = set()
        self._count = 0

    def start(self, name, attributes):
        if name == "numFmt":
            self._codes[attributes.get("numFmtId")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._within = True
        elif name == "xf" and self._within:
            if _is_date(attributes.get("numFmtId", "0"), self._codes):
                self.dates.add(str(self._count))
            self._count += 1

    def end(self, name):
        if name == "cellXfs":
            self._within = False


def _is_date(number, codes):
    if number in codes:
        return any(sign in NOT_FORMAT.sub("", codes[number]).lower() for sign in "dy")
    return number.isdecimal() and int(number) in DATE_FORMATS


class _Sheet(_Parser):
    def __init__(self, strings, dates, epoch):
        super().__init__()
        self._strings, self._dates, self._epoch = strings, dates, epoch
        self._plain = True
        self._columns = {}
        self.rows = []
        self._row, self._cells = 0, []
        self._place, self._type, self._style, self._value = 0, "", "", ""

    def start(self, name, attributes):
        if name == "c":
            where = attributes.get("r", "").rstrip("0123456789")
            self._place = self._column(where) if where else self._place + 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._value = ""
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._cells, self._place = [], -1
        elif name in ("v", "t"):
            self.listen()

    def end(self, name):
        if name == "v":
            self._value = self.heard()
        elif name == "t":
            self._value += self.heard()
        elif name == "c":
            if self._value and self._place < MAX_COLUMN:
                if missing := self._place - len(self._cells):
                    self._cells.extend([""] * missing)
                self._cells.append(self._shown())
        elif name == "row" and self._cells:
            self.rows.append((self._row, self._cells))

    def thinned(self, piece):
        """Without rows and cells that are empty but for their looks: a sheet may have millions of them."""
        piece = self.rest + piece
        self._plain = self._plain and b"<!" not in piece
        if not self._plain:
            # Comments and quoted text, as no spreadsheet writes them: within them, nothing is what it looks like.
            self.rest = b""
            return piece
        end = piece.rfind(b">") + 1
        self.rest = piece[end:]
        if len(self.rest) > MAX_SILENCE:
            raise _damaged()
        return EMPTY_ROW.sub(b"", EMPTY.sub(b"", piece[:end]))

    def _column(self, letters):
        if letters not in self._columns:
            if len(letters) > 3 or not letters.isascii() or not letters.isupper():
                raise _damaged()
            place = 0
            for letter in letters:
                place = place * 26 + ord(letter) - 64
            # Cells stand in order; one that does not is put where the order wants it.
            self._columns[letters] = place - 1
        return max(self._columns[letters], len(self._cells))

    def _shown(self):
        value, kind = self._value, self._type
        if kind == "s":
            place = int(value)
            return self._strings[place] if 0 <= place < len(self._strings) else ""
        if kind in ("str", "inlineStr", "e", "d"):
            return value
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if self._style in self._dates:
            return _date(value, self._epoch)
        return value if value.isdecimal() else _number(value)


def _number(value):
    number = float(value)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return value


def _date(value, epoch):
    """A date counted in days, as ISO 8601; what no calendar has stays a number, and is refused as a date later."""
    serial = int(float(value))
    # The first calendar of spreadsheets has a 29 February 1900.
    days = serial + 1 if epoch.year == 1899 and serial < 60 else serial
    try:
        return (epoch + datetime.timedelta(days=days)).isoformat() if serial > 0 else _number(value)
    except OverflowError:
        return value


class _Book:
    """The first visible sheet of a workbook."""

    def __init__(self, archive):
        self._archive = archive
        self._path = self._related("", "_rels/.rels")["officeDocument"][0][1]
        folder, name = posixpath.split(self._path)
        self._parts = self._related(folder, posixpath.join(folder, "_rels", f"{name}.rels"))
        self._choose()

    def _choose(self):
        found = _Attributes({"sheet", "workbookPr"}).parse(self._archive, self._path, MAX_SMALL).found
        paths = dict(self._parts["worksheet"])
        sheets = [about for name, about in found if name == "sheet" and about.get("id") in paths]
        visible = [about for about in sheets if about.get("state", "visible") == "visible"]
        self.sheets, self.name = len(visible), visible[0].get("name", "")
        self._sheet = paths[visible[0]["id"]]
        old = any(name == "workbookPr" and about.get("date1904") in ("1", "true") for name, about in found)
        self._epoch = datetime.date(1904, 1, 1) if old else datetime.date(1899, 12, 30)

    def _related(self, folder, name):
        """`{kind: [(id, path), …]}` of what a part refers to."""
        related = {}
        for _name, about in _Attributes({"Relationship"}).parse(self._archive, name, MAX_SMALL).found:
            target = about.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            related.setdefault(about.get("Type", "").rpartition("/")[2], []).append((about.get("Id"), path))
        return related

    def rows(self):
        strings, styles = _Strings(), _Styles()
        for kind, parser, limit in (("sharedStrings", strings, MAX_STRINGS), ("styles", styles, MAX_SMALL)):
            for _id, path in self._parts.get(kind, [])[:1]:
                parser.parse(self._archive, path, limit)
        sheet = _Sheet(strings.strings, styles.dates, self._epoch)
        for _piece in sheet.feed(self._archive, self._sheet, MAX_SHEET):
            yield from sheet.rows
            sheet.rows.clear()
