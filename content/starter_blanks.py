"""The starter's company blanks: what each company says in its own words, and what stands there until it does."""

from django.db import transaction

from .models import Blank, StarterRow
from .starter_files import need
from .upkeep import Row, bring


@transaction.atomic
def load_blanks(files, report):
    """The blanks of `blanks.yaml`. One that the company has made under the same name first stays the company's."""
    rows = [
        _blank(data, files.name(path))
        for path in files.find("blanks.yaml")
        for data in need(files.yaml(path), ["blanks"], files.name(path))[0]
    ]
    ours = set(StarterRow.objects.filter(key__startswith="blank/").values_list("key", flat=True))
    theirs = set(Blank.objects.filter(locale__language_code="en").values_list("name", flat=True))
    rows = [row for row in rows if row.key in ours or row.says["name"] not in theirs]
    bring(Blank, rows, kind="company blanks", report=report)


def _blank(data, file):
    name, hint, fallback = need(data, ["name", "help", "fallback"], file)
    return Row(f"blank/{name}", file, {"name": name, "help": hint, "fallback": fallback})
