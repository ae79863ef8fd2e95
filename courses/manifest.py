"""The manifest of a course: all that a learner sees, as canonical data, without Wagtail's bookkeeping.

    {"schema": 1, "course": uuid, "area": int, "criteria": [str], "topics": [str], "valid_months": int,
     "objectives": [{"code", "criterion", "text": {language: str}}],
     "files": {path: sha256},
     "languages": {language: {"title", "slug", "summary", "about", "takers", "steps": [step]}}}

A step is `{"key", "kind": "lesson", "title", "slug", "minutes", "completion": "seen", "blocks": [{"id", "type",
"value"}]}` or `{…, "kind": "quiz", "completion": "passed", "quiz": blueprint}`. Keys are translation keys.
"""

import hashlib

import rfc8785
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from content.blocks import plain_stream
from quizzes import blueprints

SCHEMA = 1


def build(course):
    """The manifest of the live rows of a course page and its translations. Files are kept under their hash."""
    files = {}
    languages = {}
    for row in course.get_translations(inclusive=True).live().select_related("locale").order_by("locale_id"):
        languages[row.locale.language_code] = {
            "title": row.title,
            "slug": row.slug,
            "summary": row.summary,
            "about": row.about,
            "takers": row.takers,
            "steps": [_step(step, files) for step in row.steps()],
        }
    return {
        "schema": SCHEMA,
        "course": str(course.translation_key),
        "area": course.area.number,
        "criteria": [criterion.number for criterion in course.criteria.order_by("position")],
        "topics": course.topic_list,
        "valid_months": course.valid_months,
        "objectives": [_objective(objective) for objective in course.objectives.select_related("criterion")],
        "files": files,
        "languages": languages,
    }


def canonical(manifest):
    """(text, hash): the RFC 8785 form and its SHA-256 in hex."""
    data = rfc8785.dumps(manifest)
    return data.decode(), hashlib.sha256(data).hexdigest()


def _objective(objective):
    translations = objective.get_translations(inclusive=True).select_related("locale")
    return {
        "code": objective.code,
        "criterion": objective.criterion.number,
        "text": {row.locale.language_code: row.text for row in translations},
    }


def _step(page, files):
    row = {"key": str(page.translation_key), "title": page.title, "slug": page.slug}
    if hasattr(page, "quiz"):
        blueprint = blueprints.of(page.quiz)
        return row | {
            "kind": "quiz",
            "minutes": page.quiz.minutes,
            "completion": "passed",
            "quiz": blueprint | {"key": str(page.quiz.translation_key)},
        }
    return row | {
        "kind": "lesson",
        "minutes": page.minutes,
        "completion": "seen",
        "blocks": plain_stream(page.body, lambda image: _picture(image, files)),
    }


def _picture(image, files):
    """Keeps the picture under its hash, where neither an editor nor a clean-up can change it."""
    rendition = image if image.is_svg() else image.get_rendition("max-1280x1280|format-webp")
    with rendition.file.open("rb") as file:
        data = file.read()
    digest = hashlib.sha256(data).hexdigest()
    path = f"editions/{digest[:2]}/{digest}.{rendition.file.name.rsplit('.', 1)[-1]}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    files[path] = digest
    return {
        "path": path,
        # An SVG may state no size of its own or a fractional one; the page only needs the proportion.
        "width": round(rendition.width),
        "height": round(rendition.height),
        "title": image.title,
        "description": image.description,
    }
