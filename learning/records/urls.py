from django.urls import include, path

from . import views

app_name = "records"
urlpatterns = [
    path("", include("learning.records.sessions.urls")),
    path("records/<uuid:uuid>/certificate/", views.certificate, name="certificate"),
    path("records/<uuid:uuid>/certificate.pdf", views.certificate_pdf, name="certificate_pdf"),
    path("people/<uuid:uuid>/training-file.pdf", views.training_file, name="training_file"),
    path("verify/", views.verify, name="verify"),
    path("verify/<slug:code>/", views.verify_code, name="verify_code"),
]
