"""Why a page must stay: what was released is named by records. Editors hide a page instead, by unpublishing it."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from .models import CoursePage, Edition


def why_not(pages):
    """A sentence for the editor when one of the pages, or one below it, was released; else None."""
    if not pages:
        return None
    below = CoursePage.objects.filter(reduce(or_, (Q(path__startswith=page.path) for page in pages)))
    released = Edition.objects.filter(course_key__in=below.values("translation_key"))
    if key := released.values_list("course_key", flat=True).first():
        return _(
            "Nothing was deleted. “%(title)s” was released to learners, and training records name it. "
            "Unpublish it instead: nobody can start it then, and who has begun may finish."
        ) % {"title": below.filter(translation_key=key).first().title}
    courses = CoursePage.objects.filter(path__in=[page.path[: -Page.steplen] for page in pages])
    steps = Edition.objects.filter(course_key__in=courses.values("translation_key")).step_keys()
    for page in pages:
        if str(page.translation_key) in steps:
            return _(
                "Nothing was deleted. “%(title)s” is part of a released edition. Unpublish it instead: "
                "the next release is without it."
            ) % {"title": page.title}
    return None
