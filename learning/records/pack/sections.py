"""What stands in a pack beside the records: a short text on how to check it, and the reports.

A report is put together from named sections, in this order; a room fills those that it knows about through the slot
`evidence_section` (`content/slots.py`), and a section that nobody fills is left out. There is one report of all, and
one for each criterion, which can be uploaded alone.
"""

from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from content.slots import fill
from learning.people import sheets

from .. import typesetting
from ..shown import long_date
from . import parts

ORDER = ("programme", "duties", "roster", "gaps", "quizzes", "sessions", "refreshers", "content", "check")
WHOLE = "report.pdf"
# Setting one takes as long as asking the database for the next, and does not hold up Python.
THREADS = 2


def of_criterion(criterion):
    """The name of the report about one criterion."""
    return f"report-{criterion}.pdf"


def write(folder, selection, rows, each=None):
    """README.txt, the reports, and the tables and files that sections bring.

    `each` is called with how many reports are written, and of how many.
    """
    (folder / "README.txt").write_text(_readme(selection, rows), encoding="utf-8")
    filled = _filled(selection)
    for section in filled:
        if "table" in section:
            name, columns, lines = section["table"]
            sheets.write_csv(columns, lines, folder / name)
        for name, content in section.get("files", ()):
            (folder / name).write_bytes(content)
    total, jobs = 1 + sum(map(len, selection.alike)), []
    with ThreadPoolExecutor(THREADS) as pool:
        for name, data in _reports(selection, rows, filled):
            jobs.append(pool.submit(_set, folder / name, data, selection.at))
            if each:
                each(sum(job.done() for job in jobs), total)
        for written, job in enumerate(jobs, 1):
            job.result()
            if each:
                each(written, total)


def _reports(selection, rows, filled):
    """`(name of the file, data of the paper)` of the report of all and of one for each criterion."""
    yield WHOLE, _report(selection, rows, filled)
    for criteria in selection.alike:
        # Nothing in a section names the criterion, so those of one are those of all of them.
        part = selection.about(criteria[0])
        rows, filled = part.chosen().count(), _filled(part)
        for criterion in criteria:
            yield of_criterion(criterion), _report(selection.about(criterion), rows, filled)


def _set(path, data, at):
    path.write_bytes(typesetting.pdf("evidence", data, at=at))


def _filled(selection):
    return [section for name in ORDER for section in fill("evidence_section", section=name, selection=selection)]


def _readme(selection, rows):
    facts = {
        "title": selection.title,
        "period": selection.period,
        "company": selection.companies,
        "day": selection.today.isoformat(),
        "rows": rows,
    }
    lines = [
        _("EVIDENCE PACK: %(title)s, %(period)s"),
        _("Issued by %(company)s on %(day)s; %(rows)d training records."),
        _("report.pdf    read this first: who must be trained and why, who was, what is missing and why."),
        _("report-6.1.pdf    and the like: the same for one criterion, to be uploaded alone."),
        _("records.csv, records.xlsx    the records, one a row, the same in both; a status is as of %(day)s."),
        _("roster.csv, sessions.csv, sheet-….jpg    who owes what; who was at which session; the sheets they signed."),
        _("entries.jsonl, ledger.json, checkpoint.txt    their entries in the signed ledger, with proofs (RFC 9162)."),
        _("public-key.txt    the key that signs; compare it with the one that the company gave you before."),
        _("pack.json    the list of files; the ledger itself states its hash."),
        _("verify.py    checks all of it without a network: pip install cryptography, then"),
        _("    python verify.py PACK.zip        or with an older pack: python verify.py PACK.zip --also OLDER.zip"),
        _(
            "A pack shows that what it holds is true and unchanged. It cannot show that nobody was left out of the "
            "choice."
        ),
    ]
    return "".join(f"{line % facts}\n" for line in lines)


def _report(selection, rows, filled):
    """What the paper says."""
    day = long_date(selection.today)
    return {
        "title": _("Evidence of security training"),
        "subtitle": f"{selection.title}, {selection.period}",
        "lead": selection.asks,
        "language": get_language(),
        "author": selection.companies,
        "footer": f"{selection.companies} · {selection.title} · {day}",
        "page": _("Page {page} of {pages}"),
        "notices": [_("Demo, not real evidence")] if settings.DEMO else [],
        "facts": parts.facts(
            [
                (_("Issued by"), selection.companies),
                (_("As of"), day),
                (pgettext("of an evidence pack", "About"), selection.title),
                (_("Training records"), rows),
            ]
        )["rows"],
        "sections": [{"heading": section["heading"], "parts": section["parts"]} for section in filled],
    }
