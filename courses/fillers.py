from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, UUIDField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.prepared import Prepared
from content.slots import fills
from quizzes import blueprints
from quizzes import standing as quizzes
from quizzes.models import Attempt

from . import shown, standing
from .actions import done_keys
from .models import Edition, Enrolment

SEARCHED = ("title", "summary", "url", "language")
RELATED = ("title", "url", "area", "minutes", "language")

_runs = Prepared(
    lambda run, person: (
        Enrolment.objects.filter(uuid=run, person=person).select_related("edition").defer("edition__manifest")
    ),
    run=UUIDField(),
    person=BigIntegerField(),
)


def run_of(attempt):
    """The run that an attempt belongs to by its context; None for one of somebody else's making."""
    try:
        return next(iter(_runs(run=attempt.context, person=attempt.person_id)), None)
    except ValidationError:
        return None


@fills("attempt_onward")
def back_to_the_course(attempt):
    """Where the attempt belongs: the course's completion page, another try, its next step, or its page."""
    enrolment = run_of(attempt)
    if not enrolment:
        return None
    outline = enrolment.edition.in_language(get_language())
    course = reverse("courses:course", args=[outline.slug])
    if attempt.in_progress:
        return {"url": course, "label": _("Leave, place kept")}
    if attempt.passed and enrolment.completed_at:
        return {"url": reverse("courses:complete", args=[outline.slug]), "label": _("See what you have earned")}
    if attempt.passed:
        return {"url": course, "label": _("Go on with the course")}
    back = {"url": course, "label": _("Back to the course")}
    step = None if enrolment.ended else standing.next_step(outline.steps, done_keys(enrolment))
    if step and step["kind"] == "quiz" and (label := _another_try(attempt)):
        again = reverse("courses:attempt", args=[outline.slug, step["slug"]])
        return {"url": again, "label": label, "method": "post", "also": back}
    return back


def _another_try(attempt):
    """The words on the way to another attempt; None when there is none, or not yet."""
    mine = Attempt.objects.of(attempt.person_id, attempt.quiz_key, attempt.context).order_by("number").defer("drawn")
    now = quizzes.of(list(mine), blueprints.rules(attempt.blueprint), timezone.now())
    if now.running:
        return _("Go on with the quiz")
    return _("Try again") if now.left and not now.opens_at and not now.waiting else None


@fills("attempt_events")
def course_of_the_attempt(attempt):
    """When the run that the attempt belongs to was finished, or closed to be opened again."""
    run = run_of(attempt)
    if not run or not run.ended:
        return None
    course = run.edition.in_language(get_language()).title
    text = _("Course finished") if run.completed_at else _("Course opened again, with new attempts")
    return [{"at": run.completed_at or run.closed_at, "text": text, "detail": course}]


@fills("search_keys")
def released_courses(area):
    editions = Edition.objects.current() if area is None else Edition.objects.current().filter(outline__area=area)
    return list(editions.values_list("course_key", flat=True).order_by())


@fills("guide_courses")
def courses_on(criteria, language):
    """The two courses that one can start and that teach most of the criteria; the shorter ones come after."""
    wanted = set(criteria)
    rows = []
    for edition in Edition.objects.offered().outlines() if wanted else []:
        outline = edition.in_language(language)
        if shared := wanted.intersection(outline.criteria):
            rows.append((len(shared), outline.minutes, shown.card(outline)))
    rows.sort(key=lambda row: row[:2], reverse=True)
    return [{name: card[name] for name in RELATED} for _shared, _minutes, card in rows[:2]]


@fills("search_cards")
def found_courses(keys, language):
    """Courses in the words of their current edition, whatever the editors' page says by now."""
    if not keys:
        return None
    editions = Edition.objects.current().outlines().filter(course_key__in=keys)
    cards = {edition.course_key: shown.card(edition.in_language(language)) for edition in editions}
    return {key: {name: card[name] for name in SEARCHED} | {"kind": _("Course")} for key, card in cards.items()}
