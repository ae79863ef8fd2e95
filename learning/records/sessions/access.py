"""Who keeps which sessions, and whom they may put on a roster."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404

from learning.people import leading
from learning.people.models import Facility, Person

from ..models import TrainingSession


def may_record(user, on):
    """Whether this user records sessions: somebody who leads a crew, or who may change sessions by their role (HR)."""
    return user.has_perm("records.change_trainingsession") or leading.leads(user, on)


def recorder_or_404(user, on):
    if not may_record(user, on):
        raise Http404


def session_or_404(user, on, uuid):
    """One session that this user keeps."""
    return _one(TrainingSession.objects.kept_by(user, on), uuid)


def seen_or_404(user, on, uuid):
    """One session that this user may read, with `is_kept`: whether they keep it, too."""
    kept = TrainingSession.objects.kept_by(user, on).filter(pk=OuterRef("pk"))
    return _one(TrainingSession.objects.seen_by(user, on).annotate(is_kept=Exists(kept)), uuid)


def _one(sessions, uuid):
    related = sessions.select_related("facility__company", "edition", "instructor", "recorder", "closed_by")
    return get_object_or_404(related.defer("edition__manifest"), uuid=uuid)


def candidates(user, on):
    """People whom this user may put on a roster, on that local date: HR whom they see, everybody else their crew."""
    if user.has_perm("records.change_trainingsession"):
        return Person.objects.visible_to(user, on).employed(on)
    return leading.crew_of(user, on).employed(on)


def facilities(user, on):
    if user.has_perm("records.change_trainingsession"):
        return Facility.objects.visible_to(user)
    return leading.facilities_of(user, on)
