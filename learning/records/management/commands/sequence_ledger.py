from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.records.ledger import actions
from learning.records.ledger.findings import Halted


class Command(BaseCommand):
    help = "Give every entry that waits its place in the ledger, and sign. The worker does so each second."

    def handle(self, *args, **options):
        try:
            number = actions.sequence(at=timezone.now(), wait=True)
        except Halted as halt:
            raise CommandError(str(halt))
        self.stdout.write(f"{number} entries got their place in the ledger.")
