import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.assignments import actions


class Command(BaseCommand):
    help = "Make the assignments what the requirements say: assign, withdraw, restore. Running it again is harmless."

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="DATE", help="a local date such as 2026-12-01; without it, today")

    def handle(self, *args, on, **options):
        at = timezone.now()
        if on is None:
            counts = actions.apply_requirements_today(at=at)
        else:
            try:
                day = datetime.date.fromisoformat(on)
            except ValueError:
                raise CommandError(f"--on {on}: not a date; write one like 2026-12-01.")
            counts = actions.apply_requirements(on=day, at=at)
        self.stdout.write(", ".join(f"{number} {what}" for what, number in counts.items()))
