"""The starter rows of this room, from the files in `content/starter/`: criteria, pictures, objectives, pages, guides.

Each function brings one kind, is harmless when run again, and leaves alone what the company has edited (`upkeep.py`).
"""

import hashlib
import re
from html import unescape

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from .models import CriteriaArea, Criterion, GuideIndexPage, GuidePage, HomePage, Objective, Picture, StarterRow
from .starter_files import need, need_all, pick, pick_one
from .translating import bring_words
from .upkeep import Row, StarterError, bring

SVG_TEXT = re.compile(r"<(title|desc)\b[^>]*>(.*?)</\1>", re.DOTALL)


@transaction.atomic
def load_criteria(files, report):
    """Areas and criteria of `criteria.yaml`."""
    for path in files.find("criteria.yaml"):
        file = files.name(path)
        areas = [
            (focus["id"], area) for focus in need(files.yaml(path), ["focus_areas"], file)[0] for area in focus["areas"]
        ]
        area_rows = [_area(*area, file) for area in areas]
        numbered = bring(CriteriaArea, area_rows, kind="criteria areas", report=report)
        known = all_areas()
        criteria = [(area, criterion) for _focus, area in areas for criterion in area["criteria"]]
        rows = [_criterion(known, place, *pair, file) for place, pair in enumerate(criteria)]
        found = bring(Criterion, rows, kind="criteria", report=report)
        for said in files.translations():
            area_words, words = _criteria_words(said)
            if area_words:
                need_all([*area_rows, *rows], [*area_words, *words], area_words[0].file)
            bring_words(numbered, area_words, language=said.language, kind="criteria areas", report=report)
            bring_words(found, words, language=said.language, kind="criteria", report=report)


def _criteria_words(said):
    areas, criteria = [], []
    for path in said.find("criteria.yaml"):
        file = said.name(path)
        focus_areas = need(said.yaml(path), ["focus_areas"], file)[0]
        for area in [area for focus in focus_areas for area in focus["areas"]]:
            number, title, purpose = need(area, ["number", "title", "purpose"], file)
            areas.append(Row(f"area/{number}", file, {"title": title, "purpose": purpose}))
            for criterion in area["criteria"]:
                number, summary = need(criterion, ["id", "summary"], file)
                says = {"summary": summary}
                says |= {"topics": criterion["training_topics"]} if "training_topics" in criterion else {}
                criteria.append(Row(f"criterion/{number}", file, says))
    return areas, criteria


def _area(focus_area, area, file):
    number, title, purpose = need(area, ["number", "title", "purpose"], file)
    says = {"number": number, "title": title, "purpose": purpose, "focus_area": focus_area}
    return Row(f"area/{number}", file, says)


def _criterion(areas, place, area, criterion, file):
    number, level, summary = need(criterion, ["id", "level", "summary"], file)
    if not isinstance(number, str):
        raise StarterError(f"{file}: write the criterion {number} in quotes; 4.1 and 4.10 differ.")
    says = {
        "number": number,
        "area": pick_one(areas, area["number"], file, "area"),
        "level": level,
        "summary": summary,
        "entity_types": criterion.get("applies_to", []),
        "topics": criterion.get("training_topics", []),
        "roles": criterion.get("trains", []),
        "position": place,
    }
    return Row(f"criterion/{number}", file, says)


@transaction.atomic
def load_pictures(files, report):
    """The illustrations; their `<desc>` is the text alternative. Returns `{name without ending: id}`."""
    rows, words = [], _picture_words(files)
    for path in files.find("illustrations/*.svg"):
        data = path.read_bytes()
        texts = {name: unescape(text.strip()) for name, text in SVG_TEXT.findall(data.decode())}
        title, description = need(texts, ["title", "desc"], files.name(path))
        says = {"title": title, "description": description, "file_hash": hashlib.sha1(data).hexdigest()}
        rows.append(Row(f"picture/{path.stem}", files.name(path), says | words.get(path.stem, {})))

    def write(picture, row):
        _write_file(picture, row, files.path(row.file))

    bring(Picture, rows, kind="pictures", report=report, write=write)
    # With those that the company deleted: a text that shows one still says what it said.
    notes = StarterRow.objects.filter(key__in=[row.key for row in rows])
    return {note.key.removeprefix("picture/"): int(note.target) for note in notes}


def _picture_words(files):
    """`{name: {"description_es": …}}`: a picture is one row, and says what it shows in every language."""
    found = {}
    for said in files.translations():
        for path in said.find("illustrations.yaml"):
            for name, words in said.yaml(path).items():
                description = need(words, ["description"], f"{said.name(path)}, {name}")[0]
                found.setdefault(name, {})[f"description_{said.language}"] = description
    return found


def _write_file(found, row, path):
    if found.file_hash != row.says["file_hash"]:
        if found.file:
            # After the commit: a load that fails must find the old file where it was.
            storage, old = found.file.storage, found.file.name
            transaction.on_commit(lambda: storage.delete(old))
        data = path.read_bytes()
        found.file, found.file_size = ContentFile(data, name=path.name), len(data)
    for name, value in row.says.items():
        setattr(found, name, value)


@transaction.atomic
def load_files(files, report):
    """Videos, captions and documents of `media/`. Returns `{name with ending: id}`."""
    rows = []
    for path in files.find("media/*.*"):
        digest = hashlib.sha1(path.read_bytes()).hexdigest()
        rows.append(Row(f"file/{path.name}", files.name(path), {"title": path.stem, "file_hash": digest}))

    def write(document, row):
        _write_file(document, row, files.path(row.file))

    bring(get_document_model(), rows, kind="files", report=report, write=write)
    notes = StarterRow.objects.filter(key__in=[row.key for row in rows])
    return {note.key.removeprefix("file/"): int(note.target) for note in notes}


