"""The learner's pages: read from released editions, fetched and authorised in one step.

A course that editors hide (unpublish) is not offered: nobody starts it, and who has begun may finish.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from content import slots
from content.models import Criterion
from content.shown import with_urls
from quizzes.actions import NoAttemptsLeft, TooSoon
from quizzes.models import Attempt

from . import actions, player, shown, standing
from .models import CoursePage, Edition, Enrolment

COURSES_PER_PAGE = 24


def _course_key(slug):
    """The identity of the course under that address, which may be that of an earlier edition."""
    pages = CoursePage.objects.filter(slug=slug).order_by("-live")
    editions = Edition.objects.filter(outline__languages__en__slug=slug).order_by("-released_at")
    key = (
        pages.values_list("translation_key", flat=True).first() or editions.values_list("course_key", flat=True).first()
    )
    if not key:
        raise Http404
    return key


def _runs(request, key):
    """This person's runs in the course, the newest first; without those that HR closed."""
    runs = Enrolment.objects.filter(person=request.user, course_key=key, closed_at__isnull=True)
    return runs.select_related("edition", "person").order_by("-started_at", "-pk")


def _attribution(request):
    return request.session.get("attribution", "password")


def _locked(request, slug):
    messages.info(request, _("Steps open in order. This one opens after the one before it."))
    return redirect("courses:course", slug)


@require_GET
def index(request):
    outlines = [edition.in_language(get_language()) for edition in Edition.objects.offered().outlines()]
    outlines.sort(key=lambda outline: (outline.area, outline.title))
    page = Paginator(outlines, COURSES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/index.html", shown.index(page))


@require_GET
@never_cache
def course(request, slug):
    key = _course_key(slug)
    known = request.user.is_authenticated
    run = _runs(request, key).defer("edition__manifest").first() if known else None
    running = run if run and not run.ended else None
    edition = running.edition if running else get_object_or_404(Edition.objects.offered().outlines(), course_key=key)
    outline = edition.in_language(get_language())
    progress = {str(row.step_key): row for row in running.progress.all()} if running else {}
    blocked = _blocked(running, outline, progress) if running else False
    context = shown.course(outline, edition, running, progress, blocked) | {
        "criteria": Criterion.objects.filter(number__in=outline.criteria, locale__language_code="en"),
        "standing": slots.fill("course_standing", person=request.user, course_key=key, on=timezone.now())
        if known
        else [],
        "completed": run if run and not running else None,
    }
    return render(request, "courses/course.html", context)


def _blocked(enrolment, outline, progress):
    """Whether all attempts at the step that comes next are used."""
    done = {key for key, row in progress.items() if row.completed_at}
    step = standing.next_step(outline.steps, done)
    if not step or step["kind"] != "quiz":
        return False
    attempts = Attempt.objects.filter(person=enrolment.person_id, context=str(enrolment.uuid))
    return attempts.last_failed().exists()


@login_required
def start(request, slug):
    """Enrol, or go on where one left off."""
    if request.method != "POST":
        return redirect("courses:course", slug)
    key = _course_key(slug)
    at = timezone.now()
    running = _runs(request, key).running().exists()
    if not running and not Edition.objects.offered().filter(course_key=key).exists():
        raise Http404
    causes = slots.fill("enrolment_cause", person=request.user, course_key=key, on=at)
    enrolment = actions.start_course(
        person=request.user, course_key=key, language=get_language(), cause=causes[0] if causes else {}, at=at
    )
    outline = enrolment.edition.in_language(get_language())
    step = standing.next_step(outline.steps, actions.done_keys(enrolment))
    return redirect("courses:step", outline.slug, step["slug"])


@login_required
@require_GET
@never_cache
def step(request, slug, step_slug):
    """A lesson, or the page before a quiz. A step that is not open yet leads back to the course, in words.

    The lessons of a run that is finished can be read again; that changes nothing.
    """
    run = _runs(request, _course_key(slug)).first()
    if not run:
        messages.info(request, _("Start the course first; then its lessons open in order."))
        return redirect("courses:course", slug)
    text = player.find_step(run.edition, step_slug, get_language())
    if not text:
        raise Http404
    done = actions.done_keys(run)
    states = dict(zip((row["key"] for row in text.steps), standing.states(text.steps, done), strict=True))
    if states[text.step["key"]] == "locked":
        return _locked(request, slug)
    if not run.ended:
        actions.open_step(enrolment=run, step_key=text.step["key"], at=timezone.now())
    context = shown.step(slug, text, run, states)
    if text.step["kind"] == "quiz":
        quiz_key = text.step["quiz"]["key"]
        attempts = list(Attempt.objects.of(request.user, quiz_key, str(run.uuid)).order_by("number"))
        return render(request, "courses/quiz_step.html", context | shown.quiz(text.step, attempts, timezone.now()))
    return render(request, "courses/lesson.html", context | {"blocks": with_urls(text.step["blocks"])})


@login_required
def done(request, slug, step_slug):
    """Complete a lesson and go on to the next step."""
    if request.method != "POST":
        return redirect("courses:step", slug, step_slug)
    run = _runs(request, _course_key(slug)).first()
    text = player.find_step(run.edition, step_slug, get_language()) if run else None
    if not text:
        raise Http404
    try:
        actions.complete_lesson(
            enrolment=run, step_key=text.step["key"], at=timezone.now(), attribution=_attribution(request)
        )
    except actions.Locked:
        return _locked(request, slug)
    run.refresh_from_db(fields=["completed_at"])
    if run.completed_at:
        return redirect("courses:complete", slug)
    following = standing.next_step(text.steps, actions.done_keys(run))
    return redirect("courses:step", slug, following["slug"])


@login_required
def attempt(request, slug, step_slug):
    """Begin an attempt at the quiz of a step, or go on with the one that is open."""
    if request.method != "POST":
        return redirect("courses:step", slug, step_slug)
    run = _runs(request, _course_key(slug)).first()
    text = player.find_step(run.edition, step_slug, get_language()) if run else None
    if not text or text.step["kind"] != "quiz":
        raise Http404
    if run.ended:
        return redirect("courses:step", slug, step_slug)
    try:
        attempt = actions.start_quiz(
            enrolment=run,
            step_key=text.step["key"],
            language=text.language,
            at=timezone.now(),
            attribution=_attribution(request),
        )
    except NoAttemptsLeft:
        return redirect("courses:step", slug, step_slug)
    except TooSoon as error:
        until = date_format(timezone.localtime(error.until), "SHORT_DATETIME_FORMAT")
        sentence = _("The next attempt opens at %(until)s. Read the lessons again until then.")
        messages.error(request, sentence % {"until": until})
        return redirect("courses:step", slug, step_slug)
    except actions.Locked:
        return _locked(request, slug)
    return redirect("quizzes:attempt", uuid=attempt.uuid)


@login_required
@require_GET
@never_cache
def complete(request, slug):
    """The last completed run: what one can do now, the certificate, what comes next."""
    runs = list(_runs(request, _course_key(slug)).defer("edition__manifest")[:2])
    enrolment = next((run for run in runs if run.completed_at), None)
    if not enrolment:
        raise Http404
    context = shown.complete(enrolment, again=enrolment == runs[0]) | {
        # Rooms register from the top of the house down; the record comes before what follows from it.
        "slots": slots.fill("course_completed", enrolment=enrolment)[::-1],
    }
    return render(request, "courses/complete.html", context)
