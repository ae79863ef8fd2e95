"""From an edition's plain blocks to what the block templates show: stored paths become addresses."""

from dataclasses import dataclass

from django.core.files.storage import default_storage


def with_urls(blocks):
    """Blocks whose pictures have a `url` beside their `path`; the stored rows stay as they are."""
    return [row | {"value": _with_url(row["value"])} for row in blocks]


def _with_url(value):
    if isinstance(value, dict) and "image" in value:
        image = value["image"]
        return value | {"image": image | {"url": default_storage.url(image["path"])}}
    return value


def draft_picture(image):
    """A picture of the library as a preview shows it; nothing is kept."""
    rendition = image if image.is_svg() else image.get_rendition("max-1280x1280|format-webp")
    return {
        "path": rendition.file.name,
        "width": round(rendition.width),
        "height": round(rendition.height),
        "title": image.title,
        "description": image.description,
    }


@dataclass
class StepText:
    """One step of an edition in one language, with the steps around it."""

    step: dict
    steps: list
    course_title: str
    language: str


def find_step(edition, slug, language):
    """The step under that slug, in that language or the first that the edition has; None when there is none."""
    texts = edition.content["languages"]
    language = language if language in texts else next(iter(texts))
    text = texts[language]
    step = next((step for step in text["steps"] if step["slug"] == slug), None)
    return step and StepText(step=step, steps=text["steps"], course_title=text["title"], language=language)
