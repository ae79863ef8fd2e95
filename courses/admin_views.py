"""Screens for editors and HR in the Wagtail admin."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from content.blanks import filled
from content.shown import with_urls
from quizzes.models import Attempt

from . import actions
from .filters import STATES, EnrolmentFilterSet
from .forms import ReleaseForm
from .models import CoursePage, Edition, Enrolment

enrolment_policy = ModelPermissionPolicy(Enrolment)


class ReleaseView(WagtailAdminTemplateMixin, FormView):
    """Confirm what learners will get, then give it to them."""

    form_class = ReleaseForm
    template_name = "courses/admin/release.html"
    page_title = _("Release")
    header_icon = "success"

    def dispatch(self, request, *args, **kwargs):
        self.course = get_object_or_404(CoursePage, id=kwargs["page_id"])
        if not self.course.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.course.get_admin_display_title()

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.course.pk])
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": edit, "label": self.get_page_subtitle()}, here]

    def get_context_data(self, **kwargs):
        changes, problem = actions.next_release(self.course)
        editions = Edition.objects.outlines().filter(course_key=self.course.translation_key).order_by("-number")
        return super().get_context_data(**kwargs) | {
            "course": self.course,
            "editions": editions.select_related("released_by")[:10],
            "changes": changes,
            "affected": None if problem else actions.affected(self.course),
            "problem": problem,
        }

    def form_valid(self, form):
        at = timezone.now()
        try:
            edition = actions.release(course_page=self.course, by=self.request.user, at=at, **form.cleaned_data)
        except actions.NotReady as problem:
            messages.error(self.request, str(problem))
            return redirect(self.request.path)
        words = (
            gettext("Edition %(number)d of “%(course)s” released.")
            if edition.released_at == at
            else gettext("Nothing has changed since edition %(number)d of “%(course)s”, so it stays the newest.")
        )
        messages.success(self.request, words % {"number": edition.number, "course": self.course.title})
        return redirect("wagtailadmin_pages:edit", self.course.pk)


class EditionView(PermissionCheckedMixin, TemplateView):
    """Any edition as it was, all its lessons on one page, in the learners' own look. Blanks stand by their names."""

    template_name = "courses/admin/edition.html"
    permission_policy = ModelPermissionPolicy(Edition)
    permission_required = "view"

    def get_context_data(self, **kwargs):
        edition = get_object_or_404(Edition.objects.select_related("released_by"), uuid=kwargs["uuid"])
        outline = edition.in_language(self.request.GET.get("language", get_language()))
        texts = {name: f"[{name}]" for name in edition.content.get("blanks", {})}
        steps = edition.content["languages"][outline.language]["steps"]
        return super().get_context_data(**kwargs) | {
            "edition": edition,
            "outline": outline,
            "content_language": outline.language,
            "steps": [step | {"blocks": with_urls(filled(step.get("blocks", []), texts))} for step in steps],
            "blanks": edition.content.get("blanks", {}),
        }


class OpenAgainColumn(Column):
    cell_template_name = "courses/admin/open_again_cell.html"


class EnrolmentReportView(ReportView):
    """Who takes which course, and where somebody is stuck."""

    model = Enrolment
    page_title = _("Enrollments")
    verbose_name_plural = _("enrollments")
    header_icon = "group"
    index_url_name = "enrolments_report"
    index_results_url_name = "enrolments_report_results"
    filterset_class = EnrolmentFilterSet
    permission_policy = enrolment_policy
    any_permission_required = ["view", "change"]
    is_searchable = True
    is_export = False
    paginate_by = 50
    search_fields = [f"person__{get_user_model().USERNAME_FIELD}"]
    columns = [
        Column("person", label=_("Person")),
        Column("course_title", label=_("Course")),
        Column("edition", label=_("Edition"), accessor="edition.number"),
        DateColumn("started_at", label=_("Started")),
        StatusTagColumn("state", label=_("State"), primary=lambda row: row.is_blocked),
        OpenAgainColumn("open_again_url", label=_("Action")),
    ]

    def get_base_queryset(self):
        blocked = Enrolment.objects.blocked().filter(pk=OuterRef("pk"))
        seen = Enrolment.objects.visible_to(self.request.user, timezone.localdate())
        rows = seen.select_related("person", "edition").defer("edition__manifest")
        return rows.annotate(is_blocked=Exists(blocked)).order_by("-pk")

    def get_table(self, object_list):
        may_open = self.user_has_permission("change")
        for row in object_list:
            row.course_title = row.edition.in_language(get_language()).title
            row.state = STATES[row.standing if not row.is_blocked else "blocked"]
            row.open_again_url = reverse("enrolment_reopen", args=[row.uuid]) if row.is_blocked and may_open else ""
        return super().get_table(object_list)


class ReopenView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """After the last failed attempt: HR has talked to the person and opens the course again."""

    template_name = "courses/admin/reopen.html"
    page_title = _("Open again")
    header_icon = "rotate"
    permission_policy = enrolment_policy
    permission_required = "change"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        seen = Enrolment.objects.visible_to(request.user, timezone.localdate())
        runs = seen.select_related("person", "edition").defer("edition__manifest")
        self.enrolment = get_object_or_404(runs, uuid=kwargs["uuid"])
        self.course = self.enrolment.edition.in_language(get_language()).title

    def get_breadcrumbs_items(self):
        report = {"url": reverse("enrolments_report"), "label": EnrolmentReportView.page_title}
        return [*self.breadcrumbs_items, report, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        attempts = Attempt.objects.filter(person=self.enrolment.person_id, context=str(self.enrolment.uuid))
        return super().get_context_data(**kwargs) | {
            "enrolment": self.enrolment,
            "course": self.course,
            "attempts": attempts.order_by("started_at"),
            "blocked": Enrolment.objects.blocked().filter(pk=self.enrolment.pk).exists(),
            "report_url": reverse("enrolments_report"),
        }

    def post(self, request, *args, **kwargs):
        words = {"course": self.course, "person": self.enrolment.person}
        try:
            actions.reopen(enrolment=self.enrolment, by=request.user, at=timezone.now())
        except actions.NotBlocked:
            messages.warning(request, gettext("Nothing was changed: “%(course)s” is open for %(person)s.") % words)
        else:
            messages.success(request, gettext("“%(course)s” is open again for %(person)s.") % words)
        return redirect("enrolments_report")
