from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from .help import PAGES
from .models.pages import language_of
from .search import LONGEST, clean, find, hits, tree


@require_safe
def search(request):
    query = clean(request.GET.get("q", ""))
    context = {"query": query, "longest": LONGEST}
    if query:
        root = tree(request)
        page = find(query, root).get_page(request.GET.get("page"))
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
