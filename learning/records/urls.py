from django.http import Http404
from django.urls import path


def _none(request, **kwargs):
    raise Http404


app_name = "records"
urlpatterns = [
    path("records/<uuid:uuid>/certificate/", _none, name="certificate"),
    path("verify/", _none, name="verify"),
    path("verify/<slug:code>/", _none, name="verify_code"),
]
