"""What stands in a pack beside the records: a short text on how to check it, and the report.

The report is put together from named sections, in this order; a room fills those that it knows about through the slot
`evidence_section` (`content/slots.py`), and a section that nobody fills is left out.
"""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.slots import fill
from learning.people import sheets

from .. import typesetting
from . import parts

ORDER = ("programme", "duties", "roster", "gaps", "quizzes", "sessions", "refreshers", "content", "check")

README = """\
EVIDENCE PACK: {title}, {period}
Issued by {company} on {day}; {rows} training records.
report.pdf    read this first: who must be trained and why, who was, what is missing and why.
records.csv, records.xlsx    the records, one a row, the same in both; a status is as of {day}.
entries.jsonl, ledger.json, checkpoint.txt    their entries in the signed ledger, with proofs (RFC 9162).
public-key.txt    the key that signs; compare it with the one that the company gave you before.
pack.json    the list of files; the ledger itself states its hash.
verify.py    checks all of it without a network: pip install cryptography, then
    python verify.py PACK.zip        or with an older pack: python verify.py PACK.zip --also OLDER.zip
A pack shows that what it holds is true and unchanged. It cannot show that nobody was left out of the choice.
"""


def write(folder, selection, rows):
    """README.txt, report.pdf, and the tables that sections bring."""
    facts = {
        "title": selection.title,
        "period": selection.period,
        "company": selection.companies,
        "day": selection.today.isoformat(),
        "rows": rows,
    }
    (folder / "README.txt").write_text(README.format(**facts), encoding="utf-8")
    filled = [section for name in ORDER for section in fill("evidence_section", section=name, selection=selection)]
    for section in filled:
        if "table" in section:
            name, columns, lines = section["table"]
            sheets.write_csv(columns, lines, folder / name)
    (folder / "report.pdf").write_bytes(typesetting.pdf("evidence", _report(selection, rows, filled), at=selection.at))


def _report(selection, rows, filled):
    day = selection.today.isoformat()
    return {
        "title": _("Evidence of security training"),
        "subtitle": f"{selection.title}, {selection.period}",
        "language": get_language(),
        "author": selection.companies,
        "footer": f"{selection.companies} · {selection.title} · {day}",
        "page": _("Page {page} of {pages}"),
        "notices": [_("Demo, not real evidence")] if settings.DEMO else [],
        "facts": parts.facts(
            [
                (_("Issued by"), selection.companies),
                (_("As of"), day),
                (_("About"), selection.title),
                (_("Training records"), rows),
            ]
        )["rows"],
        "sections": [{"heading": section["heading"], "parts": section["parts"]} for section in filled],
    }
