import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.assignments.population import making
from learning.people.models import Person
from learning.records.ledger.findings import Halted
from learning.records.models import TrainingRecord


class Command(BaseCommand):
    help = (
        "Make a synthetic company of so many people with years of training records, in demo mode and in a database "
        "without other people. The same seed makes the same company on the same day. Running it again adds nobody."
    )

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, required=True, metavar="N", help="how many, from 1 to 999999")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="a whole number; without it, 1")

    def handle(self, *args, people, seed, **options):
        if not 1 <= people <= 999_999:
            raise CommandError(f"--people {people}: write a number from 1 to 999999.")
        self.told = time.monotonic()
        try:
            added = making.make(number=people, seed=seed, at=timezone.now(), tell=self._tell)
        except (making.Refused, Halted) as error:
            raise CommandError(str(error)) from None
        if not added:
            self.stdout.write("The synthetic company is there already.")
        self.stdout.write(f"{Person.objects.count()} people, {TrainingRecord.objects.count()} training records.")

    def _tell(self, what, done, total):
        if done == total or time.monotonic() - self.told > 2:
            self.told = time.monotonic()
            self.stdout.write(f"{done} of {total} {what}")
