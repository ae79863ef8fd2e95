"""The pages of an attempt: plain views, since saving and turning pages is what a whole shift does at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from content import slots

from . import actions, grading, pages
from .kinds import KINDS, Unreadable
from .models import Attempt, QuestionVersion


def _mine(request, uuid):
    return get_object_or_404(Attempt, uuid=uuid, person=request.user)


@login_required
@never_cache
@require_GET
def attempt(request, uuid):
    """One question; the first open one unless `?question=` names another."""
    attempt = _mine(request, uuid)
    if not attempt.in_progress:
        return redirect("quizzes:result", uuid=uuid)
    given = actions.answers(attempt)
    item = pages.item_asked(request.GET.get("question"), given, attempt.max_points)
    if item is None:
        return redirect("quizzes:review", uuid=uuid)
    version = get_object_or_404(
        QuestionVersion.objects.only("uuid", "kind", "shown"), uuid=attempt.drawn[item]["version"]
    )
    question = pages.question(attempt, item, version, given.get(item), get_language())
    context = pages.language(question["language"]) | {
        "attempt": attempt,
        "question": question,
        "tally": pages.tally(attempt, given, item),
        "answered": len(given),
        "total": attempt.max_points,
        "onward": slots.fill("attempt_onward", attempt=attempt),
    }
    return render(request, "quizzes/attempt.html", context)


@login_required
def save(request, uuid, number):
    attempt = _mine(request, uuid)
    if not 1 <= number <= attempt.max_points:
        raise Http404
    if request.method != "POST":
        # A session that ended while somebody was thinking leads here by way of the sign-in page.
        messages.error(request, _("That answer was not saved. Please give it again."))
        return redirect(pages.question_url(attempt, number))
    version = QuestionVersion.objects.only("kind", "shown").get(uuid=attempt.drawn[number - 1]["version"])
    kind, shown = KINDS[version.kind], pages.in_language(version.shown, get_language())[1]
    here = redirect(pages.question_url(attempt, number))
    try:
        answer = kind.parse(request.POST, shown, attempt.drawn[number - 1])
    except Unreadable as error:
        messages.error(request, str(error))
        return here
    if answer is None:
        messages.error(request, _("Answer the question first. Nothing was saved."))
        return here
    try:
        actions.save_answer(attempt=attempt, item=number - 1, answer=answer, at=timezone.now())
    except actions.AttemptClosed:
        messages.error(request, _("This attempt was already handed in, so the answer was not changed."))
        return redirect("quizzes:result", uuid=uuid)
    if kind.moving(request.POST):
        return here
    if request.POST.get("go") == "review":
        return redirect("quizzes:review", uuid=uuid)
    # The next question in order; after the last one, the page that shows what is still open.
    if number == attempt.max_points:
        return redirect("quizzes:review", uuid=uuid)
    return redirect(pages.question_url(attempt, number + 1))


@login_required
@never_cache
@require_GET
def review(request, uuid):
    attempt = _mine(request, uuid)
    if not attempt.in_progress:
        return redirect("quizzes:result", uuid=uuid)
    given = actions.answers(attempt)
    overview = pages.overview(attempt, given)
    context = {
        "attempt": attempt,
        "overview": overview,
        "tally": pages.tally(attempt, given, None),
        "unanswered": [row for row in overview if not row["answered"]],
        "answered": len(given),
        "total": attempt.max_points,
        "onward": slots.fill("attempt_onward", attempt=attempt),
    }
    return render(request, "quizzes/review.html", context)


@login_required
def submit(request, uuid):
    """Hand in. The form carries no answers, so a stale tab cannot blank anything; twice is once."""
    attempt = _mine(request, uuid)
    if request.method != "POST":
        return redirect("quizzes:review", uuid=uuid)
    attribution = request.session.get("attribution", "password")
    actions.submit_attempt(attempt=attempt, at=timezone.now(), attribution=attribution)
    return redirect("quizzes:result", uuid=uuid)


@login_required
@never_cache
@require_GET
def result(request, uuid):
    attempt = _mine(request, uuid)
    if attempt.in_progress:
        return redirect("quizzes:attempt", uuid=uuid)
    versions = QuestionVersion.objects.filter(uuid__in=[row["version"] for row in attempt.drawn])
    used = Attempt.objects.of(attempt.person_id, attempt.quiz_key, attempt.context).count()
    rules = attempt.blueprint
    questions = pages.answered_questions(attempt, versions, actions.answers(attempt), get_language())
    context = pages.language(*(row["language"] for row in questions)) | {
        "attempt": attempt,
        "message": rules["pass_message"] if attempt.passed else rules["fail_message"],
        "points": formats.number_format(attempt.points.normalize()),
        "needed": grading.needed(attempt.max_points, rules["pass_mark"], whole=pages.whole(versions)),
        "attempts_left": max(0, rules["attempts_allowed"] - used),
        "again": [row for row in questions if not row["right"]],
        "right": [row for row in questions if row["right"]],
        "onward": slots.fill("attempt_onward", attempt=attempt),
    }
    return render(request, "quizzes/result.html", context)
