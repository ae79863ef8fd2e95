"""Tells by its content what a file is, and reads the questions in it."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from . import gift, moodle, template
from .refused import Refused
from .template import tables

MAX_BYTES = 20 * 1024 * 1024
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
GIFT, XML, CSV, XLSX = "GIFT", "Moodle XML", "CSV", "XLSX"


def read(data, name, language):
    """`(format, Read)` of the bytes of a file with that name; `language` is for what says none. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused(
            _("The file has %(size)s; a file of questions has at most %(limit)s.")
            % {"size": filesizeformat(len(data)), "limit": filesizeformat(MAX_BYTES)}
        )
    form = format_of(data, name)
    read = _read(form, data)
    if not read.found:
        raise Refused(_("There is no question in the file."))
    for question in read.found:
        question.language = question.language or language
    return form, read


def format_of(data, name):
    """GIFT, XML, CSV or XLSX. Raises Refused."""
    suffix = name.lower().rpartition(".")[2]
    start = data[:400].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    if not start:
        raise Refused(_("The file is empty."))
    if data.startswith(OLD_OFFICE):
        raise Refused(_("This is an old Excel file, or one with a password: save it as XLSX without a password."))
    if data.startswith(ZIP):
        if suffix != "xlsx":
            raise Refused(_("This is an archive or a workbook. Unpack it, or save it as .xlsx with our columns."))
        return XLSX
    if suffix == "xlsx":
        raise Refused(_("%(name)s is not a workbook, whatever its name says.") % {"name": name})
    if start.startswith((b"<?xml", b"<quiz")) or suffix == "xml":
        return XML
    if suffix in ("csv", "tsv"):
        return CSV
    if suffix in ("txt", "gift"):
        return GIFT
    raise Refused(_("%(name)s: questions come as GIFT (.txt, .gift), Moodle XML, CSV or XLSX.") % {"name": name})


def _read(form, data):
    if form == XML:
        return moodle.read(data)
    if form == GIFT:
        return gift.read(tables.decoded(data))
    return template.read(tables.csv_rows(data) if form == CSV else tables.xlsx_rows(data))
