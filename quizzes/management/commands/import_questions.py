from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from quizzes import actions
from quizzes.exchange.refused import Refused
from quizzes.models import Bank, ImportedQuestion

State = ImportedQuestion.State


class Command(BaseCommand):
    help = (
        "Import questions from a GIFT, Moodle XML, CSV or XLSX file into a bank, as drafts. What is not carried is "
        "listed. Nothing is written unless all of it can be."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--bank", metavar="TITLE", required=True, help="the bank that they come into")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default=settings.LANGUAGE_CODE)
        parser.add_argument("--dry-run", action="store_true", help="say what would come in, and write nothing")
        parser.add_argument("--leave-out-errors", action="store_true", help="import those without errors")

    def handle(self, *args, file, bank, language, dry_run, leave_out_errors, **options):
        try:
            data, shelf = Path(file).read_bytes(), Bank.objects.get(title=bank)
            now = timezone.now()
            this = actions.receive_import(data=data, name=Path(file).name, bank=shelf, language=language, at=now)
            self._tell(this)
            if dry_run:
                actions.cancel_import(this=this, at=now)
                self.stdout.write("Nothing was written.")
                return
            number = actions.confirm_import(this=this, at=now, leave_out=leave_out_errors)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.")
        except Bank.DoesNotExist:
            known = ", ".join(Bank.objects.values_list("title", flat=True)) or "none yet"
            raise CommandError(f"--bank {bank}: no such bank; there are: {known}.")
        except Refused as refused:
            raise CommandError(f"{file}: {refused}")
        self.stdout.write(f"{number} questions came in as drafts into {shelf}.")

    def _tell(self, this):
        for note in this.notes:
            self.stdout.write(note)
        for row in this.rows.all():
            for sentence in [*row.problems, *row.notes]:
                self.stdout.write(f"{row.where}, {State(row.state).label}: {sentence}")
