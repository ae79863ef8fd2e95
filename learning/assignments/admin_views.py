"""Screens for HR in the Wagtail admin."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views import generic
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from . import local_days, schedule
from .filters import STANDINGS, AssignmentFilterSet
from .forms import RequirementForm
from .models import Assignment, Requirement, RequirementVersion
from .shown import outlines


def _with_titles(rows):
    """Rows with a `course_title`; a course that is not released shows as such."""
    titles = outlines({row.course_key for row in rows})
    for row in rows:
        row.course_title = titles[row.course_key].title if row.course_key in titles else gettext("not released")
    return rows


class RequirementIndexView(generic.IndexView):
    def get_base_queryset(self):
        newest = RequirementVersion.objects.newest().select_related("audience")
        on = local_days.company_day(timezone.now())
        return Requirement.objects.with_counts(on).prefetch_related(Prefetch("versions", newest, to_attr="newest"))

    def get_table(self, object_list):
        return super().get_table(_with_titles(object_list))


class SaveRequirementMixin:
    def save_instance(self):
        requirement, counts = self.form.save_as(by=self.request.user, at=timezone.now())
        log(instance=requirement, action=self.log_action, user=self.request.user)
        assigned, withdrawn = counts["assigned"] + counts["restored"], counts["withdrawn"]
        if assigned or withdrawn:
            messages.info(
                self.request,
                gettext("%(assigned)s, %(withdrawn)s.")
                % {
                    "assigned": ngettext("%(n)d assignment added", "%(n)d assignments added", assigned)
                    % {"n": assigned},
                    "withdrawn": ngettext("%(n)d withdrawn", "%(n)d withdrawn", withdrawn) % {"n": withdrawn},
                },
            )
        return requirement


class RequirementCreateView(SaveRequirementMixin, generic.CreateView):
    log_action = "wagtail.create"


class RequirementEditView(SaveRequirementMixin, generic.EditView):
    log_action = "wagtail.edit"

    def get_context_data(self, **kwargs):
        versions = self.object.versions.select_related("audience", "recorded_by").order_by("-number")
        return super().get_context_data(**kwargs) | {"versions": versions}


class RequirementDeleteView(generic.DeleteView):
    """Evidence names requirements, so this refuses, and says what to do instead."""

    def dispatch(self, request, *args, **kwargs):
        messages.error(
            request,
            gettext("A requirement is not deleted: what people owed and did under it stays on record. Switch it off."),
        )
        return HttpResponseRedirect(reverse(self.edit_url_name, args=[self.kwargs["pk"]]))


class RequirementViewSet(ModelViewSet):
    model = Requirement
    name = "requirements"
    icon = "calendar-check"
    menu_label = _("Requirements")
    menu_order = 310
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    search_fields = ["name"]
    ordering = ["name"]
    index_view_class = RequirementIndexView
    add_view_class = RequirementCreateView
    edit_view_class = RequirementEditView
    delete_view_class = RequirementDeleteView
    edit_template_name = "assignments/admin/requirement_edit.html"
    list_display = [
        "name",
        Column("course_title", label=_("Course")),
        Column("audience", label=_("Audience"), accessor=lambda row: row.newest[0].audience if row.newest else ""),
        Column("due", label=_("Due, days after hire"), accessor=lambda row: row.newest and row.newest[0].due_days),
        Column("again", label=_("Again, months"), accessor=lambda row: row.newest and row.newest[0].repeat_months),
        Column("state", label=_("State"), accessor=lambda row: _state(row)),
        NumberColumn("open", label=_("Open"), sort_key="open"),
        NumberColumn("overdue", label=_("Overdue"), sort_key="overdue"),
    ]

    def get_form_class(self, for_update=False):
        return RequirementForm


def _state(row):
    return gettext("on") if row.newest and row.newest[0].active else gettext("off")


class AssignmentReportView(ReportView):
    """Who owes what."""

    model = Assignment
    page_title = _("Assignments")
    header_icon = "calendar-check"
    index_url_name = "assignments_report"
    index_results_url_name = "assignments_report_results"
    filterset_class = AssignmentFilterSet
    permission_policy = ModelPermissionPolicy(Assignment)
    any_permission_required = ["view", "change"]
    is_searchable = False
    is_export = False
    paginate_by = 50
    columns = [
        Column("person", label=_("Person"), accessor="person.get_full_name"),
        Column("number", label=_("Number"), accessor="person.number"),
        Column("course_title", label=_("Course")),
        DateColumn("due_on", label=_("Due"), sort_key="due_on"),
        Column("standing", label=_("Standing")),
    ]

    def get_base_queryset(self):
        return Assignment.objects.open().select_related("person").order_by("due_on", "pk")

    def get_table(self, object_list):
        today = local_days.company_day(timezone.now())
        for row in _with_titles(object_list):
            row.standing = STANDINGS[schedule.standing(row.due_on, today)]
        return super().get_table(object_list)
