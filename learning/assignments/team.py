"""`/team/`: a supervisor's line and what each of its people owes, within the facilities they are limited to."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from learning.people import leading, local_days
from learning.people.choosers import with_work
from learning.people.models import LeavePeriod, Person, PositionHeld
from learning.people.signing_in import slips
from quizzes.models import Attempt

from . import schedule, shown, wording
from .models import Assignment

PER_PAGE = 50
# Courses named in a row of the list; the page of the person has them all.
NAMED = 3


def _owing(crew, today):
    """Who owes something now, one row each: `late` and `soon` count courses, `first_due` is the first due day."""
    owed = Assignment.objects.open().filter(person__in=crew, due_on__lte=schedule.notice_ends(today))
    return (
        owed.order_by()
        .values("person")
        .annotate(
            late=Count("course_key", filter=Q(due_on__lt=today), distinct=True),
            soon=Count("course_key", filter=Q(due_on__gte=today), distinct=True),
            first_due=Min("due_on"),
        )
    )


def _counts(crew, owing, today):
    """How many people there are of each kind; a person with something overdue counts there only.

    And how many `skills` of theirs wait for a signature.
    """
    waiting = Attempt.objects.filter(person__in=crew).to_watch().with_unsigned().order_by()
    skills = waiting.values(whole=Value(1)).annotate(number=Sum("unsigned")).values("number")
    held = PositionHeld.objects.on(today).filter(person=OuterRef("pk"), position__classified_at__isnull=True)
    away = LeavePeriod.objects.on(today).filter(person=OuterRef("pk"))
    counts = crew.aggregate(
        all=Count("pk"),
        away=Count("pk", filter=Exists(away)),
        # A gap that no assignment shows, as no requirement can ask for anything.
        unclassified=Count("pk", filter=Exists(held) & ~Q(pk__in=owing.values("person"))),
        skills=Coalesce(Max(Subquery(skills)), 0),
    )
    counts |= owing.aggregate(needs=Count("person"), overdue=Count("person", filter=Q(late__gt=0)))
    counts["soon"] = counts["needs"] - counts["overdue"]
    counts["clear"] = counts["all"] - counts["needs"] - counts["unclassified"]
    return counts


class CountedPaginator(Paginator):
    """The number of rows is known already."""

    def __init__(self, rows, per_page, count):
        super().__init__(rows, per_page)
        self.count = count


def _rows(people, owing, today):
    """What the list says of each person, with the courses that are late or soon due, soonest first."""
    counts = {row["person"]: row for row in owing}
    owed = Assignment.objects.open().filter(person__in=list(counts), due_on__lte=schedule.notice_ends(today))
    courses = {}
    for person_id, key, due_on in owed.order_by("due_on", "pk").values_list("person", "course_key", "due_on"):
        courses.setdefault(person_id, {}).setdefault(key, due_on)
    titles = shown.outlines({key for named in courses.values() for key in named})
    return [_row(person, counts.get(person.pk), courses.get(person.pk, {}), titles, today) for person in people]


def _row(person, counts, courses, titles, today):
    named = [(titles[key].title, due_on) for key, due_on in courses.items() if key in titles]
    if counts and counts["late"]:
        standing, words = "late", wording.overdue(counts["late"])
    elif counts:
        standing, words = "due", wording.due_short(counts["first_due"], today)
    elif any(not held.position.classified_at for held in person.holds):
        standing, words = "excused", _("Not classified")
    else:
        standing, words = "done", _("Clear")
    return {
        "person": person,
        "standing": standing,
        "words": words,
        "courses": [{"title": title, "words": wording.due(due_on, today)} for title, due_on in named[:NAMED]],
        "more": max(0, len(named) - NAMED),
    }


def _people(crew, today):
    """People as the list shows them: with what they do, and whether that is classified, confirmed, interrupted."""
    away = LeavePeriod.objects.on(today).filter(person=OuterRef("pk"))
    return with_work(crew.annotate(away=Exists(away)), today)


@login_required
@require_GET
@never_cache
def team(request):
    """Who of my crew needs me, and everybody."""
    today = local_days.day_of(request.user, timezone.now())
    crew = leading.crew_of(request.user, today)
    owing = _owing(crew, today)
    counts = _counts(crew, owing, today)
    if not counts["all"] and not leading.leads(request.user, today):
        raise Http404
    everybody = request.GET.get("show") == "all"
    if everybody:
        people = _people(crew, today).order_by("last_name", "first_name", "number")
        page = CountedPaginator(people, PER_PAGE, counts["all"]).get_page(request.GET.get("page"))
        rows = _rows(page, owing.filter(person__in=[person.pk for person in page]), today)
    else:
        first = owing.order_by("-late", "first_due", "person__last_name", "person__first_name", "person")
        page = CountedPaginator(first, PER_PAGE, counts["needs"]).get_page(request.GET.get("page"))
        people = _people(Person.objects.all(), today).in_bulk([row["person"] for row in page])
        rows = _rows([people[row["person"]] for row in page], page, today)
    return render(
        request,
        "assignments/team.html",
        {
            "supervisor": request.user,
            "counts": counts,
            "everybody": everybody,
            "page": page,
            "rows": rows,
        },
    )


@login_required
@require_GET
@never_cache
def member(request, uuid):
    """One person of my crew: what they owe and what they have done."""
    at = timezone.now()
    today = local_days.day_of(request.user, at)
    crew = leading.crew_of(request.user, today).annotate(works_in_admin=slips.working_in_admin())
    person = get_object_or_404(with_work(crew, today), uuid=uuid)
    assignments = shown.open_assignments(person)
    records, _more = shown.latest_records(person, today)
    released = shown.editions({row.course_key for row in [*assignments, *records]})
    owed, later = shown.owed(assignments, shown.under_way(person), released, today)
    return render(
        request,
        "assignments/member.html",
        {
            "person": person,
            "owed": [*owed, *later],
            "done": shown.done(records, released),
            # For most of a crew the line is reason enough, and nothing need be asked.
            "may_issue_slip": not person.works_in_admin
            or slips.issuable_by(request.user, at).filter(pk=person.pk).exists(),
            "leave": LeavePeriod.objects.on(today).filter(person=person).first(),
        },
    )
