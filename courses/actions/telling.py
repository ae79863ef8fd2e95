"""What learners say about a course, and what its writers do with it."""

from django.db import transaction

from ..models import Enrolment, Feedback

# Whoever has more to say than that about one lesson should be talked to.
MOST = 5


@transaction.atomic
def tell_unclear_or_wrong(*, enrolment, step_key, kind, text, language, at):
    """Keep what a learner says about a lesson: `kind` is of Feedback.Kind. Returns None when they have said enough."""
    # The run's row is the lock: two taps at once do not both pass the count.
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.feedback.filter(step_key=step_key, closed_at__isnull=True).count() >= MOST:
        return None
    return Feedback.objects.create(
        enrolment=enrolment,
        edition=enrolment.edition,
        step_key=step_key,
        kind=kind,
        text=text,
        language=language,
        sent_at=at,
    )


def rate(*, enrolment, useful, language, at):
    """How useful a finished course was, 1 to 3; again says it anew."""
    says = {"useful": useful, "language": language, "sent_at": at, "edition": enrolment.edition}
    return Feedback.objects.update_or_create(enrolment=enrolment, kind=Feedback.Kind.RATING, defaults=says)[0]


def close_feedback(*, feedback, by, at):
    """Dealt with. Whoever comes second changes nothing."""
    Feedback.objects.filter(pk=feedback.pk, closed_at__isnull=True).update(closed_at=at, closed_by=by)
