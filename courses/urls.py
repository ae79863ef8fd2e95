from django.urls import path

from . import lesson_views, views

app_name = "courses"
urlpatterns = [
    path("courses/", views.index, name="index"),
    path("courses/<slug:slug>/", views.course, name="course"),
    path("courses/<slug:slug>/start/", views.start, name="start"),
    path("courses/<slug:slug>/changed/", lesson_views.changed, name="changed"),
    path("courses/<slug:slug>/rate/", lesson_views.rate, name="rate"),
    path("courses/<slug:slug>/complete/", views.complete, name="complete"),
    path("courses/<slug:slug>/steps/<slug:step_slug>/", views.step, name="step"),
    path("courses/<slug:slug>/steps/<slug:step_slug>/done/", views.done, name="done"),
    path("courses/<slug:slug>/steps/<slug:step_slug>/feedback/", lesson_views.feedback, name="feedback"),
    path("courses/<slug:slug>/steps/<slug:step_slug>/beat/", lesson_views.beat, name="beat"),
    path("courses/<slug:slug>/steps/<slug:step_slug>/check/<uuid:block>/", lesson_views.check, name="check"),
    path("courses/<slug:slug>/steps/<slug:step_slug>/attempt/", views.attempt, name="attempt"),
]
