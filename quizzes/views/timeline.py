from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from .. import results
from ..models import Attempt
from ..timeline import MOST, events

PER_PAGE = 20


@login_required
@never_cache
@require_GET
def of_person(request, uuid):
    """The attempts of one person of the line, the newest first."""
    on = timezone.localdate()
    person = get_object_or_404(get_user_model().objects.visible_to(request.user, on), uuid=uuid)
    accounts = get_user_model().objects.accounts_of(person)
    rows = Attempt.objects.visible_to(request.user, on).filter(person__in=accounts).with_title().order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "quizzes/of_person.html", {"person": person, "page": page})


@login_required
@never_cache
@require_GET
def timeline(request, uuid):
    """What became of an attempt, for a supervisor of the line: not what was answered, which they may still be asked."""
    seen = Attempt.objects.visible_to(request.user, timezone.localdate()).select_related("person", "voided_by")
    attempt = get_object_or_404(seen, uuid=uuid)
    language = get_language()
    context = {
        "attempt": attempt,
        "events": events(attempt, {}, language),
        "shortfalls": results.shortfalls(attempt, language),
        "most": MOST,
    }
    return render(request, "quizzes/timeline.html", context)
