"""What one cell says: pure. Each function gives the value, or raises Wrong with words for people."""

import datetime
import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ..models import DateFormat, Employment, Person, Position
from ..names import folded

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
ORDERED = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
SHORT_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}")
SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+\d+")
BROKEN = {"#N/A", "#REF", "#VALUE", "#NAME", "#DIV/0", "#NUM", "#NULL"}
YEARS = range(1900, 2200)
LENGTHS = {
    name: Person._meta.get_field(name).max_length
    for name in ("number", "first_name", "last_name", "email", "phone", "badge")
} | {"position": Position._meta.get_field("title").max_length}
LANGUAGES = {
    words: code
    for code, name in settings.LANGUAGES
    for words in (code, folded(name), {"es": "spanish"}.get(code, code))
} | {"ingles": "en"}
KINDS = {folded(words): str(kind) for kind in Employment.Kind for words in (kind.value, kind.name)} | {
    "temp": "temporary",
    "agency": "temporary",
    "permanent": "employee",
    "empleado": "employee",
    "temporal": "temporary",
    "contratista": "contractor",
    "socio": "partner",
}


class Wrong(Exception):
    """A cell that cannot be read; the words say why."""


class AskFormat(Exception):
    """A date that is not ISO 8601, and nobody has said whether the day or the month comes first."""


def clean(text):
    """One form for what looks the same: composed signs, single spaces, none around."""
    if text.isascii():
        return " ".join(text.split()) if text else text
    return " ".join(unicodedata.normalize("NFC", text).replace("\ufeff", "").replace("\u200b", "").split())


def words(column, text):
    if text.startswith("#") and text.rstrip("!?") in BROKEN:
        raise Wrong(_("%(text)s is a mistake in the spreadsheet") % {"text": text})
    if not text.isprintable():
        for sign in text:
            if unicodedata.category(sign) == "Cc":
                raise Wrong(_("has a control character (U+%(code)04X) in it") % {"code": ord(sign)})
    limit = LENGTHS.get(column, 200)
    if len(text) > limit:
        raise Wrong(_("is longer than %(limit)d signs") % {"limit": limit})
    return text


def number(column, text):
    if SCIENTIFIC.fullmatch(text):
        raise Wrong(
            _("%(text)s is how a spreadsheet shortens a long number: format the column as text") % {"text": text}
        )
    return words(column, text)


def email(column, text):
    text = words(column, text).lower()
    if text:
        try:
            validate_email(text)
        except ValidationError:
            raise Wrong(_("%(text)s is not an email address") % {"text": text})
    return text


def language(column, text):
    if not text:
        return ""
    try:
        return LANGUAGES[folded(text)]
    except KeyError:
        codes = ", ".join(code for code, _name in settings.LANGUAGES)
        raise Wrong(_("%(text)s is not a language here: %(codes)s") % {"text": text, "codes": codes})


def kind(column, text):
    if not text:
        return ""
    try:
        return KINDS[folded(text)]
    except KeyError:
        known = ", ".join(Employment.Kind.values)
        raise Wrong(_("%(text)s is not a kind of employment: %(known)s") % {"text": text, "known": known})


def day(column, text, date_format):
    """A date, or None for an empty cell. `date_format` is a DateFormat, or empty when nobody has said."""
    if not text:
        return None
    if match := ISO.fullmatch(text) or COMPACT.fullmatch(text):
        year, month, date = map(int, match.groups())
    elif match := ORDERED.fullmatch(text):
        if not date_format:
            raise AskFormat(text)
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        date, month = (first, second) if date_format == DateFormat.DAY_FIRST else (second, first)
    elif SHORT_YEAR.fullmatch(text):
        raise Wrong(_("%(text)s: write the year with four digits") % {"text": text})
    else:
        raise Wrong(_("%(text)s is not a date; write one like 2026-04-03") % {"text": text})
    try:
        found = datetime.date(year, month, date)
    except ValueError:
        raise Wrong(_("there is no day %(text)s") % {"text": text} + _order(match, date_format))
    if found.year not in YEARS:
        raise Wrong(_("%(text)s cannot be: the year") % {"text": text})
    return found


def _order(match, date_format):
    if match.re is not ORDERED:
        return ""
    return _(" with the day first") if date_format == DateFormat.DAY_FIRST else _(" with the month first")


PARSERS = {"number": number, "manager_number": number, "email": email, "language": language, "kind": kind}


def parsed(column, text):
    """The value of a cell that is not a date."""
    return PARSERS.get(column, words)(column, text)
