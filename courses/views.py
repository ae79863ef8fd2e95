"""The learner's pages: read from released editions, fetched and authorised in one step.

A course that editors hide (unpublish) is not offered: nobody starts it, and who has begun may finish.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from content import slots
from content.models import Criterion
from quizzes.actions import NoAttemptsLeft, TooSoon
from quizzes.models import Attempt

from . import actions, lesson, player, resume, shown, standing
from .mine import attribution, course_key, my_step, newest_run, runs
from .models import Edition, Enrolment, Feedback

COURSES_PER_PAGE = 24


def _locked(request, slug):
    messages.info(request, _("Steps open in order. This one opens after the one before it."))
    return redirect("courses:course", slug)


@require_GET
def index(request):
    outlines = [edition.in_language(get_language()) for edition in Edition.objects.offered().in_order().outlines()]
    page = Paginator(outlines, COURSES_PER_PAGE).get_page(request.GET.get("page"))
    keys = [outline.key for outline in page]
    known = request.user.is_authenticated
    begun = Enrolment.objects.filter(person=request.user, course_key__in=keys).newest() if known else {}
    return render(request, "courses/index.html", shown.index(page, begun, _standings(request, keys)))


def _standings(request, course_keys):
    """`{course key: HTML}` for what whoever asks owes of them."""
    if not request.user.is_authenticated:
        return {}
    answers = slots.fill("course_standings", person=request.user, course_keys=course_keys, on=timezone.now())
    return {key: html for answer in answers for key, html in answer.items()}


@require_GET
@never_cache
def course(request, slug):
    key = course_key(slug)
    known = request.user.is_authenticated
    run = newest_run(request, key) if known else None
    running = run if run and not run.ended else None
    if running and actions.newer_edition(running):
        return redirect("courses:changed", slug)
    edition = running.edition if running else get_object_or_404(Edition.objects.offered().outlines(), course_key=key)
    outline = edition.in_language(get_language())
    progress = {str(row.step_key): row for row in running.progress.all()} if running else {}
    blocked = _blocked(running, outline, progress) if running else False
    place = resume.place(running, outline, progress) if running and not blocked else None
    context = shown.course(outline, edition, running, progress, blocked, place) | {
        "criteria": _criteria(outline),
        "standing": _standings(request, [key]).get(key),
        "completed": run if run and not running else None,
    }
    return render(request, "courses/course.html", context)


def _criteria(outline):
    """In the language of the course, or in English where nobody has said one in that."""
    found = {}
    rows = Criterion.objects.filter(number__in=outline.criteria).select_related("locale")
    for row in rows.filter(locale__language_code__in={"en", outline.language}).order_by("position", "locale_id"):
        if row.number not in found or row.locale.language_code == outline.language:
            found[row.number] = row
    return list(found.values())


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
    key = course_key(slug)
    at = timezone.now()
    running = runs(request, key).running().exists()
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
    run = newest_run(request, course_key(slug))
    if not run:
        messages.info(request, _("Start the course first; then its lessons open in order."))
        return redirect("courses:course", slug)
    if actions.newer_edition(run):
        return redirect("courses:changed", slug)
    text = player.find_step(run.edition, step_slug, get_language())
    if not text:
        raise Http404
    done = actions.done_keys(run)
    states = dict(zip((row["key"] for row in text.steps), standing.states(text.steps, done), strict=True))
    if states[text.step["key"]] == "locked":
        return _locked(request, slug)
    at = timezone.now()
    progress = actions.open_step(enrolment=run, step_key=text.step["key"], at=at)
    context = shown.step(slug, text, run, states)
    if text.step["kind"] == "quiz":
        quiz_key = text.step["quiz"]["key"]
        attempts = list(Attempt.objects.of(request.user, quiz_key, str(run.uuid)).order_by("number"))
        return render(request, "courses/quiz_step.html", context | shown.quiz(text.step, attempts, timezone.now()))
    return render(request, "courses/lesson.html", context | lesson.context(slug, text, run, progress, at))


@login_required
def done(request, slug, step_slug):
    """Complete a lesson and go on to the next step."""
    if request.method != "POST":
        return redirect("courses:step", slug, step_slug)
    run, text = my_step(request, slug, step_slug)
    if actions.newer_edition(run):
        return redirect("courses:changed", slug)
    try:
        actions.complete_lesson(
            enrolment=run, step_key=text.step["key"], at=timezone.now(), attribution=attribution(request)
        )
    except actions.Locked:
        return _locked(request, slug)
    except actions.NotYet as error:
        messages.error(request, lesson.missing(error.how_far))
        return redirect(f"{reverse('courses:step', args=[slug, step_slug])}#rule")
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
    run, text = my_step(request, slug, step_slug)
    if text.step["kind"] != "quiz":
        raise Http404
    if run.ended or actions.newer_edition(run):
        return redirect("courses:step", slug, step_slug)
    try:
        attempt = actions.start_quiz(
            enrolment=run,
            step_key=text.step["key"],
            language=text.language,
            at=timezone.now(),
            attribution=attribution(request),
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
    found = list(runs(request, course_key(slug))[:2])
    enrolment = next((run for run in found if run.completed_at), None)
    if not enrolment:
        raise Http404
    rated = enrolment.feedback.filter(kind=Feedback.Kind.RATING).values_list("useful", flat=True).first()
    context = shown.complete(enrolment, again=enrolment == found[0]) | {
        "rated": rated,
        # Rooms register from the top of the house down; the record comes before what follows from it.
        "slots": slots.fill("course_completed", enrolment=enrolment, request=request)[::-1],
    }
    return render(request, "courses/complete.html", context)
