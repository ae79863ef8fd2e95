"""From an edition to one step of it, in one language."""

from dataclasses import dataclass


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
