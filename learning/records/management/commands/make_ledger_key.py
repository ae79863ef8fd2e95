from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from learning.records.ledger import keys


class Command(BaseCommand):
    help = (
        "Make the key that signs the ledger, once, in the file that GATEHOUSE_LEDGER_KEY names. Keep a copy of it "
        "somewhere safe, away from the backups of the database. A demo makes its own."
    )

    def handle(self, *args, **options):
        try:
            key = keys.make()
        except FileExistsError:
            raise CommandError(f"There is a key already: {settings.LEDGER_KEY}. To change it: rotate_ledger_key")
        except OSError as error:
            raise CommandError(f"{settings.LEDGER_KEY}: {error.strerror}.")
        self.stdout.write(f"The key is in {settings.LEDGER_KEY}. Its public half: {keys.public(key)}")
