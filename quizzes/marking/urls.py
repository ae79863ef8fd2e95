from django.urls import path

from .views import MarkView, NextView, WaitingView

urlpatterns = [
    path("marking/", WaitingView.as_view(), name="marking"),
    path("marking/results/", WaitingView.as_view(results_only=True), name="marking_results"),
    path("marking/<uuid:uuid>/", NextView.as_view(), name="marking_next"),
    path("marking/<uuid:uuid>/<int:number>/", MarkView.as_view(), name="marking_mark"),
]
