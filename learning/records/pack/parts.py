"""Parts of a section of the report, as `papers/evidence.typ` sets them: plain data, all of it text."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

# A longer table nobody reads; the files beside the report hold everything.
MOST = 200


def text(words):
    return {"kind": "text", "text": words}


def quiet(words):
    return {"kind": "quiet", "text": words}


def code(words):
    """What is typed as it stands."""
    return {"kind": "code", "text": words}


def facts(rows):
    """`[(label, value), …]`; what has no value is left out."""
    return {
        "kind": "facts",
        "rows": [(capfirst(label), str(value)) for label, value in rows if value not in (None, "")],
    }


def _together(words):
    """A sign of percent stays with its number."""
    return words.replace(" %", "\N{NO-BREAK SPACE}%")


def table(columns, rows, *, total=None, file=""):
    """Parts: a table and, where it is cut, how much more there is. `columns` is `[(share of width, heading), …]`."""
    rows = [["" if cell is None else _together(str(cell)) for cell in row] for row in rows]
    shares, heading = zip(*columns, strict=True)
    parts = [{"kind": "table", "columns": shares, "heading": heading, "rows": rows}] if rows else []
    if total is not None and total > len(rows):
        facts = {"shown": len(rows), "total": total, "file": file}
        parts.append(quiet(_("The first %(shown)d of %(total)d; all of them are in %(file)s.") % facts))
    return parts
