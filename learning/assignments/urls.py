from django.urls import path

from . import views

app_name = "assignments"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/records/", views.records, name="records"),
]
