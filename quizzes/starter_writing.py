"""The banks of this room in the files that the loader reads: the other direction of `starter.py`."""

from django.utils.text import slugify
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from .kinds import KINDS
from .models import Bank, Question
from .starter_values import defaults, is_needed


def write(shelf, pictures):
    """`pictures` are `{id: name}`. Returns `{bank id: name of its file}`."""
    names = {}
    for bank in Bank.objects.order_by("pk"):
        name = names[bank.pk] = shelf.names.of("bank", bank, slugify(bank.title) or f"bank-{bank.pk}")
        rows = shelf.of(Question).filter(bank=bank, live=True).select_related("objective", "criterion")
        questions = [_question(shelf, row, pictures) for row in _in_order(rows)]
        if questions:
            title = {"title": bank.title} if shelf.is_original else {}
            shelf.put(f"banks/{name}.yaml", title | {"questions": [row for row in questions if row]})
    return names


def _in_order(rows):
    """As the English were made, in every language."""
    places = Question.objects.filter(locale__language_code="en").values_list("translation_key", "pk")
    places = dict(places)
    return sorted(rows, key=lambda row: places.get(row.translation_key, 0))


def _question(shelf, row, pictures):
    original = row if shelf.is_original else row.get_translations().get(locale__language_code="en")
    if not row.objective or not row.criterion:
        shelf.said.append(f"“{row.prompt[:60]}” has no objective or no criterion, which the files ask for: left out.")
        return None
    said = {
        "id": shelf.names.question(original),
        "kind": row.kind.name,
        "objective": row.objective.code,
        "criterion": row.criterion.number,
        "difficulty": row.difficulty,
        "prompt": row.prompt,
        **_answer(row, pictures),
    }
    if row.explanation:
        said["explanation"] = row.explanation
    for shown in row.beside.raw_data:
        value = {"picture": pictures[shown["value"]["image"]], "description": shown["value"]["description"]}
        said["beside"] = {name: part for name, part in value.items() if part}
    return said


def _answer(row, pictures):
    (stored,) = row.answer.raw_data
    value = stored["value"]
    if stored["type"] == "true_false":
        reasons = {True: value["reason_true"], False: value["reason_false"]}
        return {"answer": value["answer"] == "true", "reasons": reasons}
    return said_of(KINDS[stored["type"]].block(), value, pictures)


def said_of(block, value, pictures):
    """A stored value without ids, and without what nobody wrote."""
    if isinstance(block, blocks.StructBlock):
        unsaid = defaults(block)
        return {
            name: said_of(child, value[name], pictures)
            for name, child in block.child_blocks.items()
            if value.get(name) not in (None, "", []) and (is_needed(child) or value[name] != unsaid.get(name))
        }
    if isinstance(block, blocks.ListBlock):
        return [said_of(block.child_block, item["value"], pictures) for item in value]
    if isinstance(block, ImageChooserBlock):
        return pictures[value]
    return int(value) if isinstance(block, blocks.DecimalBlock) and str(value).isdigit() else value
