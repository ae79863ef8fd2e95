"""Changing and cancelling a session while it is open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from learning.people.models import Facility

from . import access, actions, changing, closing, shown
from .change_forms import CancelForm, ChangeForm
from .views import now_for


@login_required
@never_cache
def change(request, uuid):
    """The form that it was planned with, and why."""
    at, today = now_for(request.user)
    kept = access.session_or_404(request.user, today, uuid)
    if not kept.is_open:
        return redirect("records:session", uuid)
    own = access.facilities(request.user, today)
    form = ChangeForm(
        request.POST or None,
        session=kept,
        user=request.user,
        at=at,
        facilities=Facility.objects.filter(Q(pk__in=own.values("pk")) | Q(pk=kept.facility_id)),
        candidates=access.candidates(request.user, today),
    )
    if not form.is_valid():
        context = {"form": form, "session": kept, "given": False}
        return render(request, "records/sessions/change.html", context, status=422 if form.is_bound else 200)
    try:
        reason = form.cleaned_data["reason"].strip()
        changing.change_session(session=kept, reason=reason, by=request.user, at=at, **form.says())
    except actions.NotDone as problem:
        messages.error(request, str(problem))
    return redirect("records:session", uuid)


@login_required
@never_cache
def cancel(request, uuid):
    """Asked first, with what is lost."""
    at, today = now_for(request.user)
    kept = access.session_or_404(request.user, today, uuid)
    if not kept.is_open:
        return redirect("records:session", uuid)
    form = CancelForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "session": kept, "facts": shown.facts(kept), "counts": kept.attendances.counts()}
        return render(request, "records/sessions/cancel.html", context, status=422 if form.is_bound else 200)
    try:
        closing.cancel_session(session=kept, reason=form.cleaned_data["reason"].strip(), by=request.user, at=at)
    except actions.NotDone as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The session is cancelled. Nobody gets a record of it."))
    return redirect("records:session", uuid)
