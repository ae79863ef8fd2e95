from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from content.starter_files import FOLDER
from content.upkeep import StarterError
from courses.models import Edition
from learning.assignments import demo, starter

OUTCOMES = {
    "created": "created",
    "updated": "updated",
    "unchanged": "unchanged",
    "kept": "kept as you edited them",
    "deleted": "left out as you deleted them",
}


class Command(BaseCommand):
    help = (
        "Load criteria, courses, question banks, guides and starter requirements. Running it again is harmless: "
        "it updates what you have not edited and keeps what you have."
    )

    def add_arguments(self, parser):
        parser.add_argument("--folder", default=FOLDER, help="where the files are; without it, those that came along")

    def handle(self, *args, folder, **options):
        self.told = set()
        try:
            report, sentences = starter.load(at=self._released_at(), folder=folder, tell=self._tell)
        except StarterError as error:
            raise CommandError(str(error)) from None
        if report.kept:
            self.stdout.write(f"Kept as you edited them: {', '.join(sorted(report.kept))}")
        for sentence in sentences:
            self.stdout.write(sentence)
        if not report.written:
            self.stdout.write("Nothing to do: everything is as the starter files say, or as you made it.")

    def _released_at(self):
        """Now; in a demo that is new, the day on which the demo company's year begins."""
        at = timezone.now()
        return at if not settings.DEMO or Edition.objects.exists() else demo.begins(at)

    def _tell(self, report):
        for kind, counts in report.counts.items():
            if kind not in self.told:
                self.told.add(kind)
                said = ", ".join(f"{counts[name]} {words}" for name, words in OUTCOMES.items() if counts[name])
                self.stdout.write(f"{kind:<20}  {said}")
