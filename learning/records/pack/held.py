"""The section of the report about training sessions: what was held, who was there, and the sheets that they signed.

A sheet shows everybody who signed it. It goes along where all of them are in the pack; of others stands its hash.
`sessions.csv` says everybody's number, so that an erasure finds the packs that hold a name (`erasing/packs.py`).
"""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..models import Attendance, ErasureRequest, SessionFile, TrainingSession
from ..models.words import Check
from ..sessions import shown
from ..shown import short_date
from . import parts

COLUMNS = ("session", "date", "title", "kind", "facility", "instructor", "check")
COLUMNS += ("number", "name", "present", "accounted", "record")
# A pack has room for so many pictures beside its reports.
MOST_SHEETS = 100


def sessions(selection):
    """None where no record of the scope comes from a session."""
    held = _held(selection)
    total = held.count()
    if not total:
        return None
    rows = list(held.select_related("facility")[: parts.MOST])
    sheets = _sheets(rows)
    along = [one for row in rows if not row.others for one in sheets.get(row.pk, ())][:MOST_SHEETS]
    columns = [
        (1.9, _("Date")),
        (3.1, _("Session")),
        (3, _("Where and by whom")),
        (2.2, _("Check")),
        (1.6, _("There")),
        (3, _("Signed sheet")),
    ]
    erased = ErasureRequest.objects.approved().filter(sessions__in=[row.pk for row in rows])
    erased = set(erased.values_list("sessions", flat=True))
    table = [_row(row, sheets.get(row.pk, ()), along, row.pk in erased) for row in rows]
    words = _(
        "Classroom lessons and toolbox talks. A session is closed only when everybody who was marked present is "
        "accounted for by a check-in, a signature or the signed sheet; who it was stands in sessions.csv."
    )
    return {
        "heading": _("Sessions and their sheets"),
        "parts": [parts.text(words), *parts.table(columns, table, total=total, file="sessions.csv")],
        "table": ("sessions.csv", COLUMNS, _attendances(held, selection)),
        "files": ((_name(one), bytes(SessionFile.objects.get(pk=one.pk).content)) for one in along),
    }


def _held(selection):
    """Closed sessions from which a record of the scope comes; `others` counts those on the roster who are outside."""
    theirs = Attendance.objects.filter(session=OuterRef("pk"), record__in=selection.chosen().order_by().values("pk"))
    outside = Q(attendances__isnull=False) & ~Q(attendances__person__in=selection.people().order_by().values("pk"))
    held = TrainingSession.objects.filter(Exists(theirs), closed_at__isnull=False).with_counts()
    return held.annotate(others=Count("attendances", filter=outside))


def _sheets(rows):
    """`{session: [SessionFile, …]}` without the pictures."""
    found = {}
    files = SessionFile.objects.filter(session__in=[row.pk for row in rows], kind=SessionFile.Kind.SHEET).described()
    for file in files.order_by("pk"):
        found.setdefault(file.session_id, []).append(file)
    return found


def _name(sheet):
    return f"sheet-{str(sheet.uuid)[:8]}.{sheet.extension}"


def _row(row, sheets, along, erased):
    said = [f"{_name(one)}\n{one.sha256[:16]}…" if one in along else f"SHA-256 {one.sha256[:16]}…" for one in sheets]
    if erased:
        said.append(_("erased on lawful request; the ledger keeps its hash"))
    check = shown.check(row)
    return (
        short_date(shown.began_on(row)),
        f"{row.title}\n{capfirst(row.get_kind_display())}",
        f"{row.facility.name}\n{row.instructor_name}",
        f"{check}: {row.no_check_reason}" if row.check_kind == Check.NONE else check,
        _("%(present)d of %(expected)d") % {"present": row.present, "expected": row.expected},
        "\n".join(said) or _("none: each checked in or was signed for"),
    )


def _attendances(held, selection):
    """Rows of `COLUMNS`: everybody on the rosters who is in the scope."""
    rows = Attendance.objects.filter(session__in=held.order_by().values("pk"), person__in=selection.people())
    rows = rows.select_related("session__facility", "person", "record__subject")
    for row in rows.order_by("-session__happened_at", "-session", "pk").iterator(chunk_size=1000):
        session = row.session
        yield [
            str(session.uuid),
            shown.began_on(session).isoformat(),
            session.title,
            session.kind,
            session.facility.name,
            session.instructor_name,
            session.check_kind,
            row.record.number if row.record else row.person.number,
            row.record.name if row.record else row.person.get_full_name(),
            "yes" if row.present else "no",
            row.attested,
            str(row.record.uuid) if row.record else "",
        ]
