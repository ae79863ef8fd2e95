"""What search finds a course by: the words of its current edition, which are those that its learners read.

The editors' row may say something else by now, and a half-done translation is written into it too.
"""

from django.utils.html import strip_tags
from wagtail.search import index

from content.blanks import BRACES


class Released(index.SearchField):
    """A field of the index, named by a key of `words`."""

    def get_value(self, obj):
        return words(obj).get(self.field_name, "")


def words(page):
    """`{"title", "about"}` in the language that people read at the address of the page; empty before any release."""
    # Imported here: the page's class names its fields of the index.
    from .models import Edition

    edition = Edition.objects.current().filter(course_key=page.translation_key).first()
    if not edition:
        return {}
    said = edition.content["languages"][edition.in_language(page.locale.language_code).language]
    about = [said["summary"], said["about"], *(text for step in said["steps"] for text in _texts(step))]
    return {"title": said["title"], "about": " ".join(about)}


def _texts(step):
    yield step["title"]
    for block in step.get("blocks", []):
        # A check question is named, not told.
        if block["type"] != "check":
            yield from (BRACES.sub(" ", strip_tags(text.replace("<", " <"))) for text in _strings(block["value"]))


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        yield from _strings([part for name, part in value.items() if name != "path"])
