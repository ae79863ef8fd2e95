from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin_views import CompletionsReportView, LedgerPanel, RecordView
from .blanks_views import BlanksView
from .models import LedgerCheck


@hooks.register("register_admin_urls")
def register_completions_report():
    view = CompletionsReportView
    return [
        path("blanks/", BlanksView.as_view(), name="company_blanks"),
        path("reports/completions/", view.as_view(), name="completions_report"),
        path("reports/completions/results/", view.as_view(results_only=True), name="completions_report_results"),
        path("reports/completions/<uuid:uuid>/", RecordView.as_view(), name="completions_record"),
    ]


class CompletionsMenuItem(MenuItem):
    def is_shown(self, request):
        return CompletionsReportView.permission_policy.user_has_any_permission(request.user, ["view"])


@hooks.register("register_reports_menu_item")
def register_completions_menu_item():
    return CompletionsMenuItem(
        _("Completions"), reverse("completions_report"), name="completions", icon_name="clipboard-list", order=90
    )


@hooks.register("register_permissions")
def register_view_permission():
    return Permission.objects.filter(
        content_type__app_label="records", codename__in=["view_trainingrecord", "change_blankvalue"]
    )


class BlanksMenuItem(MenuItem):
    def is_shown(self, request):
        return BlanksView.permission_policy.user_has_permission(request.user, "change")


@hooks.register("register_settings_menu_item")
def register_blanks_menu_item():
    return BlanksMenuItem(
        _("Fill company blanks"), reverse("company_blanks"), name="company-blanks", icon_name="placeholder", order=300
    )


@hooks.register("construct_homepage_panels")
def say_what_is_wrong_with_the_ledger(request, panels):
    if not CompletionsReportView.permission_policy.user_has_permission(request.user, "view"):
        return
    if troubles := LedgerCheck.objects.troubles():
        panels.append(LedgerPanel(troubles))
