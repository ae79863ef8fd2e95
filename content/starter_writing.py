"""What this room says, in the files that the loader reads: the other direction of `starter.py`.

`Shelf` collects the files of one language. Rows that the loader made keep the names that it knows them by; what the
company made is named by its address or its title.
"""

from pathlib import Path

import yaml
from django.utils.text import slugify

from .blocks import plain_stream
from .manuscript.writing import written
from .models import (
    Blank,
    CriteriaArea,
    Criterion,
    GuideIndexPage,
    GuidePage,
    HomePage,
    Picture,
    StarterRow,
)

WIDTH = 110


class Dumper(yaml.SafeDumper):
    """Text of several lines is written as such, so that a change of one line is a change of one line."""


def _text(dumper, text):
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Dumper.add_representer(str, _text)


def yaml_of(data):
    return yaml.dump(data, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)


class Names:
    """What the files call a row: `{(prefix, id): name}`, and the names of pictures, files and questions in texts."""

    def __init__(self):
        self.known = {}
        for key, target in StarterRow.objects.values_list("key", "target"):
            prefix, _slash, name = key.partition("/")
            self.known[prefix, target] = name

    def of(self, prefix, row, otherwise):
        return self.known.get((prefix, str(row.pk))) or otherwise

    def picture(self, row):
        return self.of("picture", row, slugify(row.title) or f"picture-{row.pk}")

    def file(self, row):
        return self.of("file", row, Path(row.file.name).name)

    def chosen(self, row):
        """The name of a row that a block chose, as a manuscript gives it."""
        if isinstance(row, Picture):
            return self.picture(row)
        return self.file(row) if hasattr(row, "file") else self.question(row)

    def question(self, row):
        """One name in all languages: that of the row that the loader made."""
        code = self.of("question", row, None)
        return code or f"own-{str(row.translation_key)[:8]}"


class Shelf:
    """The files of one language, by path below its folder; `said` are sentences about what the files cannot say."""

    def __init__(self, language, names):
        self.language, self.names = language, names
        self.files, self.said = {}, []

    @property
    def is_original(self):
        return self.language == "en"

    def put(self, path, data):
        self.files[path] = data if isinstance(data, (str, bytes)) else yaml_of(data)

    def manuscript(self, path, head, stream):
        rows = plain_stream(stream, self.names.chosen)
        self.put(path, written({name: value for name, value in head.items() if value not in (None, "", [])}, rows))

    def of(self, model):
        return model.objects.filter(locale__language_code=self.language)


def write(shelf):
    """Everything of this room."""
    _criteria(shelf)
    blanks = [{"name": row.name, "help": row.help, "fallback": row.fallback} for row in shelf.of(Blank).order_by("pk")]
    if blanks:
        shelf.put("blanks.yaml", {"blanks": blanks})
    _pictures(shelf)
    for guide in shelf.of(GuidePage).live().order_by("slug"):
        _guide(shelf, guide)


def _criteria(shelf):
    focus_areas = {}
    for area in shelf.of(CriteriaArea).order_by("number"):
        focus = {"id": area.focus_area, "title": str(area.get_focus_area_display()), "areas": []}
        rows = [_criterion(shelf, row) for row in shelf.of(Criterion).filter(area__number=area.number)]
        said = {"number": area.number, "title": area.title, "purpose": area.purpose, "criteria": rows}
        focus_areas.setdefault(area.focus_area, focus)["areas"].append(said)
    if focus_areas:
        shelf.put("criteria.yaml", {"focus_areas": list(focus_areas.values())})


def _criterion(shelf, row):
    more = {"applies_to": row.entity_types, "training_topics": row.topics, "trains": row.roles}
    more = {name: value for name, value in more.items() if value}
    return {"id": row.number, "level": row.level, "summary": row.summary, **more}


def _pictures(shelf):
    if not shelf.is_original:
        rows = Picture.objects.exclude(**{f"description_{shelf.language}": ""}).order_by("pk")
        words = {
            shelf.names.picture(row): {"description": getattr(row, f"description_{shelf.language}")} for row in rows
        }
        if words:
            shelf.put("illustrations.yaml", words)
        return
    for row in Picture.objects.order_by("pk"):
        name, ending = shelf.names.picture(row), Path(row.file.name).suffix.lower()
        with row.open_file() as file:
            shelf.put(f"illustrations/{name}{ending}", file.read())
        if ending != ".svg":
            shelf.said.append(f"“{row.title}” is no SVG: its file is there, but a load takes drawings only.")


def site(shelf, **more):
    """`site.yaml`; `more` are pages of rooms above by their names there."""
    pages = {"home": shelf.of(HomePage).first(), "guides": shelf.of(GuideIndexPage).first(), **more}
    said = {name: {"title": page.title, "intro": page.intro} for name, page in pages.items() if page}
    if shelf.is_original and (home := pages["home"]):
        root = home.sites_rooted_here.first()
        said = {"site_name": root.site_name if root else home.title, **said}
    if said:
        shelf.put("site.yaml", said)


def _guide(shelf, page):
    head = {
        "title": page.title,
        "summary": page.summary,
        "author": page.author,
        "criteria": [row.number for row in sorted(page.criteria.all(), key=lambda row: row.position)],
        "reviewed_on": page.reviewed_on,
        "review_by": page.review_by,
    }
    shelf.manuscript(f"guides/{page.slug}.md", head, page.body)
