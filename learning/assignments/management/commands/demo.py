from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.assignments import demo
from learning.people.models import Person
from learning.records.models import TrainingRecord


class Command(BaseCommand):
    help = (
        "Make a demo company with a year of records, in demo mode and in a database without other people. "
        "Running it again changes nothing."
    )

    def handle(self, *args, **options):
        try:
            demo.check_mode()
            if demo.exists():
                self.stdout.write("The demo company is there already.")
                return
            self.stdout.write("Making the demo company and its year of training …")
            demo.make(at=timezone.now())
        except demo.Refused as error:
            raise CommandError(str(error)) from None
        people, records = Person.objects.count(), TrainingRecord.objects.count()
        self.stdout.write(f"{demo.COMPANY}: {people} people, {records} training records.")
