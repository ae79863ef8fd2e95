"""A site with its home page, guides with real blocks, and pictures."""

import io
import json
import uuid

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Page, Site

from content.models import CriteriaArea, Criterion, GuideIndexPage, GuidePage, HomePage, Objective, Picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200"><path d="M0 0h9"/></svg>'


def home():
    """The home page, as the root of the default site."""
    found = HomePage.objects.first()
    if not found:
        found = Page.objects.get(depth=1).add_child(instance=HomePage(title="Gatehouse", slug="gatehouse"))
    Site.objects.update(root_page=found)
    return found


def guide_index():
    return GuideIndexPage.objects.first() or home().add_child(instance=GuideIndexPage(title="Guides", slug="guides"))


def guide(title="Checking a seal", body=(), criteria=(), **fields):
    """A published guide; `body` is a list of `(type, value)`."""
    says = {"slug": title.lower().replace(" ", "-"), "summary": f"What {title} is about."} | fields
    page = GuidePage(title=title, body=json.dumps([block(*row) for row in body]), **says)
    page.criteria = list(criteria)
    guide_index().add_child(instance=page)
    page.save_revision().publish()
    return GuidePage.objects.get(pk=page.pk)


def block(kind, value):
    """The id follows from the value, so that it is the same in every run."""
    return {"type": kind, "value": value, "id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind} {value}"))}


def drawing(title="A bolt seal", description="A bolt seal in a hasp."):
    picture = Picture(title=title, description=description)
    picture.file = ImageFile(io.BytesIO(SVG), name=f"{uuid.uuid4().hex}.svg")
    picture.save()
    return picture


def photograph(title="A trailer", description="A trailer at a dock."):
    data = io.BytesIO()
    Image.new("RGB", (2560, 1280), "navy").save(data, "PNG")
    data.seek(0)
    picture = Picture(title=title, description=description)
    picture.file = ImageFile(data, name=f"{uuid.uuid4().hex}.png")
    picture.save()
    return picture


STARTS = {
    "mp4": b"\0\0\0\x18ftypmp42",
    "mp3": b"ID3\4",
    "vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nLook at the seal.\n",
    "pdf": b"%PDF-1.7",
}


def file(name="seal.mp4", data=None):
    """A file of the library that begins like one of its kind."""
    made = Document(title=name, file_size=0)
    made.file = ContentFile(STARTS[name.rsplit(".", 1)[-1]] if data is None else data, name=name)
    made.file_size = made.file.size
    made.save()
    return made


def area(number=6, title="Seal security"):
    focus = CriteriaArea.FocusArea.TRANSPORTATION
    return CriteriaArea.objects.get_or_create(number=number, defaults={"title": title, "focus_area": focus})[0]


def criterion(number="6.1", position=1):
    says = {"area": area(int(number.split(".")[0])), "level": "must", "summary": f"Says {number}", "position": position}
    return Criterion.objects.get_or_create(number=number, defaults=says)[0]


def objective(code="fit", number="6.1"):
    return Objective.objects.get_or_create(code=code, defaults={"text": "Fit a seal", "criterion": criterion(number)})[
        0
    ]
