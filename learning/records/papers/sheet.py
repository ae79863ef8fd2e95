"""The sheet that people sign at a session: what, when, where, by whom, and a row for each who is expected."""

from django.conf import settings
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.people import codes

from .. import typesetting
from ..models.words import Check
from ..sessions import shown
from ..shown import language_name, long_date
from . import logos

# Where printers hold US Letter (Unicode CLDR, supplemental data, paperSize "US-Letter"); all others hold A4.
LETTER = {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
# For who comes without being expected: so many, and more while there is room on the first sheet.
EMPTY_ROWS = 5
FIRST_SHEET = 14


def pdf(session, expected, *, at):
    """The file, as bytes, in the active language.

    `session` comes with its facility; `expected` are `(name, staff number)` in the order of the rows.
    """
    return typesetting.pdf("sheet", _data(session, list(expected), at), at=at)


def _data(session, expected, at):
    began = shown.local(session.happened_at, session.zone)
    company = session.facility.company
    printed = shown.day_and_time(at, session.zone)
    scored = session.check_kind == Check.QUIZ and session.quiz_way == session.Way.PAPER
    return {
        "title": _("Sign-in sheet: %(session)s") % {"session": session.title},
        "language": get_language(),
        "sheet": "us-letter" if session.facility.country.upper() in LETTER else "a4",
        "author": company.name,
        "logo": logos.drawn(company.uuid),
        "notices": [_("Demo, not real evidence")] if settings.DEMO else [],
        "footer": _("Session %(code)s · printed %(when)s") % {"code": codes.spoken(session.code), "when": printed},
        "page": _("Page {page} of {pages}"),
        "kind": _("Sign-in sheet · %(kind)s") % {"kind": session.get_kind_display()},
        "session": session.title,
        "session_language": session.language,
        "facts": _facts(session, began),
        "about": _about(session),
        "statement": _(
            "By signing I confirm that I was there for the whole session, and that name and number are mine."
        ),
        "columns": _columns(scored),
        "heading": _heading(scored),
        "rows": _rows(expected, len(_columns(scored))),
        "instructor_statement": _("I gave this session to the people who signed above. I crossed out the empty rows."),
        "signs": [_("Instructor: %(name)s") % {"name": session.instructor_name}, _("Signature"), _("Date")],
    }


def _facts(session, began):
    return [
        (_("Date"), long_date(began.date())),
        (_("Begins"), f"{time_format(began.time())} {began.tzname()}"),
        (_("Minutes"), str(session.minutes)),
        (_("Facility"), f"{session.facility.name} ({session.facility.code})"),
        (_("Instructor"), session.instructor_name),
        (_("Language"), capfirst(language_name(session.language))),
        (_("Check"), shown.check(session)),
        (_("Criteria"), ", ".join(session.criteria) or _("none named")),
    ]


def _about(session):
    """Topics where they say more than the title, and why nothing is checked."""
    topics = [topic for topic in session.topics if topic != session.title]
    rows = [(_("Topics"), "; ".join(topics)), (_("Why there is no check"), session.no_check_reason)]
    return [row for row in rows if row[1]]


def _columns(scored):
    """Widths as shares; 0 is as narrow as its words."""
    return [0, 4, 2, 4, 1.4, *([1.4] if scored else [])]


def _heading(scored):
    score = [_("Score, %")] if scored else []
    return [_("No."), _("Name in block letters"), _("Staff number"), _("Signature"), _("Time"), *score]


def _rows(expected, width):
    """Those who are expected, then empty rows; each as wide as the heading."""
    rows = [[str(place), name, number] for place, (name, number) in enumerate(expected, 1)]
    for place in range(len(rows) + 1, max(FIRST_SHEET, len(rows) + EMPTY_ROWS) + 1):
        rows.append([str(place), "", ""])
    return [row + [""] * (width - len(row)) for row in rows]
