"""Reading the starter files: what is wrong with one is said in one sentence that names it."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings

from . import manuscript
from .models import StarterRow
from .upkeep import StarterError

FOLDER = Path(__file__).parent / "starter"


@dataclass
class Text:
    """A manuscript that was read: its head, and its body with the line that the body begins on."""

    file: str
    stem: str
    head: dict
    body: str
    line: int

    def blocks(self, key, pictures):
        """`(rows for the StreamField, lines of the blocks)`; `pictures` maps names to ids."""
        try:
            found = manuscript.parse(self.body, key=key, picture=pictures.__getitem__, line=self.line)
        except manuscript.ManuscriptError as error:
            raise StarterError(f"{self.file}, line {error.line}: {error.says}") from None
        return [block.row for block in found], [block.line for block in found]


class StarterFiles:
    """The starter files of one language."""

    def __init__(self, folder=FOLDER, language="en"):
        self.folder, self.language = Path(folder) / language, language
        if not self.folder.is_dir():
            raise StarterError(f"{self.folder}: there is no such folder.")

    def translations(self):
        """The starter files of the other languages that there are."""
        others = [code for code, _name in settings.LANGUAGES if code != self.language]
        folder = self.folder.parent
        return [StarterFiles(folder, code) for code in others if (folder / code).is_dir()]

    def find(self, pattern):
        return sorted(self.folder.glob(pattern))

    def name(self, path):
        """The path as it is told to people."""
        return str(path.relative_to(self.folder.parent))

    def path(self, name):
        return self.folder.parent / name

    def text(self, path):
        """A manuscript (see `content/manuscript.py`)."""
        try:
            head, body, line = manuscript.split(self._read(path))
        except manuscript.ManuscriptError as error:
            raise StarterError(f"{self.name(path)}, line {error.line}: {error.says}") from None
        return Text(self.name(path), path.stem, head, body, line)

    def yaml(self, path):
        try:
            # Twenty times as fast as the one in Python, and there are half a megabyte of questions.
            data = yaml.load(self._read(path), Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise StarterError(f"{self.name(path)}, line {mark.line + 1}: not valid YAML ({error.problem}).") from None
        if not isinstance(data, dict):
            raise StarterError(f"{self.name(path)}: the file is not a list of names and values.")
        return data

    def _read(self, path):
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise StarterError(f"{self.name(path)}: the file is not UTF-8 text.") from None


def need(data, names, file):
    """The values of those names, in that order."""
    missing = [name for name in names if name not in data]
    if missing:
        raise StarterError(f"{file}: “{missing[0]}” is missing.")
    return [data[name] for name in names]


def need_all(rows, words, file):
    """Raises StarterError when a translated file leaves out one of the rows that the English has."""
    said = {row.key for row in words}
    if missing := [row.key for row in rows if row.key not in said]:
        raise StarterError(f"{file}: “{missing[0].partition('/')[2]}” is missing, which the English has.")


def pick(known, names, file, what):
    """What each of the names stands for in the dict `known`, without those that the company has deleted."""
    for name in names:
        if name not in known and not StarterRow.objects.filter(key=f"{what}/{name}").exists():
            raise StarterError(f"{file}: there is no {what} {name}.")
    return [known[name] for name in names if name in known]


def pick_one(known, name, file, what):
    """What the name stands for, or None when the company has deleted it."""
    return next(iter(pick(known, [name], file, what)), None)
