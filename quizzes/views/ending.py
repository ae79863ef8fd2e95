from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from content import slots

from .. import actions, results
from .mine import mine, mine_now


@login_required
def submit(request, uuid):
    """Hand in. The form carries no answers, so a stale tab cannot blank anything; twice is once."""
    attempt = mine(request, uuid)
    if request.method != "POST":
        return redirect("quizzes:review", uuid=uuid)
    attribution = request.session.get("attribution", "password")
    actions.submit_attempt(attempt=attempt, at=timezone.now(), attribution=attribution)
    return redirect("quizzes:result", uuid=uuid)


@login_required
@never_cache
@require_GET
def result(request, uuid):
    at = timezone.now()
    attempt = mine_now(request, uuid, at)
    if attempt.in_progress:
        return redirect("quizzes:attempt", uuid=uuid)
    onward = slots.fill("attempt_onward", attempt=attempt)
    return render(request, "quizzes/result.html", results.page(attempt, get_language(), at) | {"onward": onward})
