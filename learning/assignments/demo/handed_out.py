"""What the company gives out of its hands: packs for those who ask for proof, and sheets that everybody may fetch."""

import tempfile
from pathlib import Path

from django.core.files import File
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.models import Collection

from learning.people import sheets
from learning.records.pack import actions as packs
from learning.records.pack.scope import CRITERION, Scope

# (criterion, completed in so many days, to whom, why). One criterion each: a pack writes a report for every criterion
# in it, and the whole programme would take longer than all two years.
PACKS = [
    ("6.7", 365, "Mesa Verde Produce, supplier compliance", "They ask each year how our people learn to check seals."),
    ("12.2", 730, "Our Supply Chain Security Specialist", "Asked for before the validation visit."),
]
# {title: (heading, rows)}
DOCUMENTS = {
    "Seal log, empty sheet": (
        ["Seal number", "Date and time", "Given by", "Taken by", "Unit", "Bill of lading", "Used, back or void"],
        [],
    ),
    "Bitácora de sellos, hoja en blanco": (
        [
            "Número de sello",
            "Fecha y hora",
            "Entregó",
            "Recibió",
            "Unidad",
            "Conocimiento",
            "Usado, devuelto o anulado",
        ],
        [],
    ),
    "Telephone list for an incident": (
        ["Whom to call", "El Paso terminal", "Nuevo Laredo yard"],
        [
            ["Gate, day and night", "+1 915 555 0140", "+52 867 555 0140"],
            ["Dispatch", "+1 915 555 0142", "+52 867 555 0142"],
            ["Security contact, by day", "Marcus Bell, +1 915 555 0151", "Alicia Cantú, +52 867 555 0151"],
            ["Emergency", "911", "911"],
        ],
    ),
}


def happen(story, at):
    """All of it, as of that instant. Raises packs.NotIssued."""
    for criterion, days, to_whom, why in PACKS:
        scope = Scope(CRITERION, criterion, since=story.day(days))
        packs.issue(scope=scope, to_whom=to_whom, why=why, by=story.people["compliance"], at=at)
    for title, (heading, rows) in DOCUMENTS.items():
        _offer(title, heading, rows, by=story.people["editor"])


def _offer(title, heading, rows, *, by):
    """As an editor uploads a file in the admin."""
    document = get_document_model()(uploaded_by_user=by)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{title}.xlsx"
        sheets.write_xlsx(heading, rows, path, title="Sheet", total=len(rows))
        with path.open("rb") as file:
            said = {"title": title, "collection": Collection.get_first_root_node().pk}
            form = get_document_form(type(document))(said, {"file": File(file, path.name)}, instance=document, user=by)
            # Before saving, which takes size and hash of the file from what was cleaned.
            form.full_clean()
            form.save()
