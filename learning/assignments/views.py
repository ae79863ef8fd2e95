from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from content import slots
from learning.people import local_days

from . import shown

RECORDS_PER_PAGE = 50


@login_required
@require_GET
@never_cache
def me(request):
    """What I owe and by when, what I have begun and done, and the guides for my position."""
    person = request.user
    today = local_days.day_of(person, timezone.now())
    assignments = shown.open_assignments(person)
    records, more = shown.latest_records(person, today)
    released = shown.editions({row.course_key for row in [*assignments, *records]})
    running = shown.under_way(person)
    owed, later = shown.owed(assignments, running, released, today)
    titles = {key: edition.in_language(get_language()).title for key, edition in released.items()}
    notices = slots.fill("me_notices", person=person, titles=titles, today=today)
    return render(
        request,
        "assignments/me.html",
        {
            "person": person,
            "today": today,
            "owed": owed,
            "later": later,
            "begun": shown.begun(assignments, running),
            "guides": shown.guides(person, today),
            "late": sum(row["standing"] == "late" for row in owed),
            "minutes_owed": sum(row["course"]["minutes_left"] for row in owed if not row["blocked"]),
            "done": shown.done(records, released),
            "records_url": reverse("assignments:records") if more else "",
            "notices": [notice for answer in notices for notice in answer],
        },
    )


@login_required
@require_GET
@never_cache
def records(request):
    """All that I have done."""
    today = local_days.day_of(request.user, timezone.now())
    page = Paginator(shown.records_of(request.user, today), RECORDS_PER_PAGE).get_page(request.GET.get("page"))
    released = shown.editions({record.course_key for record in page})
    context = {"page": page, "done": shown.done(page, released)}
    return render(request, "assignments/records.html", context)
