"""Screens for HR in the Wagtail admin."""

from django.contrib import messages
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views import generic
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from learning.people import local_days
from learning.people.kept import DayColumn, DeedCreateView, DeedEditView, KeptViewSet, ReadView
from learning.people.models import Person

from . import schedule
from .actions import CourseIsFixed
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
        return Requirement.objects.with_counts(self.request.user, on).prefetch_related(
            Prefetch("versions", newest, to_attr="newest")
        )

    def get_table(self, object_list):
        return super().get_table(_with_titles(object_list))


class SayCountsMixin:
    def save_instance(self):
        requirement = super().save_instance()
        counts = self.form.counts
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


class RequirementCreateView(SayCountsMixin, DeedCreateView):
    lost_race = (*DeedCreateView.lost_race, CourseIsFixed)


class VersionsMixin:
    def get_context_data(self, **kwargs):
        versions = self.object.versions.select_related("audience", "recorded_by").order_by("-number")
        return super().get_context_data(**kwargs) | {"versions": versions}


class RequirementEditView(SayCountsMixin, VersionsMixin, DeedEditView):
    pass


class RequirementInspectView(VersionsMixin, ReadView):
    def get_fields_context(self):
        (row,) = _with_titles([self.object])
        return [*super().get_fields_context(), {"label": gettext("Course"), "value": row.course_title}]


class RequirementViewSet(KeptViewSet):
    model = Requirement
    name = "requirements"
    icon = "calendar-check"
    menu_label = _("Requirements")
    menu_order = 210
    add_to_admin_menu = True
    search_fields = ["name"]
    ordering = ["name"]
    index_view_class = RequirementIndexView
    add_view_class = RequirementCreateView
    edit_view_class = RequirementEditView
    inspect_view_class = RequirementInspectView
    edit_template_name = "assignments/admin/requirement_edit.html"
    inspect_template_name = "assignments/admin/requirement_inspect.html"
    inspect_view_fields = ["name"]
    delete_refusal = _(
        "A requirement is not deleted: what people owed and did under it stays on record. Switch it off instead."
    )
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
    is_searchable = True
    is_export = False
    paginate_by = 50
    columns = [
        Column("person", label=_("Person"), accessor="person.get_full_name"),
        Column("number", label=_("Number"), accessor="person.number"),
        Column("course_title", label=_("Course")),
        DayColumn("due_on", label=_("Due"), sort_key="due_on"),
        Column("standing", label=_("Standing")),
    ]

    def get_base_queryset(self):
        today = local_days.company_day(timezone.now())
        rows = Assignment.objects.visible_to(self.request.user, today).open()
        return rows.select_related("person").order_by("due_on", "pk")

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return queryset.filter(person__in=Person.objects.matching(self.search_query))

    def get_table(self, object_list):
        today = local_days.company_day(timezone.now())
        for row in _with_titles(object_list):
            row.standing = STANDINGS[schedule.standing(row.due_on, today)]
        return super().get_table(object_list)


class OverdueSummaryItem(SummaryItem):
    """On the admin's first page: how many assignments somebody should look after."""

    template_name = "assignments/admin/overdue_summary.html"

    def is_shown(self):
        return AssignmentReportView.permission_policy.user_has_any_permission(self.request.user, ["view", "change"])

    def get_context_data(self, parent_context):
        today = local_days.company_day(timezone.now())
        return {"number": Assignment.objects.visible_to(self.request.user, today).overdue(today).count()}
