"""What a lesson sends back while somebody is in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from content.blanks import fill_for
from content.shown import with_urls

from . import actions, changes, checks, lesson, shown
from .mine import attribution, course_key, my_step, newest_run, runs
from .models import Enrolment, Feedback, StepProgress
from .models.feedback import LONGEST


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
        return redirect("courses:step", slug, step_slug)
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


@login_required
@never_cache
def changed(request, slug):
    """Told, in the middle of a course, that what one must know has changed: what it is, and the way on."""
    run = newest_run(request, course_key(slug))
    edition = actions.newer_edition(run) if run else None
    if not edition:
        return redirect("courses:course", slug)
    at = timezone.now()
    if request.method == "POST":
        actions.go_over(enrolment=run, edition=edition, at=at, attribution=attribution(request))
        return redirect("courses:course", slug)
    outline = edition.in_language(get_language())
    told = changes.told(run.edition.content, edition.content, outline.language)
    for row in told["changed"]:
        seen = [block for block in row["blocks"] if block["type"] != "check"]
        row["blocks"] = with_urls(fill_for(seen, request.user, outline.language, at))
    context = shown.language(outline) | told | {"course": shown.card(outline), "notes": edition.notes}
    return render(request, "courses/changed.html", context)


@login_required
def feedback(request, slug, step_slug):
    """Say that a lesson is unclear or wrong; of a finished run too."""
    if request.method != "POST":
        return redirect("courses:step", slug, step_slug)
    run, text = my_step(request, slug, step_slug)
    kind, said = request.POST.get("kind"), request.POST.get("text", "").replace("\0", "").strip()
    if kind not in (Feedback.Kind.UNCLEAR, Feedback.Kind.WRONG):
        messages.error(request, _("Nothing was sent. Choose whether it is unclear or wrong."))
    elif len(said) > LONGEST:
        messages.error(request, _("Nothing was sent. Say it in at most %(number)d letters.") % {"number": LONGEST})
    elif actions.tell_unclear_or_wrong(
        enrolment=run, step_key=text.step["key"], kind=kind, text=said, language=text.language, at=timezone.now()
    ):
        messages.success(request, _("Thank you. It goes to those who write this course."))
    else:
        messages.info(request, _("You have said much about this lesson already. Your supervisor can help you on."))
    return redirect("courses:step", slug, step_slug)


@login_required
def rate(request, slug):
    """Say how useful the course was, after it."""
    if request.method != "POST":
        return redirect("courses:course", slug)
    run = get_object_or_404(
        Enrolment.objects.filter(pk__in=runs(request, course_key(slug)).completed().values("pk")[:1])
    )
    useful = _number(request, "useful")
    if useful in Feedback.Useful.values:
        actions.rate(enrolment=run, useful=useful, language=get_language(), at=timezone.now())
        messages.success(request, _("Thank you. That helps those who write this course."))
    else:
        messages.error(request, _("Choose one of the three."))
    return redirect("courses:complete", slug)
