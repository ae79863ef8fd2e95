"""`/team/sessions/`: sessions of a supervisor, an instructor or HR; recording one; its page and its deeds."""

import datetime
import io

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from learning.people import codes, local_days, qr
from learning.people.choosers import with_work

from ..models import TrainingSession
from ..papers import sheet as sheet_paper
from . import access, actions, closing, quizzing, rotating, shown
from .forms import USUAL_MINUTES, FileForm, SessionForm

PER_PAGE = 50
# People who can be ticked at once while a session is recorded; further ones are added on its page.
TICKED_AT_ONCE = 200


def now_for(user):
    """(this instant, the user's local date)."""
    at = timezone.now()
    return at, local_days.day_of(user, at)


@login_required
@require_GET
@never_cache
def sessions(request):
    """The newest first."""
    at, today = now_for(request.user)
    seen = TrainingSession.objects.seen_by(request.user, today)
    may_record = access.may_record(request.user, today)
    page = Paginator(seen.select_related("facility").with_counts(), PER_PAGE).get_page(request.GET.get("page"))
    if not may_record and not page.paginator.count and not request.user.has_perm("records.view_trainingsession"):
        raise Http404
    context = {"page": page, "rows": [shown.row(session, at) for session in page], "may_record": may_record}
    return render(request, "records/sessions/list.html", context)


@login_required
@never_cache
def record(request, given):
    """A talk already given, in two minutes; or one that is to be given (`given` is False)."""
    at, today = now_for(request.user)
    access.recorder_or_404(request.user, today)
    candidates = access.candidates(request.user, today)
    people = list(with_work(candidates, today).order_by("last_name", "first_name", "number")[: TICKED_AT_ONCE + 1])
    facilities = access.facilities(request.user, today)
    form = SessionForm(
        request.POST or None,
        request.FILES or None,
        initial=_just_given(facilities, at) if given else {},
        user=request.user,
        at=at,
        facilities=facilities,
        people=people[:TICKED_AT_ONCE],
        candidates=candidates,
        given=given,
    )
    if form.is_valid():
        session = _recorded(form, request.user, at)
        return redirect("records:session", session.uuid)
    context = {"form": form, "given": given, "people": people[:TICKED_AT_ONCE], "more": len(people) > TICKED_AT_ONCE}
    context["ticked"] = set(form["people"].value() or ())
    return render(request, "records/sessions/record.html", context, status=422 if form.is_bound else 200)


def _just_given(facilities, at):
    """When a talk of the usual length began that has just ended, where the supervisor works."""
    if not (first := facilities.first()):
        return {}
    local = shown.local(at - datetime.timedelta(minutes=USUAL_MINUTES), first.time_zone)
    return {"day": local.date(), "time": local.time().replace(second=0, microsecond=0)}


def _recorded(form, user, at):
    said = form.cleaned_data
    return actions.record_session(
        uuid=said["token"],
        people=list(form.candidates.filter(uuid__in=said["people"])),
        present=form.given,
        by=user,
        at=at,
        sheet=said.get("sheet"),
        material=said["material"],
        **form.says(),
    )


@login_required
@require_GET
@never_cache
def session(request, uuid):
    """One session: its facts, its files, and everybody on its roster."""
    at, today = now_for(request.user)
    seen = access.seen_or_404(request.user, today, uuid)
    page = Paginator(shown.roster(seen), PER_PAGE).get_page(request.GET.get("page"))
    rows = quizzing.with_results(seen, list(page)) if seen.is_open else list(page)
    context = {
        "session": seen,
        "may_change": seen.is_open and seen.is_kept,
        "facts": shown.facts(seen),
        "changes": shown.changes(seen),
        "files": list(seen.files.described().select_related("attached_by").order_by("pk")),
        "sheet_erased": not seen.is_open and seen.erasures.exists(),
        "page": page,
        "rows": [shown.attendance(row, seen) for row in rows],
        "ahead": seen.happened_at > at,
        "counts": seen.attendances.counts(),
        "obstacles": closing.obstacles(seen, at) if seen.is_open else [],
        "file_form": FileForm(),
        "may_add": access.may_record(request.user, today),
        "may_show_code": seen.is_open and seen.is_kept and at < seen.check_in_until,
    }
    return render(request, "records/sessions/session.html", context)


@login_required
@require_GET
@never_cache
def code(request, uuid):
    """The square that people scan, on the instructor's phone or on a screen. It is another one each half minute."""
    at, today = now_for(request.user)
    kept = access.session_or_404(request.user, today, uuid)
    if not kept.is_open:
        return redirect("records:session", uuid)
    context = {
        "session": kept,
        "counts": kept.attendances.counts(),
        "open": kept.takes_check_ins(at),
        "early": at < kept.check_in_from,
        "opens": shown.day_and_time(kept.check_in_from, kept.zone),
    }
    if context["open"]:
        half = rotating.shown_at(kept.uuid, at)
        context |= {
            "groups": codes.groups(kept.code + half),
            "qr": qr.drawing(shown.check_in_address(kept, half)),
            "door": shown.door_address(),
            # A moment later: the next one is shown then.
            "renew": rotating.seconds_left(at) + 1,
        }
    return render(request, "records/sessions/code.html", context)


@login_required
@never_cache
def close(request, uuid):
    """Asked first: afterwards nothing changes any more."""
    at, today = now_for(request.user)
    kept = access.session_or_404(request.user, today, uuid)
    if not kept.is_open:
        return redirect("records:session", uuid)
    if request.method == "POST":
        try:
            written = closing.close_session(session=kept, by=request.user, at=at)
        except actions.NotDone as problem:
            messages.error(request, str(problem))
        else:
            if written:
                messages.success(request, shown.closed_words(written))
        return redirect("records:session", uuid)
    if found := closing.obstacles(kept, at):
        messages.error(request, " ".join(found))
        return redirect("records:session", uuid)
    context = {"session": kept, "facts": shown.facts(kept), "counts": kept.attendances.counts()}
    context["presence_only"] = shown.presence_only(kept)
    context["answering"] = [person.get_full_name() for person in quizzing.answering(kept)]
    return render(request, "records/sessions/close.html", context)


@login_required
@require_GET
@never_cache
def sheet(request, uuid, language):
    """To print and sign, in that language, whatever that of the page is. Its name on disk says nobody's."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    at, today = now_for(request.user)
    kept = access.seen_or_404(request.user, today, uuid)
    expected = [(row.person.get_full_name(), row.person.number) for row in shown.roster(kept)]
    with translation.override(language):
        file = sheet_paper.pdf(kept, expected, at=at)
    return FileResponse(io.BytesIO(file), as_attachment=True, filename=f"sheet-{kept.code}-{language}.pdf")
