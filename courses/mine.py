"""One's own runs: fetched and authorised in one step, 404 for everything else."""

from django.db.models import BigIntegerField, CharField, UUIDField
from django.http import Http404
from django.utils.translation import get_language

from content.prepared import Prepared

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


def _runs(person, key):
    # Each process reads a manifest once.
    found = Enrolment.objects.filter(person=person, course_key=key, closed_at__isnull=True)
    return found.select_related("edition").defer("edition__manifest").order_by("-started_at", "-pk")


_newest = Prepared(lambda person, key: _runs(person, key)[:1], person=BigIntegerField(), key=UUIDField())
# In the course that has the address now, in one query with the run.
_newest_at = Prepared(
    lambda person, slug: _runs(person, _pages(slug).values("translation_key")[:1])[:1],
    person=BigIntegerField(),
    slug=CharField(),
)


def runs(request, key):
    """This person's runs in the course, the newest first; without those that HR closed."""
    return _runs(request.user, key)


def newest_run(request, key):
    return next(iter(_newest(person=request.user.pk, key=key)), None)


def my_step(request, slug, step_slug):
    """`(run, player.StepText)` of one's newest run."""
    at_address = _newest_at(person=request.user.pk, slug=slug)
    # Else in one that had it.
    run = at_address[0] if at_address else newest_run(request, course_key(slug))
    if run:
        run.person = request.user
    text = player.find_step(run.edition, step_slug, get_language()) if run else None
    if not text:
        raise Http404
    return run, text


def attribution(request):
    return request.session.get("attribution", "password")
