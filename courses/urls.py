from django.urls import path

from . import views

app_name = "courses"
urlpatterns = [
    path("courses/", views.index, name="index"),
    path("courses/<slug:slug>/", views.course, name="course"),
    path("courses/<slug:slug>/start/", views.start, name="start"),
    path("courses/<slug:slug>/complete/", views.complete, name="complete"),
    path("courses/<slug:slug>/steps/<slug:step_slug>/", views.step, name="step"),
    path("courses/<slug:slug>/steps/<slug:step_slug>/done/", views.done, name="done"),
    path("courses/<slug:slug>/steps/<slug:step_slug>/attempt/", views.attempt, name="attempt"),
]
