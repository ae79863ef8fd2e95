import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.people.importing import checking, columns, mail, unattended
from learning.people.importing.errors import in_words
from learning.people.importing.refused import Refused
from learning.people.models import DateFormat, ImportSource

SHOWN = 20


class Bar:
    """How far it is: a bar on a terminal, a line now and then in a log."""

    def __init__(self, stream):
        self._stream, self._live, self._told = stream, stream.isatty(), ""

    def __call__(self, what):
        def each(done, total):
            share = f"{done * 100 // total:3d} %" if total else f"{done:,}"
            filled = "#" * (done * 30 // total) if total else ""
            if self._live:
                self._stream.write(f"\r{what:<12} [{filled:<30}] {share}", ending="")
            elif total and (tenth := f"{what} {done * 10 // total * 10} %") != self._told:
                self._told = tenth
                self._stream.write(tenth)

        return each

    def end(self):
        if self._live:
            self._stream.write("")


class Command(BaseCommand):
    help = (
        "Import people from a CSV or XLSX file: one row for each position held, columns "
        + ", ".join(columns.COLUMNS)
        + ". Nothing is written unless all of it can be. A failed run exits non-zero and mails HR."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
        parser.add_argument(
            "--source", metavar="NAME", help="a saved source: its columns, number prefix and whom it is for"
        )
        parser.add_argument(
            "--changes-only",
            action="store_true",
            help="the file names only people who changed: nobody leaves by absence",
        )
        parser.add_argument(
            "--position-from",
            metavar="DATE",
            help="from when what is new counts where the file does not say: 2026-12-01",
        )
        parser.add_argument(
            "--date-format",
            choices=DateFormat.values,
            help="dates like 03/04/2026 begin with the day (dmy) or the month (mdy); without it they are refused",
        )
        parser.add_argument(
            "--max-leavers",
            metavar="N",
            type=int,
            help="refuse the file when more people would leave; without it, when more than 10 %% would",
        )
        parser.add_argument(
            "--create",
            action="append",
            choices=("position", "employer"),
            default=[],
            help="make positions (to be classified) or employers that are not known; otherwise they are refused",
        )

    def handle(self, *args, file, dry_run, source, max_leavers, **options):
        self.bar = Bar(self.stderr)
        try:
            found = self._source(source)
            order = self._order(options)
            with self._open(file) as opened:
                name = Path(file).name
                if dry_run:
                    self._try(opened, name, found, options["changes_only"], max_leavers, order)
                else:
                    self._import(opened, name, found, options["changes_only"], max_leavers, order)
        except (Refused, CommandError) as error:
            self.bar.end()
            if not dry_run:
                mail.tell_hr(file_name=Path(file).name, source=source or "", words=str(error), at=timezone.now())
            raise CommandError(str(error))

    def _source(self, name):
        if not name:
            return None
        try:
            return ImportSource.objects.get(name=name)
        except ImportSource.DoesNotExist:
            known = ", ".join(ImportSource.objects.values_list("name", flat=True)) or "none yet"
            raise CommandError(f"--source {name}: no such source; there are: {known}.")

    def _order(self, options):
        since = options["position_from"]
        try:
            since = since and datetime.date.fromisoformat(since)
        except ValueError:
            raise CommandError(f"--position-from {since}: not a date; write one like 2026-12-01.")
        return {"since": since, "date_format": options["date_format"] or "", "create": tuple(options["create"])}

    def _open(self, file):
        try:
            return open(file, "rb")  # noqa: SIM115 (the caller closes it)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.")

    def _try(self, file, name, source, changes_only, max_leavers, order):
        kept = []

        def keep(lines):
            kept.extend(lines[: SHOWN - len(kept)])

        asked = checking.Order(name, changes_only, timezone.now(), source=source, **order)
        outcome = checking.check(file, asked, keep=keep, each=self.bar("checking"))
        self.bar.end()
        for note in outcome.notes:
            self.stdout.write(note)
        for error in outcome.errors[:SHOWN]:
            self.stdout.write(in_words(error))
        if outcome.error_count:
            raise CommandError(f"{outcome.error_count} errors: nothing would be written.")
        if outcome.questions:
            raise CommandError(unattended.questions_in_words(outcome.questions)[0])
        for line in kept:
            said = "; ".join(f"{column}: {old or '–'} → {new or '–'}" for column, old, new in line.changes)
            self.stdout.write(f"{line.kind}: {line.number} {line.name}{': ' if said else ''}{said}")
        self.stdout.write(f"{_counts(outcome.counts)}. Nothing was written.")
        if words := unattended.refused_by_brake(outcome, max_leavers):
            raise CommandError(words)

    def _import(self, file, name, source, changes_only, max_leavers, order):
        this = unattended.import_file(
            file=file,
            name=name,
            at=timezone.now(),
            source=source,
            changes_only=changes_only,
            max_leavers=max_leavers,
            each=self.bar("checking"),
            told=self.bar("requirements"),
            **order,
        )
        self.bar.end()
        for note in this.notes:
            self.stdout.write(note)
        self.stdout.write(f"{_counts(this.counts)}.")


def _counts(counts):
    return ", ".join(f"{counts[kind]:,} {kind}" for kind in ("new", "changed", "leaving", "unchanged"))
