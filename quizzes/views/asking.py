from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from content import slots

from .. import actions, pages, told
from ..models import Mark, QuestionVersion
from .mine import mine_now


@login_required
@never_cache
@require_GET
def attempt(request, uuid):
    """One question (the first open one unless `?question=` names another), or all of them."""
    at = timezone.now()
    attempt = mine_now(request, uuid, at)
    if not attempt.in_progress:
        return redirect("quizzes:result", uuid=uuid)
    given = actions.answers(attempt)
    if pages.on_one_page(attempt):
        return _page(request, attempt, given, range(attempt.max_points), at)
    item = pages.item_asked(request.GET.get("question"), pages.settled(attempt, given), attempt.max_points)
    if item is None:
        # All is answered; what is watched is still worth a look.
        item = min(pages.observed(attempt), default=None)
    if item is None:
        return redirect("quizzes:review", uuid=uuid)
    return _page(request, attempt, given, [item], at)


def _page(request, attempt, given, items, at):
    questions = _questions(attempt, given, items)
    settled = pages.settled(attempt, given)
    context = pages.language(*(question["language"] for question in questions)) | {
        "attempt": attempt,
        "questions": questions,
        "question": questions[0],
        "tally": pages.tally(attempt, settled, items[0] if len(items) == 1 else None),
        "answered": len(settled),
        "total": attempt.max_points,
        "tells_each": pages.tells_each(attempt),
        "clock": pages.clock(attempt, at),
        "onward": slots.fill("attempt_onward", attempt=attempt),
    }
    name = "attempt_all" if pages.on_one_page(attempt) else "attempt"
    return render(request, f"quizzes/{name}.html", context)


def _questions(attempt, given, items):
    """Rows for the page; of a question whose answer was checked also what is right (`told`)."""
    language = get_language()
    names = {item: attempt.drawn[item]["version"] for item in items}
    checked = actions.checked(attempt) & set(items)
    versions = QuestionVersion.objects.shown(names.values())
    # Keys of the others do not even leave the database.
    keys = _whole([names[item] for item in checked]) if checked else {}
    signed = _signed(attempt, items)
    return [
        pages.question(attempt, item, versions[name], given.get(item), language)
        | {
            "signed": signed.get(item),
            "told": told.question(attempt, item, keys[name], given.get(item), language) if item in checked else None,
        }
        for item, name in names.items()
    ]


def _signed(attempt, items):
    """`{item: mark}` of what was watched already. Most quizzes have nothing to watch, and ask nothing here."""
    watched = pages.observed(attempt).intersection(items)
    if not watched:
        return {}
    marks = Mark.objects.filter(attempt=attempt, item__in=watched).select_related("marked_by").order_by("pk")
    return {mark.item: mark for mark in marks}


def _whole(names):
    return {str(version.uuid): version for version in QuestionVersion.objects.filter(uuid__in=names)}


@login_required
@never_cache
@require_GET
def review(request, uuid):
    at = timezone.now()
    attempt = mine_now(request, uuid, at)
    if not attempt.in_progress:
        return redirect("quizzes:result", uuid=uuid)
    settled = pages.settled(attempt, actions.answers(attempt))
    overview = pages.overview(attempt, settled, actions.checked(attempt))
    context = {
        "attempt": attempt,
        "overview": overview,
        "tally": pages.tally(attempt, settled, None),
        "unanswered": [row for row in overview if not row["answered"]],
        "answered": len(settled),
        "total": attempt.max_points,
        "feedback": attempt.blueprint.get("feedback", "submit"),
        "clock": pages.clock(attempt, at),
        "onward": slots.fill("attempt_onward", attempt=attempt),
    }
    return render(request, "quizzes/review.html", context)
