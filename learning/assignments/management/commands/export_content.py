from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

import content.starter_writing
import courses.starter_writing
import quizzes.starter_writing
from content.models import Picture
from content.starter_files import FOLDER
from learning.assignments import starter_writing

# What a folder of content is made of; of these, files that nothing is said in any more are removed.
OURS = ("*.yaml", "banks/*.yaml", "courses/*/course.yaml", "courses/*/[0-9]*.md", "guides/*.md", "illustrations/*")
# Words for translators and for checks: no row says them, so they come along as they are.
BESIDE = "glossary.yaml"


class Command(BaseCommand):
    help = (
        "Write criteria, courses, question banks, guides and the program, as they are published, into files as "
        "load_starter_content reads them, so that they can be kept in git. What was exported there before is replaced."
    )

    def add_arguments(self, parser):
        parser.add_argument("-o", "--output", required=True, metavar="DIR", help="the folder to write into")

    def handle(self, *args, output, **options):
        folder = Path(output)
        if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / "en").is_dir())):
            raise CommandError(f"{folder} holds something else. Name a new folder, or one of an earlier export.")
        names = content.starter_writing.Names()
        pictures = {picture.pk: names.picture(picture) for picture in Picture.objects.all()}
        for language, _name in settings.LANGUAGES:
            shelf = content.starter_writing.Shelf(language, names)
            with override(language):
                content.starter_writing.write(shelf)
                courses.starter_writing.write(shelf, quizzes.starter_writing.write(shelf, pictures))
            starter_writing.write(shelf)
            self._bring_along(folder / language, shelf)
            self._write(folder / language, shelf)

    def _bring_along(self, folder, shelf):
        theirs = folder / BESIDE
        source = theirs if theirs.exists() else FOLDER / shelf.language / BESIDE
        if shelf.files and source.exists():
            shelf.put(BESIDE, source.read_bytes())

    def _write(self, folder, shelf):
        for name, data in shelf.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(data, bytes):
                path.write_bytes(data)
            else:
                path.write_text(data, encoding="utf-8")
        written = {folder / name for name in shelf.files}
        stale = {path for pattern in OURS for path in folder.glob(pattern)} - written
        for path in stale:
            path.unlink()
        for sentence in shelf.said:
            self.stdout.write(sentence)
        self.stdout.write(f"{folder}: {len(shelf.files)} files.")
