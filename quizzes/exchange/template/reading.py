"""From rows to questions."""

from django.conf import settings
from django.utils.translation import gettext as _
from taggit.utils import parse_tags
from wagtail import blocks

from ...kinds import KINDS
from ...models import Question
from ..found import Found, Read
from ..refused import Refused
from . import cells
from .columns import PART, QUESTION, all_columns, leaves, lists, put

DIFFICULTIES = {level.name.lower(): level.value for level in Question.Difficulty}


def read(rows):
    """The questions in `(row number, cells)`, of which the first is the heading. Raises Refused."""
    rows = ((number, row) for number, row in rows if any(cell.strip() for cell in row))
    places, notes = _heading(next(rows, None))
    read, current = Read(notes=notes), None
    for number, row in rows:
        said = {column: row[place] for column, place in places.items() if place < len(row) and row[place].strip()}
        if not said:
            continue
        if said.get(PART, "").strip():
            if current is None:
                raise Refused(
                    _("Row %(row)d is a part of a question, and no question stands above it.") % {"row": number}
                )
            current.part(number, said)
        else:
            current = _Question(number, said)
            read.add(current.found)
    return read


def _heading(first):
    """`({column: place}, notes)`."""
    if first is None:
        raise Refused(_("The file is empty."))
    headings = [" ".join(cell.split()).lower() for cell in first[1]]
    known = all_columns()
    if missing := [column for column in ("kind", "question") if column not in headings]:
        raise Refused(
            _("There is no column %(columns)s: take the template, and leave its heading as it is.")
            % {"columns": ", ".join(missing)}
        )
    if twice := {heading for heading in headings if heading in known and headings.count(heading) > 1}:
        raise Refused(_("Two columns are called %(columns)s.") % {"columns": ", ".join(sorted(twice))})
    unused = [heading for heading in headings if heading and heading not in known]
    notes = [_("Not used: the columns %(columns)s.") % {"columns": ", ".join(unused)}] if unused else []
    return {column: headings.index(column) for column in known if column in headings}, notes


class _Question:
    """A question whose parts are still coming in."""

    def __init__(self, number, said):
        self.found = Found(where=_("row %(number)d") % {"number": number})
        self._number = number
        self._take(said)
        if self._kind:
            block = KINDS[self._kind].block()
            # The way from the question to the part that came last: `[(block, data)]`.
            self._way = [(block, self.found.value)]
            self._fill(number, block, self.found.value, said)

    def _take(self, said):
        found = self.found
        found.source_id = said.get("id", "").strip()
        found.language = said.get("language", settings.LANGUAGE_CODE).strip().lower()
        found.prompt = said.get("question", "")
        found.explanation = said.get("explanation", "")
        found.objective, found.criterion = said.get("objective", "").strip(), said.get("criterion", "").strip()
        self._kind = found.kind = self._kind_of(said.get("kind", ""))
        self._take_picture(said.get("picture", "").strip())
        found.picture_description = said.get("picture_description", "")
        for name in parse_tags(said.get("tags", "")):
            found.tag(name)
        level = said.get("difficulty", "middle").strip().lower()
        if level in DIFFICULTIES:
            found.difficulty = DIFFICULTIES[level]
        else:
            self._wrong(self._number, "difficulty", _("write easy, middle or hard."))

    def _take_picture(self, words):
        if words.startswith("("):
            self.found.note(_("%(what)s is not carried: add it here.") % {"what": words})
            return
        try:
            self.found.picture = cells.picture(words)
        except cells.Wrong as wrong:
            self._wrong(self._number, "picture", str(wrong))

    def _kind_of(self, words):
        words = " ".join(words.split()).casefold()
        for name, kind in KINDS.items():
            if words in (name, str(kind.label).casefold()):
                return name
        self._wrong(self._number, "kind", _("write one of %(kinds)s.") % {"kinds": ", ".join(KINDS)})
        return ""

    def _wrong(self, number, column, words):
        self.found.problems.append(
            _("row %(row)d, `%(column)s`: %(words)s") % {"row": number, "column": column, "words": words}
        )

    def part(self, number, said):
        if not self._kind:
            return
        name = said[PART].strip().lower()
        way = list(self._way)
        while way and name not in lists(way[-1][0]):
            way.pop()
        if not way:
            known = ", ".join(lists(self._way[0][0])) or "–"
            self._wrong(
                number, PART, _("there is no “%(part)s” here; there is: %(known)s.") % {"part": name, "known": known}
            )
            return
        block = lists(way[-1][0])[name]
        row = {}
        self._fill(number, block, row, said)
        whole = isinstance(block, blocks.StructBlock)
        way[-1][1].setdefault(name, []).append(row if whole else row.get("text", ""))
        self._way = [*way, (block, row)] if whole else way

    def _fill(self, number, block, data, said):
        own = leaves(block)
        for column, cell in said.items():
            if column in QUESTION and not said.get(PART) or column == PART:
                continue
            if column not in own:
                self._wrong(number, column, _("nothing stands here in such a row."))
                continue
            try:
                put(data, column, cells.read(own[column], cell))
            except cells.Wrong as wrong:
                self._wrong(number, column, str(wrong))
