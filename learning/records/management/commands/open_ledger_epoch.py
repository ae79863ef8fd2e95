from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.records.ledger import actions
from learning.records.ledger.findings import Halted


class Command(BaseCommand):
    help = (
        "Go on with the ledger after the database was set back, or its key or checkpoint file lost: in a new epoch, "
        "whose first entry says what was found. Refused while the ledger goes on well. Entries that waited get their "
        "place then."
    )

    def add_arguments(self, parser):
        parser.add_argument("--reason", required=True, help="what happened, for whoever reads the ledger; names nobody")

    def handle(self, *args, reason, **options):
        if not reason.strip():
            raise CommandError("--reason: say what happened.")
        try:
            checkpoint = actions.open_epoch(at=timezone.now(), reason=reason.strip())
            number = actions.sequence(at=timezone.now(), wait=True)
        except actions.NothingWrong:
            raise CommandError("The ledger goes on well: there is nothing to open.")
        except Halted as halt:
            raise CommandError(str(halt))
        self.stdout.write(
            f"Epoch {checkpoint.epoch} is open: {checkpoint.origin}. {number} entries that waited got their place."
        )
