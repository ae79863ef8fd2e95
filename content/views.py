from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.views import serve_chain

from .help import PAGES
from .models import GuideIndexPage, GuidePage
from .models.pages import language_of
from .search import KINDS, LONGEST, area_titles, clean, find, hits, tree


@require_safe
def search(request):
    query = clean(request.GET.get("q", ""))
    kind = request.GET.get("kind", "")
    numbers = request.GET.get("area", "")
    areas = area_titles(get_language())
    narrowed = {"kind": kind if kind in KINDS else "", "area": int(numbers) if numbers in map(str, areas) else None}
    context = {"query": query, "longest": LONGEST, "kinds": KINDS, "areas": areas} | narrowed
    if query:
        root = tree(request)
        page = find(query, root, **narrowed).get_page(request.GET.get("page"))
        found = hits(list(page), get_language())
        context |= {"page": page, "hits": found, "total": page.paginator.count} | language_of(root)
    return render(request, "content/search.html", context)


@require_safe
def help_index(request):
    return render(request, "content/help.html", {"pages": PAGES.items()})


@require_safe
def help_page(request, role):
    if role not in PAGES:
        raise Http404
    return render(request, "content/help_page.html", {"help": PAGES[role]})


@require_safe
def guides(request):
    return _served(request, GuideIndexPage.objects.live())


@require_safe
def guide(request, slug):
    return _served(request, GuidePage.objects.filter(slug=slug).live())


def _served(request, pages):
    """The page in the language of the address, else the one there is, with its own context and restrictions.

    Asked for directly: Wagtail's own way leads through every page above it, at two queries each.
    """
    wanted = Case(When(locale__language_code=get_language(), then=0), default=1)
    page = pages.select_related("locale").order_by(wanted, "pk").first()
    if not page:
        raise Http404
    serve = serve_chain
    for around in reversed(hooks.get_hooks("on_serve_page")):
        serve = around(serve)
    return serve(page, request, (), {})
