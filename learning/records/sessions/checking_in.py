"""`/s/`: the page of whoever is at a session. They scan or type its code, check in, and take its quiz.

At a kiosk of the facility no code is needed: the device is there, and so is whoever signs in on it.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from learning.people import codes
from learning.people.signing_in import kiosk_session, limits
from quizzes.actions import NoAttemptsLeft, TooSoon

from ..models import TrainingSession
from ..models.session import CODE_LENGTH
from . import actions, attending, quizzing, rotating, scanned


@require_GET
@never_cache
def door(request):
    """Where a code is typed; and the sessions that wait for whoever has signed in."""
    if code := codes.typed(request.GET.get("code", "")):
        return redirect("records:check_in", code)
    rows = []
    if request.user.is_authenticated:
        at_kiosk = request.kiosk if kiosk_session.is_one(request) else None
        rows = attending.waiting(request.user, timezone.now(), kiosk=at_kiosk)
    return render(request, "records/sessions/door.html", {"rows": rows, "tried": "code" in request.GET})


@never_cache
def check_in(request, code):
    """With the changing half: was it scanned in time? Without: the page of whoever scanned it, or is on the roster."""
    typed, at = codes.typed(code), timezone.now()
    if len(typed) > CODE_LENGTH and limits.spent(request, "check_in"):
        return render(request, "429.html", status=429)
    sessions = TrainingSession.objects.select_related("facility", "edition").defer("edition__manifest")
    session = sessions.filter(code=typed[:CODE_LENGTH]).first()
    if not session:
        return _refused(request, typed)
    if half := typed[CODE_LENGTH:]:
        return _scanned(request, session, half, at)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return _here(request, session, at)


def _refused(request, typed):
    limits.count(request, "check_in")
    return render(request, "records/sessions/code_refused.html", {"code": typed}, status=404)


def _scanned(request, session, half, at):
    steps = rotating.steps_ago(session.uuid, half, at)
    if steps is None:
        return _refused(request, session.code + half)
    if not rotating.is_fresh(steps):
        return render(request, "records/sessions/code_stale.html", status=410)
    response = redirect("records:check_in", session.code)
    scanned.remember(response, session)
    return response


def _is_there(request, session):
    if scanned.is_remembered(request, session):
        return True
    return kiosk_session.is_one(request) and request.kiosk.facility_id == session.facility_id


def _here(request, session, at):
    is_there = _is_there(request, session)
    if request.method != "POST":
        context = attending.page(session, request.user, at, is_there=is_there)
        return render(request, "records/sessions/check_in.html", context)
    if not is_there:
        messages.error(request, _("That took too long. Scan the code once more."))
        return redirect("records:check_in", session.code)
    try:
        attribution = request.session.get("attribution", "password")
        actions.check_in(session=session, person=request.user, attribution=attribution, at=at)
    except actions.NotDone as problem:
        messages.error(request, str(problem))
    response = redirect("records:check_in", session.code)
    scanned.forget(response)
    return response


@login_required
@require_POST
def quiz(request, code):
    """Begin the session's quiz, or go on with it."""
    session = get_object_or_404(TrainingSession.objects.select_related("edition"), code=codes.typed(code))
    if not session.attendances.filter(person=request.user).exists():
        raise Http404
    try:
        attempt = quizzing.start(
            session=session,
            person=request.user,
            language=get_language(),
            at=timezone.now(),
            attribution=request.session.get("attribution", "password"),
        )
    except actions.NotDone as problem:
        messages.error(request, str(problem))
    except (NoAttemptsLeft, TooSoon):
        # The page says which, and until when.
        pass
    else:
        return redirect("quizzes:attempt", uuid=attempt.uuid)
    return redirect("records:check_in", session.code)
