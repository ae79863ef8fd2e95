"""Company blanks: `{{dispatch phone}}` in a text, filled for whoever reads it. Learners never see braces.

A blank is declared once (`Blank`) with a fallback sentence in each language. What a company or a facility says instead
comes from above, through the slot `blank_values`. An edition holds the text with its braces, and the fallbacks.
"""

import re
from html import escape

from . import slots
from .models import Blank

BRACES = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")


def names_in(value):
    """The names of all blanks somewhere in a plain value."""
    if isinstance(value, str):
        return {" ".join(name.split()) for name in BRACES.findall(value)}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*(names_in(part) for part in parts))


def fallbacks(names):
    """`{name: {language: sentence}}` of those that are declared."""
    found = {}
    rows = Blank.objects.filter(name__in=names).order_by("name", "locale_id")
    for name, language, sentence in rows.values_list("name", "locale__language_code", "fallback"):
        found.setdefault(name, {})[language] = sentence
    return found


def values(names, *, declared, person, language, at):
    """`{name: text}` for each of the names: what applies to that person, else the fallback, else the bare name."""
    found = {}
    for name in names:
        sentences = declared.get(name, {})
        found[name] = sentences.get(language) or next(filter(None, sentences.values()), name)
    if names and person:
        for filled in slots.fill("blank_values", person=person, names=sorted(names), language=language, at=at):
            found |= filled
    return found


def filled(value, texts):
    """The plain value with texts in place of blanks. In HTML they are escaped; elsewhere the template does it."""
    if isinstance(value, str):
        in_html = "<" in value
        return BRACES.sub(lambda match: _text(match, texts, in_html), value)
    if isinstance(value, dict):
        return {name: filled(part, texts) for name, part in value.items()}
    return [filled(part, texts) for part in value] if isinstance(value, list) else value


def fill_for(rows, person, language, at):
    """Live rows, of a guide or a draft, filled for whoever reads them."""
    names = names_in(rows)
    if not names:
        return rows
    known = person if getattr(person, "is_authenticated", False) else None
    texts = values(names, declared=fallbacks(names), person=known, language=language, at=at)
    return filled(rows, texts)


def _text(match, texts, in_html):
    name = " ".join(match[1].split())
    text = texts.get(name, name)
    return escape(text, quote=False) if in_html else text
