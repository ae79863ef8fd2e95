from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.records.ledger import actions
from learning.records.ledger.findings import Halted


class Command(BaseCommand):
    help = (
        "Sign the ledger with a new key from now on. The ledger says so in an entry, one checkpoint is signed by both "
        "keys, and the old one is destroyed. Copy the new key file to the other hosts that sequence."
    )

    def add_arguments(self, parser):
        parser.add_argument("--reason", required=True, help="why, for whoever reads the ledger; names nobody")

    def handle(self, *args, reason, **options):
        if not reason.strip():
            raise CommandError("--reason: say why.")
        try:
            checkpoint = actions.rotate_key(at=timezone.now(), reason=reason.strip())
        except Halted as halt:
            raise CommandError(str(halt))
        self.stdout.write(f"From entry {checkpoint.size} on the ledger is signed with {checkpoint.public_key}.")
