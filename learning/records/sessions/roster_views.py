"""Deeds on the people and files of a session that is open."""

from decimal import Decimal, InvalidOperation
from uuid import UUID

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from learning.people import local_days
from learning.people.models import Audience

from ..models import SessionFile
from . import access, actions, shown
from .forms import FileForm, NameForm

PER_PAGE = 50


def _kept(request, uuid):
    """(the session, this instant, the user's local date)"""
    at = timezone.now()
    today = local_days.day_of(request.user, at)
    return access.session_or_404(request.user, today, uuid), at, today


def _is_uuid(text):
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _uuids(request):
    return [text for text in request.POST.getlist("person") if _is_uuid(text)]


@login_required
@require_POST
def roster(request, uuid):
    """What is to be done with the people ticked; or the scores and marks that were entered."""
    session, at, _today = _kept(request, uuid)
    people, deed = _uuids(request), request.POST.get("deed", "")
    try:
        if deed == "scores":
            actions.give_scores(session=session, scores=_scores(request))
        elif not people:
            messages.error(request, _("Tick somebody first."))
        else:
            _do(deed, session, people, request.user, at)
    except actions.NotDone as problem:
        messages.error(request, str(problem))
    page = request.POST.get("page", "")
    return redirect(f"{request.path.removesuffix('roster/')}{f'?page={page}' if page.isdecimal() else ''}")


def _do(deed, session, people, by, at):
    if deed == "present":
        actions.say_present(session=session, people=people)
    elif deed == "absent":
        actions.say_absent(session=session, people=people)
    elif deed == "sheet":
        actions.account_by_sheet(session=session, people=people, at=at)
    elif deed == "sign_for":
        actions.sign_for(session=session, people=people, by=by, at=at)
    elif deed == "seen":
        actions.see_skill(session=session, people=people, by=by, at=at)


def _scores(request):
    """`{uuid: percent or None}` as entered. Raises NotDone when one of them is not a percentage."""
    scores = {}
    for name, value in request.POST.items():
        if name.startswith("score-") and _is_uuid(name.removeprefix("score-")):
            scores[str(UUID(name.removeprefix("score-")))] = _percent(value.strip())
    return scores


def _percent(text):
    if not text:
        return None
    try:
        score = Decimal(text.replace(",", "."))
    except InvalidOperation:
        score = None
    if score is None or not score.is_finite() or not 0 <= score <= 100:
        words = _("Nothing was saved: “%(score)s” is not a percentage between 0 and 100.")
        raise actions.NotDone(words % {"score": text[:20]})
    return round(score, 2)


@login_required
@never_cache
def people(request, uuid):
    """Putting people on the roster: looked for by name or number and ticked, or everybody of an audience at once."""
    session, at, today = _kept(request, uuid)
    access.recorder_or_404(request.user, today)
    candidates = access.candidates(request.user, today)
    audiences = list(Audience.objects.filter(versions__recorded_at__lte=at).distinct())
    words = (request.POST or request.GET).get("q", "")[:100]
    audience = _audience((request.POST or request.GET).get("audience", ""), audiences)
    found = candidates.in_audience(audience.rule(at), today) if audience else candidates
    if request.method == "POST":
        everybody = request.POST.get("deed") == "everybody"
        chosen = found.matching(words) if everybody else candidates.filter(uuid__in=_uuids(request))
        try:
            actions.add_people(session=session, people=list(chosen), present=False, at=at)
        except actions.NotDone as problem:
            messages.error(request, str(problem))
        return redirect("records:session", uuid)
    page = Paginator(shown.people_to_add(found, session, today, words), PER_PAGE).get_page(request.GET.get("page"))
    context = {"session": session, "page": page, "words": words, "audiences": audiences, "audience": audience}
    return render(request, "records/sessions/people.html", context)


def _audience(uuid, audiences):
    """The audience with that uuid, once it has a rule."""
    return next((row for row in audiences if str(row.uuid) == uuid), None)


@login_required
@never_cache
def sign(request, uuid, person):
    """The instructor's phone in the hand of somebody who was there."""
    session, at, _today = _kept(request, uuid)
    who = get_object_or_404(shown.person_on(session, person))
    form = NameForm(request.POST or None, person=who)
    if form.is_valid():
        try:
            actions.type_name(session=session, person=who, typed_name=form.cleaned_data["typed_name"], at=at)
        except actions.NotDone as problem:
            messages.error(request, str(problem))
        return redirect("records:session", uuid)
    context = {"session": session, "person": who, "form": form, "day": shown.began_on(session)}
    return render(request, "records/sessions/sign.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def attach(request, uuid):
    session, at, _today = _kept(request, uuid)
    kind = SessionFile.Kind.MATERIAL if request.POST.get("kind") == "material" else SessionFile.Kind.SHEET
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["file"]))
        return redirect("records:session", uuid)
    try:
        actions.attach(session=session, kind=kind, upload=form.cleaned_data["file"], by=request.user, at=at)
    except actions.NotDone as problem:
        messages.error(request, str(problem))
    return redirect("records:session", uuid)


@login_required
@require_POST
def detach(request, uuid, file):
    session, _at, _today = _kept(request, uuid)
    try:
        actions.detach(session=session, uuid=file)
    except actions.NotDone as problem:
        messages.error(request, str(problem))
    return redirect("records:session", uuid)


@login_required
@require_GET
@never_cache
@csp({"default-src": [NONE], "sandbox": [True]})
def file(request, uuid, file):
    """Always a download: opened by itself it could do nothing, and a PDF is only as good as who sent it."""
    session = access.seen_or_404(request.user, local_days.day_of(request.user, timezone.now()), uuid)
    found = get_object_or_404(SessionFile, session=session, uuid=file)
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.kind}-{found.sha256[:8]}.{found.extension}"'
    return response
