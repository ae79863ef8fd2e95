from urllib.parse import urlencode

from django.contrib.auth.models import Permission
from django.urls import path, re_path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin_views import LedgerPanel, RecordView
from .blanks_views import BlanksView
from .correcting import views as correcting
from .erasing import views as erasing
from .models import LedgerCheck
from .pack import views as packs
from .past import views as past
from .reporting import export_views as exports
from .reporting.views import CompletionsReportView, DeleteViewView, SaveViewView


@hooks.register("register_admin_urls")
def register_completions_report():
    view, corrections = CompletionsReportView, correcting.CorrectionsView
    return [
        path("blanks/", BlanksView.as_view(), name="company_blanks"),
        path("reports/completions/", view.as_view(), name="completions_report"),
        path("reports/completions/results/", view.as_view(results_only=True), name="completions_report_results"),
        path("reports/completions/<uuid:uuid>/", RecordView.as_view(), name="completions_record"),
        path("reports/completions/<uuid:uuid>/correct/", correcting.RequestView.as_view(), name="corrections_request"),
        path("corrections/", corrections.as_view(), name="corrections"),
        path("corrections/results/", corrections.as_view(results_only=True), name="corrections_results"),
        path("corrections/<uuid:uuid>/", correcting.DecideView.as_view(), name="corrections_decide"),
        path("erasures/", erasing.ErasuresView.as_view(), name="erasures"),
        path("erasures/results/", erasing.ErasuresView.as_view(results_only=True), name="erasures_results"),
        path("erasures/new/<uuid:uuid>/", erasing.RequestView.as_view(), name="erasures_request"),
        path("erasures/<uuid:uuid>/", erasing.DecideView.as_view(), name="erasures_decide"),
        path("reports/completions/views/", SaveViewView.as_view(), name="completions_view_save"),
        path("reports/completions/views/<uuid:uuid>/", DeleteViewView.as_view(), name="completions_view_delete"),
        path("exports/", exports.ExportsView.as_view(), name="exports"),
        path("exports/results/", exports.ExportsView.as_view(results_only=True), name="exports_results"),
        re_path("^exports/new/(?P<file_format>csv|xlsx)/$", exports.OrderView.as_view(), name="export_order"),
        path("exports/file/<str:signed>/", exports.FileView.as_view(), name="export_file"),
        path("exports/<uuid:uuid>/", exports.ExportView.as_view(), name="export"),
        path("past-training/", past.PastImportsView.as_view(), name="past_imports"),
        path("past-training/results/", past.PastImportsView.as_view(results_only=True), name="past_imports_results"),
        path("past-training/new/", past.UploadView.as_view(), name="past_import_upload"),
        path("past-training/<uuid:uuid>/", past.ShowView.as_view(), name="past_import"),
        path("evidence/", packs.PacksView.as_view(), name="evidence_packs"),
        path("evidence/results/", packs.PacksView.as_view(results_only=True), name="evidence_packs_results"),
        path("evidence/new/", packs.OrderView.as_view(), name="evidence_pack_order"),
        path("evidence/orders/<uuid:uuid>/", packs.ProgressView.as_view(), name="evidence_pack_progress"),
        path("evidence/<uuid:uuid>/", packs.PackView.as_view(), name="evidence_pack"),
        path("evidence/<uuid:uuid>/zip/", packs.DownloadView.as_view(), name="evidence_pack_zip"),
        path("evidence/<uuid:uuid>/report/", packs.ReportView.as_view(), name="evidence_pack_report"),
        path(
            "evidence/<uuid:uuid>/report/<str:criterion>/", packs.ReportView.as_view(), name="evidence_pack_criterion"
        ),
    ]


ERASE = [f"{verb}_erasurerequest" for verb in ("view", "add", "change")]
CORRECT = [f"{verb}_correctionrequest" for verb in ("view", "add", "change")]


class CompletionsMenuItem(MenuItem):
    def is_shown(self, request):
        return CompletionsReportView.permission_policy.user_has_any_permission(request.user, ["view"])


@hooks.register("register_reports_menu_item")
def register_completions_menu_item():
    return CompletionsMenuItem(
        _("Completions"), reverse("completions_report"), name="completions", icon_name="clipboard-list", order=90
    )


class PacksMenuItem(MenuItem):
    def is_shown(self, request):
        return packs.policy.user_has_permission(request.user, "view")


@hooks.register("register_reports_menu_item")
def register_packs_menu_item():
    return PacksMenuItem(packs.TITLE, reverse("evidence_packs"), name="evidence", icon_name="folder", order=98)


class CorrectionsMenuItem(MenuItem):
    def is_shown(self, request):
        return correcting.policy.user_has_permission(request.user, "view")


@hooks.register("register_reports_menu_item")
def register_corrections_menu_item():
    return CorrectionsMenuItem(correcting.TITLE, reverse("corrections"), name="corrections", icon_name="edit", order=95)


class ExportsMenuItem(MenuItem):
    def is_shown(self, request):
        return exports.policy.user_has_permission(request.user, "view")


@hooks.register("register_reports_menu_item")
def register_exports_menu_item():
    return ExportsMenuItem(exports.TITLE, reverse("exports"), name="exports", icon_name="download", order=92)


class PastMenuItem(MenuItem):
    def is_shown(self, request):
        return past.policy.user_has_permission(request.user, "view")


@hooks.register("register_reports_menu_item")
def register_past_menu_item():
    return PastMenuItem(past.TITLE, reverse("past_imports"), name="past-training", icon_name="upload", order=91)


class ErasuresMenuItem(MenuItem):
    def is_shown(self, request):
        return erasing.policy.user_has_permission(request.user, "view")


@hooks.register("register_reports_menu_item")
def register_erasures_menu_item():
    return ErasuresMenuItem(erasing.TITLE, reverse("erasures"), name="erasures", icon_name=erasing.ICON, order=96)


@hooks.register("person_deeds")
def lead_to_records(person, user):
    if not person.merged_into_id and CompletionsReportView.permission_policy.user_has_permission(user, "view"):
        there = f"{reverse('completions_report')}?{urlencode({'q': person.number})}"
        return {"label": _("Training records"), "url": there}
    return None


@hooks.register("person_deeds")
def offer_erasure(person, user):
    if not person.merged_into_id and erasing.policy.user_has_permission(user, "add"):
        return {"label": _("Erase this person"), "url": reverse("erasures_request", args=[person.uuid])}
    return None


class SessionsMenuItem(MenuItem):
    """Sessions are kept outside of the admin, on phones; who reads all of them finds the way from here."""

    def is_shown(self, request):
        return request.user.has_perm("records.view_trainingsession")


@hooks.register("register_reports_menu_item")
def register_sessions_menu_item():
    return SessionsMenuItem(
        _("Sessions"), reverse_lazy("records:sessions"), name="sessions", icon_name="group", order=92
    )


@hooks.register("register_permissions")
def register_view_permission():
    return Permission.objects.filter(
        content_type__app_label="records",
        codename__in=[
            "view_trainingrecord",
            "view_trainingsession",
            "change_trainingsession",
            "change_blankvalue",
            "view_evidencepack",
            "add_evidencepack",
            "view_pastimport",
            "add_pastimport",
            "view_completionexport",
            *CORRECT,
            *ERASE,
        ],
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
