from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin_views import AssignmentReportView, OverdueSummaryItem, RequirementViewSet


@hooks.register("register_admin_viewset")
def register_requirements():
    return RequirementViewSet()


@hooks.register("register_admin_urls")
def register_assignments_report():
    view = AssignmentReportView
    return [
        path("reports/assignments/", view.as_view(), name="assignments_report"),
        path("reports/assignments/results/", view.as_view(results_only=True), name="assignments_report_results"),
    ]


class AssignmentsMenuItem(MenuItem):
    def is_shown(self, request):
        return AssignmentReportView.permission_policy.user_has_any_permission(request.user, ["view", "change"])


@hooks.register("register_reports_menu_item")
def register_assignments_menu_item():
    return AssignmentsMenuItem(
        _("Assignments"), reverse("assignments_report"), name="assignments", icon_name="calendar-check", order=100
    )


@hooks.register("construct_homepage_summary_items")
def add_overdue(request, items):
    items.append(OverdueSummaryItem(request))


@hooks.register("register_permissions")
def register_view_permission():
    return Permission.objects.filter(content_type__app_label="assignments", codename="view_assignment")
