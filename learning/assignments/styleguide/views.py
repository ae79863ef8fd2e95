"""`/styleguide/`: every part in every state, from the templates that people see. Only in a demo."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from . import blocks, parts, questions

PAGES = {
    "parts": lambda: parts.shown(),
    "blocks": lambda: {"blocks": blocks.shown(), "rules": blocks.rules()},
    "questions": lambda: {"kinds": questions.shown()},
}


@require_GET
def styleguide(request, page="parts"):
    if not settings.DEMO or page not in PAGES:
        raise Http404
    return render(request, f"assignments/styleguide/{page}.html", PAGES[page]() | {"here": page, "pages": list(PAGES)})
