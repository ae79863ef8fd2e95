from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.slots import fills

from .models import Enrolment


@fills("attempt_onward")
def back_to_the_course(attempt):
    """Where the attempt belongs: the course's completion page, its next step, or its page."""
    try:
        enrolment = Enrolment.objects.select_related("edition").get(uuid=attempt.context, person=attempt.person_id)
    except (Enrolment.DoesNotExist, ValueError):
        return None
    course = enrolment.edition.in_language(get_language())
    if enrolment.completed_at:
        return {"url": reverse("courses:complete", args=[course.slug]), "label": _("See what you have earned")}
    if attempt.in_progress:
        return {"url": reverse("courses:course", args=[course.slug]), "label": _("Leave, place kept")}
    if attempt.passed:
        return {"url": reverse("courses:course", args=[course.slug]), "label": _("Go on with the course")}
    return {"url": reverse("courses:course", args=[course.slug]), "label": _("Back to the course")}
