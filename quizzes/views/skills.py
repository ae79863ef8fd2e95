"""Where an assessor signs what they watch: the line of a supervisor, or everybody whom HR may mark."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from .. import actions, pages
from ..marking import waiting
from ..marking.forms import MarkForm
from ..models import Attempt, Mark, QuestionVersion

PER_PAGE = 50


def _to_watch(user):
    rows = Attempt.objects.watchable_by(user, timezone.localdate()).to_watch()
    return rows.select_related("person").order_by("started_at", "pk")


@login_required
@never_cache
@require_GET
def skills(request):
    """Who waits to be watched."""
    page = Paginator(_to_watch(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "quizzes/skills.html", {"page": page, "rows": _rows(page)})


def _rows(attempts):
    """One row for each skill of these attempts, with its newest mark if it was signed."""
    places = [(attempt, item) for attempt in attempts for item in sorted(pages.observed(attempt))]
    names = {attempt.drawn[item]["version"] for attempt, item in places}
    versions = QuestionVersion.objects.shown(names)
    marks = Mark.objects.filter(attempt__in=[attempt for attempt, _item in places]).order_by("pk")
    signed = {(mark.attempt_id, mark.item): mark for mark in marks.select_related("marked_by")}
    return [_row(attempt, item, versions, signed.get((attempt.pk, item))) for attempt, item in places]


def _row(attempt, item, versions, mark):
    language, text = pages.in_language(versions[attempt.drawn[item]["version"]].shown, get_language())
    return {
        "attempt": attempt,
        "number": item + 1,
        "language": language,
        "prompt": text["prompt"],
        "signed": mark,
    }


@login_required
@never_cache
def sign(request, uuid, number):
    """The checklist of one skill of one person."""
    attempt = get_object_or_404(_to_watch(request.user), uuid=uuid)
    item = number - 1
    if item not in pages.observed(attempt):
        raise Http404
    version = QuestionVersion.objects.get(uuid=attempt.drawn[item]["version"])
    sheet = waiting.sheet(attempt, item, version, None, get_language())
    form = MarkForm(request.POST or None, rubric=sheet["rubric"], signer=request.user)
    if request.method == "POST" and form.is_valid():
        return _signed(request, attempt, item, form)
    before = Mark.objects.filter(attempt=attempt, item=item).select_related("marked_by").last()
    context = {"attempt": attempt, "sheet": sheet, "form": form, "before": before}
    return render(request, "quizzes/sign.html", context, status=422 if form.errors else 200)


def _signed(request, attempt, item, form):
    try:
        actions.mark_by_hand(
            attempt=attempt,
            item=item,
            parts=form.parts,
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )
    except actions.NothingToMark:
        messages.error(request, _("Nothing was saved: this attempt was graded meanwhile."))
    else:
        said = {"person": attempt.person.get_full_name(), "signer": request.user.get_full_name()}
        messages.success(request, _("Signed: %(person)s, watched by %(signer)s.") % said)
    return redirect("quizzes:skills")
