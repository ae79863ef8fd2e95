from django.urls import path

from . import attempts, exporting, extra_time, importing, mastery, regrading, statistics

urlpatterns = [
    path("questions/import/", importing.UploadView.as_view(), name="questions_import"),
    path("questions/import/<uuid:uuid>/", importing.ShowView.as_view(), name="question_import"),
    path("questions/import/<uuid:uuid>/confirm/", importing.ConfirmView.as_view(), name="question_import_confirm"),
    path("questions/import/<uuid:uuid>/cancel/", importing.CancelView.as_view(), name="question_import_cancel"),
    path("questions/import/<uuid:uuid>/<int:number>/", importing.AskedView.as_view(), name="question_import_asked"),
    path("questions/template.<str:file_format>", exporting.TemplateView.as_view(), name="questions_template"),
    path("reports/questions/", statistics.StatisticsView.as_view(), name="questions_figures"),
    path("reports/questions/<uuid:uuid>/", statistics.VersionView.as_view(), name="question_figures"),
    path("reports/questions/<uuid:uuid>/grade-again/", regrading.RegradeView.as_view(), name="regrade"),
    path("reports/regrades/<uuid:uuid>/", regrading.RegradeResultView.as_view(), name="regrade_result"),
    path("reports/mastery/", mastery.MasteryView.as_view(), name="mastery_report"),
    path("reports/attempts/", attempts.AttemptReportView.as_view(), name="attempts_report"),
    path(
        "reports/attempts/results/",
        attempts.AttemptReportView.as_view(results_only=True),
        name="attempts_report_results",
    ),
    path("reports/attempts/<uuid:uuid>/", attempts.AttemptView.as_view(), name="attempts_attempt"),
    path("reports/attempts/<uuid:uuid>/void/", attempts.VoidView.as_view(), name="attempts_void"),
    path("extra-time/", extra_time.ExtraTimeListView.as_view(), name="extra_time"),
    path("extra-time/results/", extra_time.ExtraTimeListView.as_view(results_only=True), name="extra_time_results"),
    path("extra-time/give/", extra_time.GiveExtraTimeView.as_view(), name="extra_time_give"),
    path("extra-time/<int:pk>/end/", extra_time.EndExtraTimeView.as_view(), name="extra_time_end"),
]
