import datetime
import shutil
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.people.models import Company, Facility
from learning.records.pack import actions, scope

PROGRESS_EVERY = 10_000
REPORTS_EVERY = 25


class Command(BaseCommand):
    help = (
        "Issue an evidence pack: a ZIP with the report, the records as CSV and XLSX, their entries in the ledger with "
        "proofs, and verify.py, which checks all of it without a network. It is kept and stands in the ledger."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--all", action="store_true", help="the whole program")
        what.add_argument("--company", metavar="NAME")
        what.add_argument("--facility", metavar="CODE")
        what.add_argument("--area", metavar="N", help="a criteria area, 1 to 12")
        what.add_argument("--criterion", metavar="ID", help="such as 6.1")
        what.add_argument("--person", metavar="NUMBER", help="one staff number")
        what.add_argument("--people", metavar="FILE", help="a file of staff numbers, one a line; - is standard input")
        parser.add_argument("--since", metavar="DATE", help="completed on that day or later, such as 2026-01-01")
        parser.add_argument("--until", metavar="DATE", help="completed on that day or earlier")
        parser.add_argument("--to", default="whoever ran the command", metavar="WHOM", help="to whom it goes")
        parser.add_argument("--why", default="made by command", metavar="WHY", help="why it is issued")
        parser.add_argument("-o", "--output", metavar="FILE.zip", required=True, help="where to write a copy")

    def handle(self, *args, since, until, to, why, output, **options):
        at, path = timezone.now(), Path(output)
        if path.is_dir() or not path.parent.is_dir():
            raise CommandError(f"-o {path}: name a file in a folder that exists.")
        days = {"since": _day("--since", since), "until": _day("--until", until)}
        if since and until and days["since"] > days["until"]:
            raise CommandError(f"--since {since} is after --until {until}.")
        about = scope.Scope(*_about(options, at), **days)
        try:
            pack = actions.issue(scope=about, to_whom=to, why=why, by=None, at=at, each=self._progress)
            with default_storage.open(pack.file) as kept, open(path, "wb") as copy:
                shutil.copyfileobj(kept, copy, 1 << 20)
        except actions.NotIssued as problem:
            raise CommandError(str(problem))
        except OSError as error:
            raise CommandError(f"-o {path}: {error.strerror or error}.")
        self.stdout.write(f"{pack.title}: {pack.rows} records in {path} (SHA-256 {pack.sha256}).")

    def _progress(self, number, total=None):
        if total and (number % REPORTS_EVERY == 0 or number == total):
            self.stderr.write(f"{number} of {total} reports", style_func=str)
        elif not total and number % PROGRESS_EVERY == 0:
            self.stderr.write(f"{number:,} records", style_func=str)


def _about(options, at):
    """`(kind, value)` of a scope."""
    if name := options["company"]:
        return scope.COMPANY, _uuid("--company", name, Company.objects.filter(name=name))
    if code := options["facility"]:
        return scope.FACILITY, _uuid("--facility", code, Facility.objects.filter(code=code))
    if area := options["area"]:
        if not area.isdecimal() or not 1 <= int(area) <= 12:
            raise CommandError(f"--area {area}: there are areas 1 to 12.")
        return scope.AREA, int(area)
    if options["criterion"]:
        return scope.CRITERION, options["criterion"]
    if options["person"] or options["people"]:
        numbers = scope.numbers_in(options["person"] or _text(options["people"]))
        found, unknown = scope.people_with(numbers, user=None, on=None)
        if unknown or not found:
            raise CommandError(f"Nobody has these numbers: {', '.join(unknown)}." if unknown else "No number is given.")
        return scope.PEOPLE, found
    return scope.PROGRAMME, ""


def _uuid(option, name, rows):
    row = rows.first()
    if row is None:
        raise CommandError(f"{option} {name}: there is none of that name.")
    return str(row.uuid)


def _text(name):
    try:
        return Path("/dev/stdin" if name == "-" else name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"--people {name}: {getattr(error, 'strerror', None) or 'it is no text file'}.")


def _day(option, text):
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"{option} {text}: not a date; write one like 2026-12-01.")
