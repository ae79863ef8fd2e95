"""Whether a course can be given to learners without anybody getting stuck; in sentences for the editor."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

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
    keys = None
    for code, text in sorted(manifest["languages"].items()):
        steps = text["steps"]
        if not steps:
            return _("The course has no lessons. A lesson that was unpublished stays out until it is published again.")
        keys = keys or [step["key"] for step in steps]
        # Progress counts steps by key: whoever changes the language half-way goes on at the same place.
        if [step["key"] for step in steps] != keys:
            return _("The steps in “%(language)s” are not the same, in the same order.") % {"language": code}
        if found := _file_problem(steps) or _quiz_problem([step for step in steps if step["kind"] == "quiz"]):
            return found
    return None


def _file_problem(steps):
    for step in steps:
        for block in step.get("blocks", []):
            if isinstance(block["value"], dict) and any(block["value"].get(name, "") is None for name in FILES):
                return _("A picture or file of “%(title)s” is no longer in the library.") % {"title": step["title"]}
    return None


def _quiz_problem(steps):
    seen = set()
    for step in steps:
        if step["quiz"]["key"] in seen:
            return _("“%(title)s” asks the same quiz as a step before it.") % {"title": step["title"]}
        seen.add(step["quiz"]["key"])
        for draw in step["quiz"]["draws"]:
            if len(draw["pool"]) < draw["count"]:
                return _("“%(title)s” draws %(count)d questions, but its bank has only %(pool)d published.") % {
                    "title": step["title"],
                    "count": draw["count"],
                    "pool": len(draw["pool"]),
                }
    return None
