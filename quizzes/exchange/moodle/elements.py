"""Reading pieces of a question: text in several formats, numbers, files."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from ..texts import take

FORMATS = {"html": "html", "markdown": "markdown", "plain_text": "plain", "moodle_auto_format": "moodle"}
# As old files say it.
FORMATS |= {"1": "html", "2": "plain", "0": "moodle", "4": "markdown"}


def words(element):
    """The text in an element, or in the <text> in it; "" without one."""
    if element is None:
        return ""
    inner = element.find("text")
    return "".join((element if inner is None else inner).itertext()).strip()


def said(question, element, usual="html"):
    """The same as plain text; the question notes what was lost, and files that nothing shows."""
    if element is None:
        return ""
    text = words(element)
    for file in element.iterfind("file"):
        if f"/{file.get('name', '')}" not in text:
            question.note(_("The file “%(name)s” is not carried.") % {"name": file.get("name", "?")})
    return take(question, text, FORMATS.get(element.get("format", ""), usual))


def decimal(element, usual=0):
    text = words(element)
    try:
        found = Decimal(text)
    except InvalidOperation:
        return Decimal(usual)
    return found if found.is_finite() else Decimal(usual)


def is_true(element, usual=False):
    text = words(element).lower()
    return text in ("1", "true") if text else usual
