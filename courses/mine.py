"""One's own runs: fetched and authorised in one step, 404 for everything else."""

from django.http import Http404
from django.utils.translation import get_language

from . import player
from .models import CoursePage, Edition, Enrolment


def course_key(slug):
    """The identity of the course under that address, which may be that of an earlier edition."""
    editions = Edition.objects.filter(outline__languages__en__slug=slug).order_by("-released_at")
    key = (
        _pages(slug).values_list("translation_key", flat=True).first()
        or editions.values_list("course_key", flat=True).first()
    )
    if not key:
        raise Http404
    return key


def _pages(slug):
    return CoursePage.objects.filter(slug=slug).order_by("-live")


def runs(request, key):
    """This person's runs in the course, the newest first; without those that HR closed."""
    # Each process reads a manifest once.
    found = Enrolment.objects.filter(person=request.user, course_key=key, closed_at__isnull=True)
    return found.select_related("edition").defer("edition__manifest").order_by("-started_at", "-pk")


def my_step(request, slug, step_slug):
    """`(run, player.StepText)` of one's newest run."""
    # The course that has the address now, in one query with the run; then those that had it.
    run = runs(request, _pages(slug).values("translation_key")[:1]).first() or runs(request, course_key(slug)).first()
    if run:
        run.person = request.user
    text = player.find_step(run.edition, step_slug, get_language()) if run else None
    if not text:
        raise Http404
    return run, text


def attribution(request):
    return request.session.get("attribution", "password")
