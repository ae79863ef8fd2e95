from django.db.models import F
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from .. import actions
from ..kinds import BY_HAND, KINDS
from ..models import Attempt, Mark, QuestionVersion
from . import waiting
from .filters import WaitingFilterSet
from .forms import MarkForm

policy = ModelPermissionPolicy(Mark)


def _waiting(user):
    """What this user may mark or sign, what was handed in first."""
    rows = Attempt.objects.markable_by(user, timezone.localdate()).to_mark()
    return rows.select_related("person").order_by(F("submitted_at").asc(nulls_last=True), "pk")


class MarkColumn(Column):
    cell_template_name = "quizzes/marking/mark_cell.html"


class WaitingView(ReportView):
    """Attempts that wait for somebody to mark something."""

    model = Attempt
    page_title = _("To mark")
    no_results_message = _(
        "Nothing waits to be marked. Answers come here when somebody hands in a quiz that asks for them."
    )
    header_icon = "edit"
    index_url_name = "marking"
    index_results_url_name = "marking_results"
    filterset_class = WaitingFilterSet
    permission_policy = policy
    any_permission_required = ["add"]
    is_export = False
    paginate_by = 50
    columns = [
        Column("person", label=_("Person")),
        Column("title", label=_("Quiz"), accessor="blueprint.title"),
        Column("number", label=_("Attempt")),
        DateColumn("submitted_at", label=_("Handed in")),
        MarkColumn("mark_url", label=_("Action")),
    ]

    def get_base_queryset(self):
        return _waiting(self.request.user)

    def get_table(self, object_list):
        chosen = self.request.GET.urlencode()
        for row in object_list:
            row.mark_url = reverse("marking_next", args=[row.uuid]) + (f"?{chosen}" if chosen else "")
        return super().get_table(object_list)


class OneAttempt(PermissionCheckedMixin):
    """What both views of one attempt share; `?quiz=` and `?question=` are the choice of the list one came from."""

    permission_policy = policy
    permission_required = "add"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.attempt = get_object_or_404(_waiting(request.user), uuid=kwargs["uuid"])
        self.given = actions.answers(self.attempt)
        self.chosen = _chosen(request.GET)

    def next_url(self, attempt):
        """Where the next answer is marked: in this attempt, then in the others of the list; None when none waits."""
        if left := waiting.items(attempt, self.given, self.chosen.get("question")):
            return self._url("marking_mark", attempt.uuid, left[0] + 1)
        rows = _waiting(self.request.user).exclude(pk=attempt.pk)
        following = WaitingFilterSet(self.chosen, queryset=rows, request=self.request).qs.first()
        return self._url("marking_next", following.uuid) if following else None

    def _url(self, name, *args):
        query = self.chosen.urlencode()
        return reverse(name, args=args) + (f"?{query}" if query else "")


def _chosen(query):
    chosen = QueryDict(mutable=True)
    chosen.update({name: query[name] for name in ("quiz", "question") if query.get(name)})
    return chosen


class NextView(OneAttempt, View):
    """To the first answer of this attempt that nobody has marked."""

    def get(self, request, *args, **kwargs):
        return redirect(self.next_url(self.attempt) or reverse("marking"))


class MarkView(OneAttempt, WagtailAdminTemplateMixin, FormView):
    """One answer beside its rubric."""

    form_class = MarkForm
    template_name = "quizzes/marking/mark.html"
    page_title = _("Mark")
    header_icon = "edit"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.item = kwargs["number"] - 1
        if not 0 <= self.item < self.attempt.max_points:
            raise Http404
        name = self.attempt.drawn[self.item]["version"]
        self.version = get_object_or_404(QuestionVersion, uuid=name, kind__in=BY_HAND)
        self.observed = KINDS[self.version.kind].observed
        if not self.observed and self.item not in self.given:
            raise Http404
        self.before = Mark.objects.filter(attempt=self.attempt, item=self.item).select_related("marked_by").last()
        self.sheet = waiting.sheet(self.attempt, self.item, self.version, self.given.get(self.item), get_language())

    def get_page_subtitle(self):
        return f"{self.attempt.person} · {self.attempt}"

    def get_breadcrumbs_items(self):
        listing = {"url": self._url("marking"), "label": WaitingView.page_title}
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, listing, here]

    def get_form_kwargs(self):
        signer = self.request.user if self.observed else None
        return super().get_form_kwargs() | {"rubric": self.sheet["rubric"], "signer": signer}

    def get_context_data(self, **kwargs):
        more = {"attempt": self.attempt, "sheet": self.sheet, "before": self.before, "list_url": self._url("marking")}
        return super().get_context_data(**kwargs) | more

    def form_valid(self, form):
        try:
            attempt = actions.mark_by_hand(
                attempt=self.attempt,
                item=self.item,
                parts=form.parts,
                note=form.cleaned_data["note"],
                by=self.request.user,
                at=timezone.now(),
            )
        except actions.NothingToMark:
            messages.error(self.request, gettext("Nothing was saved: somebody else finished marking this attempt."))
            return redirect(self._url("marking"))
        self._say(attempt)
        return redirect(self.next_url(attempt) or self._url("marking"))

    def _say(self, attempt):
        said = {"person": attempt.person, "number": self.item + 1}
        if attempt.graded:
            words = gettext("Question %(number)d of %(person)s is marked, and the attempt is graded.")
        else:
            words = gettext("Question %(number)d of %(person)s is marked. The attempt waits for the rest.")
        messages.success(self.request, words % said)
