from django.urls import path

from . import views

app_name = "quizzes"
urlpatterns = [
    path("quizzes/attempts/<uuid:uuid>/", views.attempt, name="attempt"),
    path("quizzes/attempts/<uuid:uuid>/questions/<int:number>/", views.save, name="save"),
    path("quizzes/attempts/<uuid:uuid>/answers/", views.save_all, name="save_all"),
    path("quizzes/attempts/<uuid:uuid>/tab/", views.claim, name="claim"),
    path("quizzes/attempts/<uuid:uuid>/review/", views.review, name="review"),
    path("quizzes/attempts/<uuid:uuid>/submit/", views.submit, name="submit"),
    path("quizzes/attempts/<uuid:uuid>/result/", views.result, name="result"),
    path("team/skills/", views.skills, name="skills"),
    path("team/skills/<uuid:uuid>/<int:number>/", views.sign, name="sign"),
    path("quizzes/attempts/<uuid:uuid>/timeline/", views.timeline, name="timeline"),
    path("quizzes/people/<uuid:uuid>/", views.of_person, name="of_person"),
]
