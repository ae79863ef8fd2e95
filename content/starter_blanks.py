"""The starter's company blanks: what each company says in its own words, and what stands there until it does."""

from django.db import transaction

from .models import Blank, StarterRow
from .starter_files import need
from .translating import bring_words
from .upkeep import Row, bring


@transaction.atomic
def load_blanks(files, report):
    """The blanks of `blanks.yaml`. One that the company has made under the same name first stays the company's."""
    ours = set(StarterRow.objects.filter(key__startswith="blank/").values_list("key", flat=True))
    theirs = set(Blank.objects.filter(locale__language_code="en").values_list("name", flat=True))
    rows = [row for row in _rows(files, "name") if row.key in ours or row.says["name"] not in theirs]
    found = bring(Blank, rows, kind="company blanks", report=report)
    for said in files.translations():
        bring_words(found, _rows(said), language=said.language, kind="company blanks", report=report)


def _rows(files, *more):
    """The blanks of one language, which share their names."""
    rows = []
    for path in files.find("blanks.yaml"):
        file = files.name(path)
        for data in need(files.yaml(path), ["blanks"], file)[0]:
            need(data, ["name", "help", "fallback"], file)
            says = {name: data[name] for name in (*more, "help", "fallback")}
            rows.append(Row(f"blank/{data['name']}", file, says))
    return rows
