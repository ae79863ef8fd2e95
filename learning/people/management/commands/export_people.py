import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from learning.people.importing import exporting
from learning.people.models import Person

FORMATS = ("csv", "xlsx")
PROGRESS_EVERY = 10_000


class Command(BaseCommand):
    help = "Write all people in the columns of import_people. Importing the file again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=FORMATS, help="without it, as the name of the file ends")
        parser.add_argument(
            "-o", "--output", metavar="FILE", required=True, help="where to write; - is standard output (csv)"
        )

    def handle(self, *args, format, output, **options):
        people = Person.objects.all()
        if output == "-":
            if format == "xlsx":
                raise CommandError("-o -: only csv goes to standard output; name a file for xlsx.")
            for piece in exporting.csv_text(people):
                self.stdout.write(piece, ending="")
            return
        path = Path(output)
        kind = format or path.suffix.lower().removeprefix(".")
        if kind not in FORMATS:
            raise CommandError(f"-o {output}: say --format csv or xlsx, or end the name so.")
        self._write_file(people, path, kind)

    def _write_file(self, people, path, kind):
        """Beside it first: whoever finds the file finds it whole."""
        try:
            if path.is_dir():
                raise CommandError(f"-o {path}: is a folder; name a file.")
            if not path.parent.is_dir():
                raise CommandError(f"-o {path}: the folder {path.parent} does not exist.")
            with tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as folder:
                part = Path(folder) / "part"
                number = exporting.write(people, part, file_format=kind, each=self._progress)
                part.replace(path)
        except OSError as error:
            raise CommandError(f"-o {path}: {error.strerror or error}.")
        self.stdout.write(f"{number} rows written to {path}")

    def _progress(self, number):
        if number % PROGRESS_EVERY == 0:
            self.stderr.write(f"{number:,} rows", style_func=str)
