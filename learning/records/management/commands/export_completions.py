import datetime
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.people import dates
from learning.people.local_days import company_zone
from learning.records import export
from learning.records.models import TrainingRecord

FORMATS = ("csv", "xlsx")
AREAS = range(1, 13)
PROGRESS_EVERY = 10_000


class Command(BaseCommand):
    help = (
        "Write the completion records to a CSV or XLSX file, newest first. Days are those of the company's time zone; "
        "a training record keeps the offset of its facility."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", metavar="csv|xlsx", help="kind of file")
        parser.add_argument("--since", metavar="DATE", help="completed on that day or later, such as 2026-01-01")
        parser.add_argument("--until", metavar="DATE", help="completed on that day or earlier")
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="what was recorded by the end of that day, with the status it had then; without it, all as of today",
        )
        parser.add_argument("--area", metavar="N", help="only courses that touch that criteria area, 1 to 12")
        parser.add_argument("-o", "--output", metavar="FILE", help="where to write; - is standard output (csv only)")

    def handle(self, *args, format, since, until, as_of, area, output, **options):
        if format not in FORMATS:
            raise CommandError(f"--format {format or ''}: choose csv or xlsx.".replace(" :", ":"))
        if not output:
            raise CommandError("-o: name the file to write.")
        records = self._select(since, until, as_of, area)
        if output != "-":
            self._write_file(records, Path(output), format)
        elif format == "csv":
            for piece in export.csv_text(records):
                self.stdout.write(piece, ending="")
        else:
            raise CommandError("-o -: only csv goes to standard output; name a file for xlsx.")

    def _select(self, since, until, as_of, area):
        zone = company_zone()
        since, until, as_of = _day("--since", since), _day("--until", until), _day("--as-of", as_of)
        if since and until and since > until:
            raise CommandError(f"--since {since} is after --until {until}.")
        known = as_of and dates.day_ends(as_of, zone)
        records = TrainingRecord.objects.completed(
            since=since and dates.day_begins(since, zone), until=until and dates.day_ends(until, zone)
        )
        if known:
            records = records.recorded(known)
        if area is not None:
            if not area.isdecimal() or int(area) not in AREAS:
                raise CommandError(f"--area {area}: there are areas 1 to 12.")
            records = records.in_area(int(area))
        return records.with_status(as_of or dates.local_date(timezone.now(), zone), known)

    def _write_file(self, records, path, file_format):
        """Beside it first: whoever finds the file finds it whole."""
        try:
            if path.is_dir():
                raise CommandError(f"-o {path}: is a folder; name a file.")
            if not path.parent.is_dir():
                raise CommandError(f"-o {path}: the folder {path.parent} does not exist.")
            with tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as folder:
                part = Path(folder) / "part"
                number = export.write(records, part, file_format=file_format, each=self._progress)
                part.replace(path)
        except OSError as error:
            raise CommandError(f"-o {path}: {error.strerror or error}.")
        self.stdout.write(f"{number} records written to {path}")

    def _progress(self, number):
        if number % PROGRESS_EVERY == 0:
            self.stderr.write(f"{number:,} records", style_func=str)


def _day(option, text):
    """A day that also has a next one, so that its end can be named."""
    if text is None:
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{option} {text}: not a date; write one like 2026-12-01.")
    if not 1900 <= day.year <= 9000:
        raise CommandError(f"{option} {text}: no records can be that far away.")
    return day
