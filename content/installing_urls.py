from django.urls import path

from . import installing

urlpatterns = [
    path("manifest/<slug:language>.webmanifest", installing.manifest, name="manifest"),
    path("offline/<slug:language>/", installing.offline, name="offline"),
    path("worker.js", installing.worker, name="worker"),
]
