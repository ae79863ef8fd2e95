"""Which of the packs that are kept hold a person's name. What was issued has left the house and still verifies."""

import csv
import io
import zipfile

from django.core.files.storage import default_storage

from learning.people import sheets

from ..models import EvidencePack, TrainingRecord


def holding(known):
    """EvidencePacks whose stored file has a record of the person, or lists the person among those who owe something."""
    records = TrainingRecord.objects.filter(person__in=known.accounts).values_list("uuid", flat=True)
    wanted = {str(uuid) for uuid in records} | known.values["number"]
    packs = EvidencePack.objects.order_by("pk").iterator()
    return [pack for pack in packs if default_storage.exists(pack.file) and _holds(pack.file, wanted)]


def _holds(name, wanted):
    with default_storage.open(name) as file, zipfile.ZipFile(file) as archive:
        tables = [member for member in archive.namelist() if member.endswith(".csv")]
        return any(wanted.intersection(_cells(archive, table)) for table in tables)


def _cells(archive, table):
    """What stands in the columns that say who."""
    with archive.open(table) as raw:
        rows = csv.reader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))
        heading = next(rows, [])
        places = [place for place, column in enumerate(heading) if column in ("record", "number")]
        for row in rows:
            yield from (sheets.exact(row[place]) for place in places)
