from django.urls import path

from . import statistics

urlpatterns = [
    path("reports/questions/", statistics.StatisticsView.as_view(), name="questions_figures"),
    path("reports/questions/<uuid:uuid>/", statistics.VersionView.as_view(), name="question_figures"),
]
