import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from quizzes.exchange.template import writing
from quizzes.models import Bank, Question

FORMATS = ("csv", "xlsx")


class Command(BaseCommand):
    help = (
        "Write questions in the columns of the template. Importing the file again into the same bank changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--bank", metavar="TITLE", help="only of this bank and those below it")
        parser.add_argument(
            "-o", "--output", metavar="FILE", required=True, help="ends with .csv or .xlsx; - is standard output (csv)"
        )

    def handle(self, *args, bank, output, **options):
        rows = writing.rows(self._questions(bank).order_by("bank__title", "pk"))
        if output == "-":
            sys.stdout.writelines(writing.csv_text(rows))
            return
        path = Path(output)
        if path.suffix.lower().removeprefix(".") not in FORMATS:
            raise CommandError(f"-o {output}: end the name with .csv or .xlsx.")
        try:
            self._write(rows, path)
        except OSError as error:
            raise CommandError(f"-o {output}: {error.strerror or error}.")
        self.stdout.write(f"Written to {path}.")

    def _questions(self, bank):
        if not bank:
            return Question.objects.all()
        try:
            return Question.objects.filter(bank__in=Bank.objects.get(title=bank).with_below())
        except Bank.DoesNotExist:
            raise CommandError(f"--bank {bank}: no such bank.")

    def _write(self, rows, path):
        """Beside it first: whoever finds the file finds it whole."""
        part = path.with_name(f".{path.name}.part")
        try:
            if path.suffix.lower() == ".xlsx":
                writing.write_xlsx(rows, part)
            else:
                with open(part, "w", encoding="utf-8", newline="") as file:
                    file.writelines(writing.csv_text(rows))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
