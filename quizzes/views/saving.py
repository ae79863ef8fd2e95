"""Saving: a form that was sent is answered by a page, the script's save (`Accept: application/json`) by a few words."""

import uuid as uuids

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import actions, pages
from ..kinds import KINDS, Unreadable
from ..models import QuestionVersion, RefusedSave
from ..whole_form import WholeForm
from .mine import mine


class NothingGiven(Exception):
    """The form holds no answer, and taking one back is an act of its own."""


def _refusal(error):
    """(state, sentence) of what kept an answer from being saved."""
    if isinstance(error, actions.TooLate):
        return "late", _("Time was up, so that answer was not saved. What you had saved before was handed in.")
    if isinstance(error, actions.AttemptClosed):
        return "closed", _("This attempt was already handed in, so the answer was not changed.")
    if isinstance(error, actions.OtherTab):
        return "elsewhere", _("The quiz is open in a newer window, so nothing was saved here. Go on there.")
    if isinstance(error, actions.StepTaken):
        return "taken", _("No choice in a story can be taken back, so nothing was changed. It goes on from here.")
    if isinstance(error, actions.AnswerChecked):
        return "checked", _("That answer was checked already and no longer changes.")
    if isinstance(error, Unreadable):
        return "unreadable", str(error)
    return "empty", _("Answer the question first. Nothing was saved.")


REFUSED = (actions.AttemptClosed, actions.OtherTab, actions.AnswerChecked, actions.StepTaken, Unreadable, NothingGiven)


@login_required
@never_cache
def save(request, uuid, number):
    """Save one answer, or take it back (`clear`), or have it checked (`check`)."""
    attempt = mine(request, uuid)
    if not 1 <= number <= attempt.max_points:
        raise Http404
    if request.method != "POST":
        # A session that ended while somebody was thinking leads here by way of the sign-in page.
        messages.error(request, _("That answer was not saved. Please give it again."))
        return redirect(pages.question_url(attempt, number))
    at = timezone.now()
    name = attempt.drawn[number - 1]["version"]
    version = QuestionVersion.objects.shown([name])[name]
    kind = KINDS[version.kind]
    if kind.observed:
        return _onward(request, attempt, number)
    try:
        saved = _save(request, attempt, number - 1, version, at)
    except REFUSED as error:
        return _refuse(request, attempt, number, error, at, item=number - 1)
    if _by_script(request):
        return _told(saved)
    field = pages.field(attempt, number - 1)
    if kind.moving(request.POST, field) or saved.final or saved.answer is None:
        url = pages.question_url(attempt, number)
        # To what came of the choice, which may be far below the question by now.
        return redirect(f"{url.partition('#')[0]}#{field}-came" if kind.grows else url)
    return _onward(request, attempt, number)


def _onward(request, attempt, number):
    """The next question in order; after the last one, the page that shows what is still open."""
    if request.POST.get("go") == "review" or number == attempt.max_points:
        return redirect("quizzes:review", uuid=attempt.uuid)
    return redirect(pages.question_url(attempt, number + 1))


def _save(request, attempt, item, version, at):
    clear = "clear" in request.POST
    answer = None if clear else _parsed(request, attempt, item, version)
    if answer is None and not clear:
        raise NothingGiven
    kind = KINDS[version.kind]
    check = not clear and "check" in request.POST and pages.may_check(attempt, item, kind, answer)
    return actions.save_answer(
        attempt=attempt,
        item=item,
        answer=answer,
        at=at,
        # Checking is more than the save that the page made of the same answer before.
        save_id=None if check else _uuid(request.POST.get("save_id")),
        tab=_uuid(request.POST.get("tab")),
        final=check,
        waited=_seconds(request.POST.get("waited", "")),
        grows=kind.grows,
    )


def _parsed(request, attempt, item, version):
    shown = pages.in_language(version.shown, get_language())[1]
    return KINDS[version.kind].parse(request.POST, shown, attempt.drawn[item], pages.field(attempt, item))


@login_required
@never_cache
def save_all(request, uuid):
    """Save what was changed on a page with all questions; `check` and `clear` name one of them."""
    attempt = mine(request, uuid)
    if request.method != "POST":
        messages.error(request, _("Those answers were not saved. Please give them again."))
        return redirect("quizzes:attempt", uuid=uuid)
    form, at = WholeForm(request.POST, attempt), timezone.now()
    try:
        actions.save_answers(
            attempt=attempt,
            given=form.given,
            at=at,
            tab=_uuid(request.POST.get("tab")),
            final=form.final,
            grow=form.grow,
        )
    except REFUSED as error:
        return _refuse(request, attempt, 1, error, at)
    for number, problem in form.problems:
        messages.error(request, _("Question %(number)d: %(problem)s") % {"number": number, "problem": problem})
    if not form.problems and not form.stay:
        return redirect("quizzes:review", uuid=uuid)
    return redirect(pages.question_url(attempt, form.problems[0][0] if form.problems else form.stay))


@login_required
@never_cache
def claim(request, uuid):
    """The script of a page says by what name its window will save; windows opened before are refused from now on."""
    attempt = mine(request, uuid)
    if request.method != "POST":
        return redirect("quizzes:attempt", uuid=uuid)
    tab = _uuid(request.POST.get("tab"))
    if not tab:
        return HttpResponse(status=400)
    try:
        actions.claim_tab(attempt=attempt, tab=tab)
    except actions.AttemptClosed as error:
        return _refuse(request, attempt, 1, error, timezone.now())
    return HttpResponse(status=204)


def _uuid(text):
    try:
        return uuids.UUID(text or "")
    except ValueError:
        return None


def _seconds(text):
    """A number of seconds that a page says; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _by_script(request):
    return "application/json" in request.headers.get("Accept", "")


def _told(saved):
    said = _("Saved %(time)s") % {"time": date_format(timezone.localtime(saved.saved_at), "H:i")}
    was = pages.fingerprint(saved.answer)
    return JsonResponse({"saved_at": saved.saved_at, "said": said, "was": was, "answered": saved.answer is not None})


def _refuse(request, attempt, number, error, at, item=None):
    state, sentence = _refusal(error)
    if state in RefusedSave.Why.values:
        actions.note_refused(attempt=attempt, item=item, why=state, at=at)
    if state == "empty" and _by_script(request):
        sentence = _("Nothing is given here now, so nothing was saved. “Clear my answer” takes an answer back.")
    if state == "late":
        actions.expire_attempt(attempt=attempt, at=at)
    ended = state in ("late", "closed")
    url = reverse("quizzes:result", args=[attempt.uuid]) if ended else pages.question_url(attempt, number)
    if _by_script(request):
        status = 422 if state in ("unreadable", "empty") else 409
        return JsonResponse({"state": state, "said": sentence, "url": url}, status=status)
    messages.error(request, sentence)
    return redirect(url)
