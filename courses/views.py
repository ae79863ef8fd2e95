"""The learner's pages: read from released editions, fetched and authorised in one step."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from content import slots
from content.models import Criterion
from quizzes.actions import NoAttemptsLeft
from quizzes.models import Attempt

from . import actions, player, shown, standing
from .models import CoursePage, Edition, Enrolment


def _course_key(slug):
    """The identity of the course that learners reach under that address."""
    pages = CoursePage.objects.filter(live=True, slug=slug, locale__language_code="en")
    return get_object_or_404(pages.values_list("translation_key", flat=True))


def _running(request, slug):
    """This person's running enrolment in the course, or 404."""
    enrolments = Enrolment.objects.running().select_related("edition")
    return get_object_or_404(enrolments, person=request.user, course_key=_course_key(slug))


def _attribution(request):
    return request.session.get("attribution", "password")


@require_GET
def index(request):
    live = CoursePage.objects.filter(live=True).values("translation_key")
    editions = Edition.objects.current().outlines().filter(course_key__in=live)
    outlines = [edition.in_language(get_language()) for edition in editions]
    outlines.sort(key=lambda outline: (outline.area, outline.title))
    return render(request, "courses/index.html", {"courses": [shown.card(outline) for outline in outlines]})


@require_GET
@never_cache
def course(request, slug):
    key = _course_key(slug)
    enrolment = None
    if request.user.is_authenticated:
        runs = Enrolment.objects.running().select_related("edition").defer("edition__manifest")
        enrolment = runs.filter(person=request.user, course_key=key).first()
    edition = (
        enrolment.edition if enrolment else get_object_or_404(Edition.objects.current().outlines(), course_key=key)
    )
    outline = edition.in_language(get_language())
    progress = {str(row.step_key): row for row in enrolment.progress.all()} if enrolment else {}
    criteria = Criterion.objects.filter(number__in=outline.criteria, locale__language_code="en")
    return render(
        request,
        "courses/course.html",
        shown.course(outline, edition, enrolment, progress)
        | {
            "criteria": criteria,
            "blocked": _blocked(enrolment, outline, progress) if enrolment else False,
            "standing": slots.fill("course_standing", person=request.user, course_key=key, on=timezone.now())
            if request.user.is_authenticated
            else [],
        },
    )


def _blocked(enrolment, outline, progress):
    """Whether all attempts at the step that comes next are used."""
    done = {key for key, row in progress.items() if row.completed_at}
    step = standing.next_step(outline.steps, done)
    if not step or step["kind"] != "quiz":
        return False
    attempts = Attempt.objects.filter(person=enrolment.person_id, context=str(enrolment.uuid))
    return attempts.filter(state=Attempt.State.GRADED).count() >= step["attempts_allowed"]


@login_required
@require_POST
def start(request, slug):
    """Enrol, or go on where one left off."""
    key = _course_key(slug)
    at = timezone.now()
    causes = slots.fill("enrolment_cause", person=request.user, course_key=key, on=at)
    try:
        enrolment = actions.start_course(
            person=request.user, course_key=key, language=get_language(), cause=causes[0] if causes else {}, at=at
        )
    except Edition.DoesNotExist:
        raise Http404 from None
    steps = enrolment.edition.in_language(get_language()).steps
    step = standing.next_step(steps, actions.done_keys(enrolment))
    return redirect("courses:step", slug, step["slug"])


@login_required
@require_GET
@never_cache
def step(request, slug, step_slug):
    """A lesson, or the page before a quiz. A step that is not open yet leads back to the course, in words."""
    enrolment = (
        Enrolment.objects.running()
        .select_related("edition")
        .filter(person=request.user, course_key=_course_key(slug))
        .first()
    )
    if not enrolment:
        messages.info(request, _("Start the course first; then its lessons open in order."))
        return redirect("courses:course", slug)
    text = player.find_step(enrolment.edition, step_slug, get_language())
    if not text:
        raise Http404
    done = actions.done_keys(enrolment)
    states = dict(zip((row["key"] for row in text.steps), standing.states(text.steps, done), strict=True))
    if states[text.step["key"]] == "locked":
        messages.info(request, _("Steps open in order. This one opens after the one before it."))
        return redirect("courses:course", slug)
    actions.open_step(enrolment=enrolment, step_key=text.step["key"], at=timezone.now())
    context = shown.step(slug, text, done, states)
    if text.step["kind"] == "quiz":
        quiz_key = text.step["quiz"]["key"]
        attempts = list(Attempt.objects.of(request.user, quiz_key, str(enrolment.uuid)).order_by("number"))
        return render(request, "courses/quiz_step.html", context | shown.quiz(text.step, attempts))
    return render(request, "courses/lesson.html", context | {"blocks": player.with_urls(text.step["blocks"])})


@login_required
@require_POST
def done(request, slug, step_slug):
    """Complete a lesson and go on to the next step."""
    enrolment = (
        Enrolment.objects.select_related("edition", "person")
        .filter(person=request.user, course_key=_course_key(slug))
        .first()
    )
    text = player.find_step(enrolment.edition, step_slug, get_language()) if enrolment else None
    if not text:
        raise Http404
    try:
        actions.complete_lesson(
            enrolment=enrolment, step_key=text.step["key"], at=timezone.now(), attribution=_attribution(request)
        )
    except actions.Locked:
        messages.info(request, _("Steps open in order. This one opens after the one before it."))
        return redirect("courses:course", slug)
    enrolment.refresh_from_db(fields=["completed_at"])
    if enrolment.completed_at:
        return redirect("courses:complete", slug)
    following = standing.next_step(text.steps, actions.done_keys(enrolment))
    return redirect("courses:step", slug, following["slug"])


@login_required
@require_POST
def attempt(request, slug, step_slug):
    enrolment = _running(request, slug)
    text = player.find_step(enrolment.edition, step_slug, get_language())
    if not text or text.step["kind"] != "quiz":
        raise Http404
    try:
        attempt = actions.start_quiz(
            enrolment=enrolment, step_key=text.step["key"], language=get_language(), at=timezone.now()
        )
    except NoAttemptsLeft:
        return redirect("courses:step", slug, step_slug)
    except actions.Locked:
        messages.info(request, _("Steps open in order. This one opens after the one before it."))
        return redirect("courses:course", slug)
    return redirect("quizzes:attempt", uuid=attempt.uuid)


@login_required
@require_GET
def complete(request, slug):
    """The last completed run: what one can do now, the certificate, what comes next."""
    completed = Enrolment.objects.filter(completed_at__isnull=False).select_related("edition")
    enrolment = completed.filter(person=request.user, course_key=_course_key(slug)).order_by("-completed_at").first()
    if not enrolment:
        raise Http404
    outline = enrolment.edition.in_language(get_language())
    context = {
        "course": shown.card(outline),
        "enrolment": enrolment,
        "objectives": outline.objectives,
        "slots": slots.fill("course_completed", enrolment=enrolment),
    }
    return render(request, "courses/complete.html", context | shown.language(outline))