@transaction.atomic
def load_objectives(rows, report, *, words):
    """`rows` are (file, dict with id, text, criterion), `words` the same by language where there is a translation."""
    criteria = all_criteria()
    objectives = []
    for file, data in rows:
        code, text, criterion = need(data, ["id", "text", "criterion"], file)
        says = {"code": code, "text": text, "criterion": pick_one(criteria, criterion, file, "criterion")}
        objectives.append(Row(f"objective/{code}", file, says))
    found = bring(Objective, objectives, kind="objectives", report=report)
    for language, said in words.items():
        texts = [
            Row(f"objective/{code}", file, {"text": text})
            for file, data in said
            for code, text in [need(data, ["id", "text"], file)]
        ]
        bring_words(found, texts, language=language, kind="objectives", report=report)


@transaction.atomic
def load_home(files, report):
    """The home page, at the root of the site, in place of Wagtail's welcome page. Returns it."""
    home = load_page(HomePage, "home", "gatehouse", files, report, add=lambda page, row: _add_home(page, files))
    if not home:
        raise StarterError("There is no home page to put guides and courses under; add one in the admin, at the root.")
    return home


def load_page(model, name, slug, files, report, add):
    """One of the pages of `site.yaml`, of which a site has one each; the company's own if it made it first.

    Returns it, or None when there is none: the company deleted it, or no file speaks of it.
    """
    key = f"page/{name}"
    ours = StarterRow.objects.filter(key=key).exists()
    for path in files.find("site.yaml") if ours or not model.objects.exists() else []:
        data = need(files.yaml(path), [name], files.name(path))[0]
        title, intro = need(data, ["title", "intro"], files.name(path))
        row = Row(key, files.name(path), {"title": title, "slug": slug, "intro": intro})
        pages = bring(model, [row], kind=str(model._meta.verbose_name), report=report, add=add)
        for said in files.translations():
            words = [_page_words(said, path, name, key) for path in said.find("site.yaml")]
            bring_words(pages, words, language=said.language, kind=str(model._meta.verbose_name), report=report)
    return model.objects.filter(locale__language_code="en").first() or model.objects.first()


def _page_words(said, path, name, key):
    data = need(said.yaml(path), [name], said.name(path))[0]
    title, intro = need(data, ["title", "intro"], said.name(path))
    return Row(key, said.name(path), {"title": title, "intro": intro})


def _add_home(page, files):
    root = Page.get_first_root_node()
    root.add_child(instance=page)
    site_name = need(files.yaml(files.folder / "site.yaml"), ["site_name"], "site.yaml")[0]
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if not site:
        Site.objects.create(hostname="localhost", root_page=page, is_default_site=True, site_name=site_name)
    elif _is_welcome(site.root_page):
        welcome, site.root_page = site.root_page, page
        site.site_name = site.site_name or site_name
        # First the site, then the page: deleting a site's root page deletes the site.
        site.save()
        welcome.delete()


def _is_welcome(page):
    """Whether that is the page that a new Wagtail comes with, and nobody has touched it."""
    return (
        page.specific_class is Page
        and page.title == "Welcome to your new Wagtail site!"
        and page.is_leaf()
        and not page.latest_revision_id
    )


@transaction.atomic
def load_guides(files, report, *, home, pictures):
    """The guides, published."""
    index = load_page(
        GuideIndexPage, "guides", "guides", files, report, add=lambda page, row: home.add_child(instance=page)
    )
    criteria = all_criteria()
    rows = [_guide(files.text(path), criteria, pictures) for path in files.find("guides/*.md")]
    if rows and not index:
        raise StarterError("There is no page to put guides under; add a guide index in the admin.")
    pages = bring(GuidePage, rows, kind="guides", report=report, add=lambda page, row: index.add_child(instance=page))
    for said in files.translations():
        if index and index.get_translations().filter(locale__language_code=said.language).exists():
            words = [_guide_words(said.text(path), pictures) for path in said.find("guides/*.md")]
            bring_words(pages, words, language=said.language, kind="guides", report=report)


def _guide_words(text, pictures):
    title, summary = need(text.head, ["title", "summary"], text.file)
    row = Row(f"guide/{text.stem}", text.file, {})
    body, row.lines = text.blocks(row.identity, pictures)
    row.says = {"title": title, "summary": summary, "body": body}
    return row


def _guide(text, criteria, pictures):
    title, summary = need(text.head, ["title", "summary"], text.file)
    row = Row(f"guide/{text.stem}", text.file, {})
    body, row.lines = text.blocks(row.identity, pictures)
    row.says = {
        "title": title,
        "slug": text.stem,
        "summary": summary,
        "body": body,
        "author": text.head.get("author", ""),
        "criteria": pick(criteria, text.head.get("criteria", []), text.file, "criterion"),
        "reviewed_on": text.head.get("reviewed_on"),
        "review_by": text.head.get("review_by"),
    }
    return row


def all_areas():
    return {area.number: area for area in CriteriaArea.objects.filter(locale__language_code="en")}


def all_criteria():
    return {criterion.number: criterion for criterion in Criterion.objects.filter(locale__language_code="en")}


def all_objectives():
    return {objective.code: objective for objective in Objective.objects.filter(locale__language_code="en")}
