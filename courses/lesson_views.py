"""What a lesson sends back while somebody is in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import actions, checks, lesson
from .mine import my_step
from .models import StepProgress


def _open_lesson(request, slug, step_slug):
    """`(run, text, progress)` of a lesson that one has opened and whose run goes on."""
    run, text = my_step(request, slug, step_slug)
    if run.ended or text.step["kind"] != "lesson":
        raise Http404
    return run, text, get_object_or_404(StepProgress, enrolment=run, step_key=text.step["key"])


def _number(request, name):
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 6 else 0


@login_required
def beat(request, slug, step_slug):
    """A visible page is still there; answers how far one is now."""
    if request.method != "POST":
        return redirect("courses:step", slug, step_slug)
    _run, text, progress = _open_lesson(request, slug, step_slug)
    now = actions.beat(
        progress=progress,
        step=text.step,
        at=timezone.now(),
        block=request.POST.get("block", ""),
        position=_number(request, "position"),
        played=_number(request, "played"),
    )
    return JsonResponse({"have": now.have, "need": now.need, "done": now.done, "so_far": lesson.so_far(now)})


@login_required
def check(request, slug, step_slug, block):
    """Answer a check question, or ask for it again (`again`)."""
    block = str(block)
    here = f"{reverse('courses:step', args=[slug, step_slug])}#p-{block}"
    if request.method != "POST":
        return redirect(here)
    run, text, progress = _open_lesson(request, slug, step_slug)
    try:
        answer, moving = checks.read(text.step, block, request.POST, run.uuid, text.language)
    except KeyError:
        raise Http404
    except checks.Unreadable as problem:
        messages.error(request, str(problem))
        return redirect(here)
    again = "again" in request.POST
    if answer is None and not again:
        messages.info(request, _("Choose an answer first."))
        return redirect(here)
    actions.answer_check(
        progress=progress, block=block, answer=None if again else answer, at=None if moving else timezone.now()
    )
    return redirect(here)
