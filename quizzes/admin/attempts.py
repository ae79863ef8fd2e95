"""Attempts as HR and compliance look into them, and voiding one."""

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from .. import actions, results, timeline, told
from ..models import Attempt, QuestionVersion
from . import words
from .desk import DeskMixin, step
from .filters import AttemptFilterSet

TITLE = _("Attempts")
policy = ModelPermissionPolicy(Attempt)


def instant(field):
    def value(row):
        at = getattr(row, field)
        return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else ""

    return value


def outcome(attempt):
    if attempt.graded:
        return gettext("passed") if attempt.passed else gettext("not passed")
    return attempt.get_state_display()


class AttemptReportView(ReportView):
    """Who tried what, and what came of it."""

    model = Attempt
    page_title = TITLE
    verbose_name_plural = _("attempts")
    header_icon = "tasks"
    index_url_name = "attempts_report"
    index_results_url_name = "attempts_report_results"
    filterset_class = AttemptFilterSet
    permission_policy = policy
    any_permission_required = ["view"]
    is_searchable = True
    is_export = False
    paginate_by = 50
    columns = [
        TitleColumn(
            "person", label=_("Person"), get_url=lambda row: reverse("attempts_attempt", args=[row.uuid]), width="30%"
        ),
        Column("title", label=_("Quiz")),
        Column("number", label=_("Attempt")),
        Column("started_at", label=_("Begun"), accessor=instant("started_at")),
        Column("submitted_at", label=_("Handed in"), accessor=instant("submitted_at")),
        Column(
            "score", label=_("Score, %"), accessor=lambda row: "" if row.score is None else number_format(row.score)
        ),
        StatusTagColumn("outcome", label=_("Result"), accessor=outcome, primary=lambda row: bool(row.passed)),
    ]

    def get_base_queryset(self):
        seen = Attempt.objects.visible_to(self.request.user, timezone.localdate())
        return seen.select_related("person").with_title().order_by("-pk")

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return queryset.filter(person__in=get_user_model().objects.matching(self.search_query))


class AttemptMixin(DeskMixin):
    """About one attempt that the user may look into; another is not there."""

    header_icon = "tasks"
    permission_policy = policy

    def dispatch(self, request, *args, **kwargs):
        seen = Attempt.objects.visible_to(request.user, self.on).select_related("person", "voided_by")
        # Wagtail asks for the permission only afterwards; without it there is nothing to be seen here.
        if request.user.has_perm("quizzes.view_attempt"):
            self.attempt = get_object_or_404(seen, uuid=kwargs["uuid"])
        return super().dispatch(request, *args, **kwargs)

    def get_trail(self):
        return [step("attempts_report", TITLE)]

    def get_page_subtitle(self):
        return str(self.attempt.person)


class AttemptView(AttemptMixin, TemplateView):
    """One attempt: its result, its timeline, and what was answered."""

    template_name = "quizzes/admin/attempt.html"
    page_title = _("Attempt")
    permission_required = "view"

    @property
    def header_buttons(self):
        user, attempt = self.request.user, self.attempt
        if attempt.voided or not user.has_perm("quizzes.change_attempt"):
            return []
        there = reverse("attempts_void", args=[attempt.uuid])
        return [HeaderButton(gettext("Void this attempt"), url=there, icon_name="cross")]

    def get_context_data(self, **kwargs):
        attempt, language = self.attempt, get_language()
        names = [row["version"] for row in attempt.drawn]
        versions = {str(version.uuid): version for version in QuestionVersion.objects.filter(uuid__in=names)}
        return super().get_context_data(**kwargs) | {
            "attempt": attempt,
            "outcome": outcome(attempt),
            "spoken": words.language(attempt.language),
            "events": timeline.events(attempt, versions, language),
            "most": timeline.MOST,
            "questions": [] if attempt.in_progress else _questions(attempt, versions, language),
            "shortfalls": results.shortfalls(attempt, language),
            "mastery_url": f"{reverse('mastery_report')}?person={attempt.person.get_username()}",
        }


def _questions(attempt, versions, language):
    """What was asked, answered and right: the person sees the same once the quiz's rule allows."""
    marks, given = results.marks_of(attempt), actions.answers(attempt)
    return [
        told.question(attempt, item, versions[row["version"]], given.get(item), language, marks.get(item))
        | {"version": versions[row["version"]], "mark": marks.get(item)}
        for item, row in enumerate(attempt.drawn)
    ]


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What happened, so that somebody understands it years later. It stays with the attempt."),
    )


class VoidView(AttemptMixin, FormView):
    """The attempt counts for nothing any more; what happens is said first."""

    template_name = "quizzes/admin/deed.html"
    page_title = _("Void an attempt")
    permission_required = "change"
    form_class = VoidForm

    def get_success_url(self):
        return reverse("attempts_attempt", args=[self.attempt.uuid])

    def get_trail(self):
        return [*super().get_trail(), (self.get_success_url(), AttemptView.page_title)]

    def get_context_data(self, **kwargs):
        happens = [
            _("It counts for nothing any more, neither for a pass nor against the attempts allowed."),
            _("What was answered, its marks and your reason stay to be looked at."),
            _("It cannot be undone. The person may begin another attempt if the quiz allows one."),
        ]
        if self.attempt.in_progress:
            happens.insert(0, _("The person is at it at this moment, and will be turned away."))
        if self.attempt.passed:
            happens.insert(0, _("It was passed. A training record that came of it stays: correct it by itself."))
        return super().get_context_data(**kwargs) | {
            "heading": f"{self.attempt.blueprint['title']} · {self.attempt.person}",
            "facts": [
                gettext("Attempt %(number)d") % {"number": self.attempt.number},
                gettext("Begun %(at)s") % {"at": instant("started_at")(self.attempt)},
                outcome(self.attempt),
            ],
            "happens": happens,
            "button": _("Yes, void it"),
            "back": self.get_success_url(),
        }

    def form_valid(self, form):
        if self.attempt.voided:
            messages.warning(self.request, _("It was voided already; nothing was changed."))
        else:
            actions.void_attempt(
                attempt=self.attempt, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
            )
            messages.success(
                self.request, gettext("The attempt of %(person)s is voided.") % {"person": self.attempt.person}
            )
        return HttpResponseRedirect(self.get_success_url())
