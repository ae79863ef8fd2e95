"""What makes the site installable: its manifest, the page for when there is no line, and the worker that shows it.

All three know nobody and are the same for everybody, so that nothing personal is ever kept by a browser. Their
addresses have no prefix of a language: nobody may be led elsewhere while a browser fetches them.
"""

import hashlib

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

NAVY = "#081a32"
HOUR = 3600
# All that the page without a line is made of.
KEPT = [
    "gatehouse/tokens.css",
    "gatehouse/gatehouse.css",
    "gatehouse/mark.svg",
    "gatehouse/fonts/public-sans-latin-wght-normal.woff2",
]


def _known(language):
    if language not in dict(settings.LANGUAGES):
        raise Http404


def _icon(name, size, purpose="any"):
    kind = "image/svg+xml" if name.endswith("svg") else "image/png"
    return {"src": static(f"gatehouse/{name}"), "sizes": size, "type": kind, "purpose": purpose}


@require_safe
@cache_control(public=True, max_age=HOUR)
def manifest(request, language):
    _known(language)
    with override(language):
        says = {
            "id": "/",
            "name": _("Gatehouse: security training"),
            "short_name": "Gatehouse",
            "description": _("Short lessons, quizzes and guides for the gate, the dock, the road and the office."),
            "lang": language,
            "start_url": reverse(settings.SIGNED_IN_HOME),
        }
    says |= {"scope": "/", "display": "standalone", "background_color": NAVY, "theme_color": NAVY}
    says["icons"] = [
        _icon("mark.svg", "any"),
        _icon("icon-192.png", "192x192"),
        _icon("icon-512.png", "512x512"),
        _icon("icon-maskable-512.png", "512x512", "maskable"),
    ]
    return JsonResponse(says, content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=HOUR)
def offline(request, language):
    """Shown by the worker in the place of a page that could not be fetched."""
    _known(language)
    with override(language):
        return render(request, "content/offline.html")


@require_safe
@cache_control(no_cache=True)
def worker(request):
    pages = {language: reverse("offline", args=[language]) for language, _name in settings.LANGUAGES}
    # Under their plain names, as that page asks for them. Another release has other hashed ones.
    context = {"pages": pages, "files": [*pages.values(), *(settings.STATIC_URL + path for path in KEPT)]}
    context["name"] = hashlib.sha256(repr([static(path) for path in KEPT]).encode()).hexdigest()[:12]
    response = HttpResponse(content_type="text/javascript")
    response.write(render(request, "content/worker.js", context).content)
    return response
