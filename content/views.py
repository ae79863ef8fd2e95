from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from .search import LONGEST, clean, find, hits


@require_safe
def search(request):
    query = clean(request.GET.get("q", ""))
    context = {"query": query, "longest": LONGEST}
    if query:
        page = find(query, request).get_page(request.GET.get("page"))
        found = hits(list(page), get_language())
        context |= {"page": page, "hits": found, "total": page.paginator.count}
    return render(request, "content/search.html", context)
