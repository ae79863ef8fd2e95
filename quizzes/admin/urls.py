from django.urls import path

from . import exporting, importing, statistics

urlpatterns = [
    path("questions/import/", importing.UploadView.as_view(), name="questions_import"),
    path("questions/import/<uuid:uuid>/", importing.ShowView.as_view(), name="question_import"),
    path("questions/import/<uuid:uuid>/confirm/", importing.ConfirmView.as_view(), name="question_import_confirm"),
    path("questions/import/<uuid:uuid>/cancel/", importing.CancelView.as_view(), name="question_import_cancel"),
    path("questions/import/<uuid:uuid>/<int:number>/", importing.AskedView.as_view(), name="question_import_asked"),
    path("questions/template.<str:file_format>", exporting.TemplateView.as_view(), name="questions_template"),
    path("reports/questions/", statistics.StatisticsView.as_view(), name="questions_figures"),
    path("reports/questions/<uuid:uuid>/", statistics.VersionView.as_view(), name="question_figures"),
]
