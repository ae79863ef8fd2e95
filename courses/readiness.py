"""Whether a course can be given to learners without anybody getting stuck; in sentences for the editor."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from . import completion

# What a block cannot do without. An editor may have deleted it since.
FILES = ("image", "video", "captions", "audio", "document")


def unfinished(draft):
    """What is wrong with a page that was saved as a draft, where Wagtail lets things be missing; else None."""
    try:
        draft.full_clean()
        for field in draft._meta.fields:
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(draft, field.name))
    except ValidationError:
        return _("“%(title)s” is not finished. Open it and press “Publish” there to see what is missing.") % {
            "title": draft.title
        }
    return None


def problem(manifest):
    """The first thing that is missing from a manifest; None when it can be released. Pure."""
    for name, sentences in manifest.get("blanks", {}).items():
        if not sentences:
            return _("The blank “%(name)s” is not declared. Declare it under “Company blanks”, or spell it right.") % {
                "name": name
            }
    keys = None
    for code, text in sorted(manifest["languages"].items()):
        steps = text["steps"]
        if not steps:
            return _("The course has no lessons. A lesson that was unpublished stays out until it is published again.")
        keys = keys or [step["key"] for step in steps]
        # Progress counts steps by key: whoever changes the language half-way goes on at the same place.
        if [step["key"] for step in steps] != keys:
            return _("The steps in “%(language)s” are not the same, in the same order.") % {"language": code}
        if found := _lesson_problem(steps) or _quiz_problem([step for step in steps if step["kind"] == "quiz"]):
            return found
    return None


def _lesson_problem(steps):
    for step in steps:
        for block in step.get("blocks", []):
            if isinstance(block["value"], dict) and (sentence := _block_problem(block)):
                return sentence % {"title": step["title"]}
        rule = step.get("completion")
        if rule == "watched" and not completion.blocks_of(step, *completion.PLAYED):
            return _("“%(title)s” is done when its video is watched, but it has none.") % {"title": step["title"]}
        if rule == "answered" and not completion.blocks_of(step, "check"):
            return _("“%(title)s” is done when its questions are answered, but it asks none.") % {
                "title": step["title"]
            }
    return None


def _block_problem(block):
    value = block["value"]
    if any(value.get(name, "") is None for name in FILES):
        return _("A picture or file of “%(title)s” is no longer in the library.")
    if block["type"] == "check" and not (value["question"] and value["question"]["version"]):
        return _("A check question of “%(title)s” is not published.")


def _quiz_problem(steps):
    seen = set()
    for step in steps:
        if step["quiz"]["key"] in seen:
            return _("“%(title)s” asks the same quiz as a step before it.") % {"title": step["title"]}
        seen.add(step["quiz"]["key"])
        for draw in step["quiz"]["draws"]:
            if draw["count"] == 1 and not draw["pool"]:
                sentence = _("“%(title)s” asks a question that is not published: look for a draft among its questions.")
                return sentence % {"title": step["title"]}
            if len(draw["pool"]) < draw["count"]:
                return _("“%(title)s” draws %(count)d questions, but its bank has only %(pool)d published.") % {
                    "title": step["title"],
                    "count": draw["count"],
                    "pool": len(draw["pool"]),
                }
    return None
