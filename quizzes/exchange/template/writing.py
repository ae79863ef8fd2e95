"""Questions as rows of the template, streamed; and the empty template."""

import csv
import io
from itertools import chain, islice

import rustpy_xlsxwriter
from django.utils.translation import gettext as _
from taggit.utils import edit_string_for_tags
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from ...kinds import KINDS
from ...models import Question
from ..contents import content_of
from . import cells
from .columns import PART, all_columns, get, leaves, lists, rows_of

CHUNK = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DIFFICULTIES = {level.value: level.name.lower() for level in Question.Difficulty}


def rows(questions):
    """Rows of cells of questions (a queryset), in its order."""
    found = questions.select_related("locale", "objective", "criterion").prefetch_related("tagged_items__tag")
    for question in found.iterator(chunk_size=CHUNK):
        for row in rows_of_one(question):
            yield [row.get(column, "") for column in all_columns()]


def rows_of_one(question):
    """`{column: cell}` of each of its rows."""
    said = content_of(question)
    block = KINDS[said["kind"]].block()
    first, *others = _of_block(block, said["value"], "")
    own = {"id": str(question.translation_key), "question": said["prompt"]}
    own |= {name: said[name] for name in ("language", "kind", "explanation", "objective", "criterion")}
    own["difficulty"] = DIFFICULTIES[said["difficulty"]]
    own["tags"] = edit_string_for_tags([row.tag for row in question.tagged_items.all()])
    own |= {"picture": _picture(question, said), "picture_description": said["picture_description"]}
    return [own | first, *others]


def _picture(question, said):
    """Sound and film are not carried; the cell says so, and reading it tells whoever imports it."""
    if question.beside and question.beside[0].block_type != "picture":
        return f"({question.beside[0].block_type})"
    return cells.hash_of(said["picture"])


def _of_block(block, data, part):
    row = {PART: part} if part else {}
    for column, child in leaves(block).items():
        row[column] = cells.written(child, get(data, column))
    yield row
    for name, child in lists(block).items():
        for item in data[name]:
            yield from _of_block(child, item, name)


def csv_text(found):
    """The text of a CSV file (RFC 4180) in pieces of many rows; `found` are rows."""
    found = chain([all_columns()], found)
    while batch := list(islice(found, CHUNK)):
        piece = io.StringIO(newline="")
        csv.writer(piece).writerows([cells.inert(cell) for cell in row] for row in batch)
        yield piece.getvalue()


def for_excel(found):
    """`csv_text` behind the mark without which Excel takes UTF-8 for the code page of its country."""
    yield "\ufeff"
    yield from csv_text(found)


def write_xlsx(found, path):
    """A workbook of the rows with a sheet of help; text is written as text, so nothing in it is a formula."""
    empty = iter([[None] * len(all_columns())])
    first = next(found, None)
    found = chain([first], found) if first else empty
    sheets = [
        (_("Questions"), (dict(zip(all_columns(), row, strict=True)) for row in found)),
        (_("Help"), (dict(zip(HELP, row, strict=True)) for row in help_rows())),
    ]
    rustpy_xlsxwriter.write_worksheets(
        sheets,
        str(path),
        bold_headers=True,
        freeze_panes={"general": {"row": 1, "col": 0}},
        column_width={"general": 24},
    )


HELP = ("kind", "part", "column", "what goes in", "needed")


def help_rows():
    """What goes where: of every question, then of each kind."""
    yield from ([_("all"), "", column, words, needed] for column, words, needed in _of_every_question())
    for name, kind in KINDS.items():
        for part, block in rows_of(kind.block()):
            if part:
                yield [
                    name,
                    part,
                    PART,
                    _("“%(part)s”, in a row of its own below its question") % {"part": part},
                    _("yes"),
                ]
            for column, child in leaves(block).items():
                yield [name, part, column, _words(column, child), _("yes") if child.required else ""]


def _words(column, block):
    label = str(block.label or "") or column
    more = [str(block.meta.help_text)] if getattr(block.meta, "help_text", None) else []
    if isinstance(block, blocks.ChoiceBlock):
        more.append(" | ".join(f"{value} = {label}" for value, label in cells.choices_of(block).items()))
    elif isinstance(block, blocks.BooleanBlock):
        more.append(f"{cells.YES} | {cells.NO}")
    elif isinstance(block, ImageChooserBlock):
        more.append(_("The SHA-1 of its file; an export says it."))
    return ". ".join([label, *more])


def _of_every_question():
    return [
        (
            "id",
            _("Leave it empty for a new question. It knows a question again when its file comes a second time."),
            "",
        ),
        ("language", _("en or es; empty means English."), ""),
        ("kind", " | ".join(f"{name} = {kind.label}" for name, kind in KINDS.items()), _("yes")),
        ("question", _("The question, on its first row; its parts stand in rows below it."), _("yes")),
        ("explanation", _("Shown to everyone after the quiz."), ""),
        ("objective", _("The code of an objective."), ""),
        ("criterion", _("The number of a criterion: 4.1."), ""),
        ("difficulty", " | ".join(DIFFICULTIES.values()), ""),
        ("tags", _("Words to find it again, with commas between them; one of several words in quotes."), ""),
        ("picture", _("Beside the question: the SHA-1 of a picture's file; an export says it."), ""),
        ("picture_description", _("What the picture shows. Empty means the picture's own description."), ""),
    ]
